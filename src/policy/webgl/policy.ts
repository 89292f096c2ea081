import { END } from '../../tasks/task.ts';
import { checkBatch, sliceBatch, undrawnRollouts } from '../batch.ts';
import type {
  Batch,
  Between,
  Policy,
  Rollouts,
  SampleRequest,
  ScoreRequest,
  Scores,
  UpdateReport,
  UpdateRequest,
} from '../policy.ts';
import { checkSnapshot, freshSnapshot } from '../snapshot.ts';
import { createTurns } from '../turns.ts';
import type { Device } from './device.ts';
import { readDistributions } from './distributions.ts';
import { createOptimiser } from './optimiser.ts';
import { createPasses, type BatchLimits, type Part } from './passes.ts';
import type { Network } from './programs.ts';
import { fittingSequences } from './rows.ts';
import type { Capacity } from './workspace.ts';

/** Settles the promise of a report. */
interface Deferred {
  resolve(report: UpdateReport): void;
  reject(error: unknown): void;
}

/** A policy of the WebGL engine; beside the three verbs it shows its gradient. */
export interface WebglPolicy extends Policy {
  /** ∇J of the request at the current parameters, without a step. */
  gradient(request: Omit<UpdateRequest, 'optimizer'>): Promise<Float32Array>;
}

/**
 * The policy on the GPU. Parameters and moments never leave it but for a snapshot; a rollout reads one small texture
 * back, an update a single texel, and an update of the batch that was just sampled needs no second forward pass.
 */
