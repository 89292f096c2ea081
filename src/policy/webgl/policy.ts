import { END } from '../../tasks/task.ts';
import { checkBatch, sliceBatch, undrawnRollouts } from '../batch.ts';
import type {
  Batch,
  Policy,
  Rollouts,
  SampleRequest,
  Scores,
  UpdateReport,
  UpdateRequest,
} from '../policy.ts';
import { positionCount } from '../shape.ts';
import { checkSnapshot, freshSnapshot } from '../snapshot.ts';
import { backward } from './backward.ts';
import type { Device } from './device.ts';
import { forward } from './forward.ts';
import { createOptimiser } from './optimiser.ts';
import type { Network } from './programs.ts';
import { arrange, fittingSequences, quadCount, type Arrangement } from './rows.ts';
import { sampleTokens, scoreTokens } from './sampling.ts';
import type { Texture } from './textures.ts';
import { uploadPrompts, uploadResponses, uploadWeights } from './upload.ts';
import {
  bytesPerQuad,
  createWorkspace,
  smallestQuads,
  type Capacity,
  type Workspace,
} from './workspace.ts';

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

/** Larger batches run in parts that fit into this: bytes of activations, and sequences. */
export interface BatchLimits {
  bytes: number;
  sequences: number;
}

export const DEFAULT_LIMITS: BatchLimits = { bytes: 256 * 2 ** 20, sequences: 4096 };

/** Scoring needs no more than this at once, so that a large accept set does not grow the textures. */
const SCORED_AT_ONCE = 512;

/** Capacities grow in these steps, so that batches of slightly different sizes need no new textures. */
const QUAD_STEP = 32;
const SEQUENCE_STEP = 64;

/** A batch whose forward pass, at the current parameters, stands in the workspace. */
interface Computed {
  batch: Batch;
  rows: Arrangement;
  /** The statistics of its tokens, at the temperature that they were last computed for. */
  statistics: { texture: Texture; temperature: number } | null;
}

/**
 * The policy on the GPU. Parameters and moments never leave it but for a snapshot; a rollout reads one small texture
 * back, an update a single texel, and an update of the batch that was just sampled needs no second forward pass.
 */
export function createWebglPolicy(
  device: Device,
  network: Network,
  initial: Float32Array,
  largest: BatchLimits = DEFAULT_LIMITS,
): WebglPolicy {
  const { shape } = network;
  const { promptLength, responseLength: T } = shape;
  const limits: Capacity = {
    quads: Math.max(
      smallestQuads(network),
      Math.min(device.largestTexture, Math.floor(largest.bytes / bytesPerQuad(network))),
    ),
    sequences: Math.max(4, Math.min(device.largestTexture, largest.sequences)),
  };
  const optimiser = createOptimiser(device, network);
  device.submit(() => optimiser.load(freshSnapshot(initial)));

  /** Grown to the largest batch so far. */
  let workspace: Workspace | null = null;
  let computed: Computed | null = null;
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

  function workspaceFor(rows: Arrangement): Workspace {
    const quads = quadCount(shape, rows);
    const { capacity } = workspace ?? { capacity: { quads: 0, sequences: 0 } };
    if (workspace && capacity.quads >= quads && capacity.sequences >= rows.sequences)
      return workspace;
    const grown = (size: number, step: number, held: number, limit: number): number =>
      Math.max(held, Math.min(limit, Math.ceil(size / step) * step));
    workspace?.dispose();
    workspace = createWorkspace(device, network, {
      quads: grown(quads, QUAD_STEP, capacity.quads, limits.quads),
      sequences: grown(rows.sequences, SEQUENCE_STEP, capacity.sequences, limits.sequences),
    });
    return workspace;
  }

  function scoringLimits(): Capacity {
    const held = workspace?.capacity ?? { quads: 0, sequences: 0 };
    const quads = (SCORED_AT_ONCE / 4) * positionCount(shape);
    return {
      quads: Math.max(held.quads, Math.min(limits.quads, quads)),
      sequences: Math.max(held.sequences, Math.min(limits.sequences, SCORED_AT_ONCE)),
    };
  }

  /** Calls `visit` with the parts of a batch that fit, and the index of their first sequence. */
  async function inParts(
    { prompts }: Batch,
    largestPart: Capacity,
    visit: (from: number, to: number) => Promise<void>,
  ): Promise<void> {
    const B = prompts.length / promptLength;
    for (let from = 0; from < B;) {
      const to = from + fittingSequences(shape, prompts, from, largestPart);
      await visit(from, to);
      from = to;
    }
  }

  /** Runs the whole forward pass of a batch, unless the last one was of this batch at these parameters. */
  function forwardOf(batch: Batch): Computed {
    if (computed?.batch === batch) return computed;
    const rows = arrange(shape, batch.prompts);
    const space = workspaceFor(rows);
    uploadPrompts(device, shape, space, rows, batch.prompts);
    uploadResponses(device, shape, space, rows, batch.responses);
    const { folded } = optimiser;
    forward(device, network, space, rows, folded, space.responses, 0, positionCount(shape));
    return (computed = { batch, rows, statistics: null });
  }

  function statisticsOf(batch: Batch, temperature: number): Texture {
    const done = forwardOf(batch);
    if (done.statistics?.temperature === temperature) return done.statistics.texture;
    uploadResponses(device, shape, workspace!, done.rows, batch.responses);
    const texture = scoreTokens(device, network, workspace!, done.rows, temperature);
    done.statistics = { texture, temperature };
    return texture;
  }

  /** Leaves ∇J in the optimiser and returns J and ‖∇J‖. */
  async function differentiate(
    { batch, weights, temperature }: Omit<UpdateRequest, 'optimizer'>,
    andThen: () => void,
    deferReport = false,
  ): Promise<UpdateReport> {
    checkBatch(shape, batch);
    const B = batch.lengths.length;
    const report: UpdateReport = { objective: 0, gradientNorm: 0 };
    let deferred: Promise<UpdateReport> | null = null;
    await inParts(batch, limits, async (from, to) => {
      // The batch object itself, where it fits as a whole: it is what `computed` knows.
      const part = to - from === B ? batch : sliceBatch(shape, batch, from, to);
      device.submit(() => {
        const statistics = statisticsOf(part, temperature);
        const { rows } = computed!;
        uploadWeights(device, shape, workspace!, rows, part, weights, from * T);
        backward(
          device,
          network,
          workspace!,
          rows,
          optimiser.folded,
          statistics,
          temperature,
          optimiser.partialGradient(),
        );
        optimiser.gather(workspace!, statistics, rows.sequences, from === 0);
        if (to === B) andThen();
      });
      // The parts of a batch add up here, so only a batch in one part can leave its numbers on the GPU.
      if (deferReport && part === batch) {
        deferred = new Promise((resolve, reject) => (awaited = { resolve, reject }));
        return;
      }
      const { objective, gradientNorm } = await optimiser.readMetrics();
      report.objective += objective;
      report.gradientNorm = gradientNorm;
    });
    return deferred ?? report;
  }

  /** Samples, and settles the report of the update before, if it was deferred, with the same readback. */
  async function sampleAll(
    { prompts, groupSize, temperature, key }: SampleRequest,
    reported: Deferred | null,
  ): Promise<Rollouts> {
    const rollouts = undrawnRollouts(shape, prompts, groupSize);
    const B = rollouts.lengths.length;
    checkBatch(shape, rollouts);
    await inParts(rollouts, limits, async (from, to) => {
      const part = sliceBatch(shape, rollouts, from, to);
      const brings = from === 0 ? reported : null;
      const { statistics, paddedRows } = device.submit(() => {
        const rows = arrange(shape, part.prompts);
        const space = workspaceFor(rows);
        uploadPrompts(device, shape, space, rows, part.prompts);
        const random = { temperature, key, firstSequence: from };
        const texture = sampleTokens(device, network, space, rows, optimiser.folded, random);
        computed = {
          batch: to - from === B ? rollouts : part,
          rows,
          statistics: { texture, temperature },
        };
        const paddedRows = 4 * rows.sequenceQuads;
        if (brings) optimiser.carryMetrics(texture, paddedRows);
        return { statistics: texture, paddedRows };
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

  return {
    shape,

    async sample(request) {
      const reported = awaited;
      awaited = null;
      try {
        return await sampleAll(request, reported);
      } catch (error) {
        reported?.reject(error);
        throw error;
      }
    },

    async score({ batch, temperature }) {
      checkBatch(shape, batch);
      if (awaited) await settle();
      const B = batch.lengths.length;
      const scores: Scores = {
        logProbs: new Float32Array(B * T),
        entropies: new Float32Array(B * T),
        values: new Float32Array(B * T),
      };
      await inParts(batch, scoringLimits(), async (from, to) => {
        const part = to - from === B ? batch : sliceBatch(shape, batch, from, to);
        const statistics = device.submit(() => statisticsOf(part, temperature));
        const scored = await device.read(statistics, T, to - from);
        for (let b = from; b < to; b++)
          for (let t = 0; t < batch.lengths[b]!; t++) {
            const texel = 4 * ((b - from) * T + t);
            scores.logProbs[b * T + t] = scored[texel + 1]!;
            scores.entropies[b * T + t] = scored[texel + 2]!;
            scores.values[b * T + t] = scored[texel + 3]!;
          }
      });
      return scores;
    },

    async gradient(request) {
      if (awaited) await settle();
      await differentiate(request, () => undefined);
      return optimiser.readGradient();
    },

    async update(request) {
      if (awaited) await settle();
      const step = (): void => {
        optimiser.step(request.optimizer);
        computed = null;
      };
      return differentiate(request, step, request.deferReport);
    },

    async snapshot() {
      if (awaited) await settle();
      return optimiser.save();
    },

    async restore(snapshot) {
      checkSnapshot(shape, snapshot);
      if (awaited) await settle();
      device.submit(() => optimiser.load(snapshot));
      computed = null;
    },

    dispose() {
      awaited?.reject(new Error('the policy was disposed of before its last update was reported'));
      awaited = null;
      workspace?.dispose();
      workspace = null;
      computed = null;
      optimiser.dispose();
    },
  };
}