export function createWebglPolicy(
  device: Device,
  network: Network,
  initial: Float32Array,
  largest?: BatchLimits,
  between: Between = async () => undefined,
): WebglPolicy {
  const { shape } = network;
  const { promptLength, responseLength: T, outputs: R } = shape;
  const optimiser = createOptimiser(device, network);
  const passes = createPasses(device, network, optimiser, largest);
  device.submit(() => optimiser.load(freshSnapshot(initial)));

  const inTurn = createTurns();
  /** The report of an update that was deferred, until a readback brings it. */
  let awaited: Deferred | null = null;

  /** Settles a deferred report by a readback of its own, before a verb that brings none along. */
  async function settle(): Promise<void> {
    const { resolve, reject } = awaited!;
    awaited = null;
    await optimiser.readMetrics().then(resolve, (error: unknown) => {
      reject(error);
      throw error;
    });
  }

  /** Calls `visit` with the parts of a batch that fit. */
  async function inParts(
    batch: Batch,
    largestPart: Capacity,
    visit: (part: Part) => Promise<void>,
  ): Promise<void> {
    const { prompts } = batch;
    const B = prompts.length / promptLength;
    for (let from = 0; from < B;) {
      if (from > 0) await between();
      const to = from + fittingSequences(shape, prompts, from, largestPart);
      const whole = to - from === B;
      await visit({ batch: whole ? batch : sliceBatch(shape, batch, from, to), from, to });
      from = to;
    }
  }

  /** Leaves ∇J in the optimiser and gives J and ‖∇J‖, or the promise of them where their report waits for the next verb. */
  async function differentiate(
    { batch, weights, temperature }: Omit<UpdateRequest, 'optimizer'>,
    andThen: () => void,
    deferReport = false,
  ): Promise<{ report: UpdateReport | Promise<UpdateReport> }> {
    checkBatch(shape, batch);
    const B = batch.lengths.length;
    const report: UpdateReport = { objective: 0, gradientNorm: 0 };
    let deferred: Promise<UpdateReport> | null = null;
    await inParts(batch, passes.limits, async (part) => {
      device.submit(() => {
        passes.differentiate(part, { weights, temperature });
        if (part.to === B) andThen();
      });
      // The parts of a batch add up here, so only a batch in one part can leave its numbers on the GPU.
      if (deferReport && part.batch === batch) {
        deferred = new Promise((resolve, reject) => (awaited = { resolve, reject }));
        return;
      }
      const { objective, gradientNorm } = await optimiser.readMetrics();
      report.objective += objective;
      report.gradientNorm = gradientNorm;
    });
    return { report: deferred ?? report };
  }

  /** Samples, and settles the report of the update before, if it was deferred, with the same readback. */
  async function sampleAll(
    { topP = 1, ...request }: SampleRequest,
    reported: Deferred | null,
  ): Promise<Rollouts> {
    if (!(topP > 0 && topP <= 1))
      throw new RangeError(`top-p must be above 0 and at most 1, got ${topP}`);
    const { temperature, key } = request;
    const rollouts = undrawnRollouts(shape, request);
    checkBatch(shape, rollouts);
    const isBegun = rollouts.begun !== undefined;
    await inParts(rollouts, passes.limits, async (part) => {
      const { from, to } = part;
      const brings = from === 0 ? reported : null;
      const { statistics, paddedRows } = device.submit(() => {
        const drawn = passes.sample(part, { temperature, topP, key, isBegun });
        if (brings) optimiser.carryMetrics(drawn.statistics, drawn.paddedRows);
        return drawn;
      });
      const height = brings ? paddedRows + 1 : to - from;
      const drawn = await device.read(statistics, T, height);
      if (brings) {
        const [gradientNorm, objective] = drawn.subarray(4 * T * paddedRows);
        brings.resolve({ gradientNorm: gradientNorm!, objective: objective! });
      }
      for (let b = from; b < to; b++)
        for (let t = 0; t < rollouts.lengths[b]!; t++) {
          const texel = 4 * ((b - from) * T + t);
          rollouts.responses[b * T + t] = drawn[texel]!;
          rollouts.logProbs[b * T + t] = drawn[texel + 1]!;
          rollouts.entropies[b * T + t] = drawn[texel + 2]!;
          if (drawn[texel] === END) rollouts.lengths[b] = t + 1;
        }
    });
    return rollouts;
  }

  async function scoreAll({ batch, temperature, distributions }: ScoreRequest): Promise<Scores> {
    checkBatch(shape, batch);
    if (awaited) await settle();
    const B = batch.lengths.length;
    const scores: Scores = {
      logProbs: new Float32Array(B * T),
      entropies: new Float32Array(B * T),
      values: new Float32Array(B * T),
      ...(distributions ? { distributions: new Float32Array(B * T * R) } : {}),
    };
    await inParts(batch, passes.scoringLimits(), async ({ batch: part, from, to }) => {
      const statistics = device.submit(() => passes.score(part, temperature));
      const scored = await device.read(statistics, T, to - from);
      for (let b = from; b < to; b++)
        for (let t = 0; t < batch.lengths[b]!; t++) {
          const texel = 4 * ((b - from) * T + t);
          scores.logProbs[b * T + t] = scored[texel + 1]!;
          scores.entropies[b * T + t] = scored[texel + 2]!;
          scores.values[b * T + t] = scored[texel + 3]!;
        }
      if (scores.distributions)
        await readDistributions(
          device,
          shape,
          passes.logits(),
          part,
          temperature,
          scores.distributions,
          from * T,
        );
    });
    return scores;
  }

  return {
    shape,

    sample: (request) =>
      inTurn(async () => {
        const reported = awaited;
        awaited = null;
        try {
          return await sampleAll(request, reported);
        } catch (error) {
          reported?.reject(error);
          throw error;
        }
      }),

    score: (request) => inTurn(() => scoreAll(request)),

    gradient: (request) =>
      inTurn(async () => {
        if (awaited) await settle();
        await differentiate(request, () => undefined);
        return optimiser.readGradient();
      }),

    async update(request) {
      const { report } = await inTurn(async () => {
        if (awaited) await settle();
        const step = (): void => {
          optimiser.step(request.optimizer);
          passes.forget();
        };
        return differentiate(request, step, request.deferReport);
      });
      return report;
    },

    snapshot: () =>
      inTurn(async () => {
        if (awaited) await settle();
        return optimiser.save();
      }),

    restore: (snapshot) =>
      inTurn(async () => {
        checkSnapshot(shape, snapshot);
        if (awaited) await settle();
        device.submit(() => optimiser.load(snapshot));
        passes.forget();
      }),

    dispose() {
      awaited?.reject(new Error('the policy was disposed of before its last update was reported'));
      awaited = null;
      passes.dispose();
      optimiser.dispose();
    },
  };
}
