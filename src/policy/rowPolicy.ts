import { END } from '../tasks/task.ts';
import { checkBatch, sliceBatch, sliceRollouts, undrawnRollouts } from './batch.ts';
import type {
  AdamSettings,
  Batch,
  Between,
  Policy,
  PolicySnapshot,
  Rollouts,
  SampleRequest,
  ScoreRequest,
  Scores,
  TokenWeights,
  UpdateReport,
  UpdateRequest,
} from './policy.ts';
import {
  arrangeBatch,
  arrangePrompts,
  isWeighted,
  liveRuns,
  type Arrangement,
  type Rows,
  type Run,
} from './rows.ts';
import type { PolicyShape } from './shape.ts';
import { checkSnapshot } from './snapshot.ts';
import { createTurns } from './turns.ts';

/** Some tokens of a batch: where each stands in arrays of [B, T], and the row that it is predicted from. */
export interface Tokens {
  /** [n] */
  at: number[];
  row: number[];
}

/** What computes the network of `shape.ts` on a processor, row by row; see {@link Rows}. */
export interface RowNetwork {
  /** Makes room for so many rows; what has been computed is lost where that takes new memory. */
  reserve(rows: number): void;
  /** Computes rows `from` to `to`; the earlier ones must have been computed with the same parameters. */
  forward(rows: Rows, from: number, to: number): void;
  /**
   * Draws `tokens` and writes them, their log-probabilities and entropies into `rollouts`; the token at i with counter
   * `firstCounter` + i of the request's key.
   */
  draw(rollouts: Rollouts, tokens: Tokens, request: SampleRequest, firstCounter: number): void;
  /** Writes the scores of the tokens of a batch at `offset` of theirs. */
  score(batch: Batch, tokens: Tokens, temperature: number, scores: Scores, offset: number): void;
  clearGradient(): void;
  /**
   * Adds ∇J to the gradient and gives J, after a whole forward pass over the rows; `tokens` are those with a weight that is
   * not 0, and only the rows of `runs` are gone back through. In steps, to be gone through to the end.
   */
  differentiate(
    rows: Rows,
    runs: readonly Run[],
    tokens: Tokens,
    request: GradientRequest,
  ): Generator<void, number>;
  /** One step of Adam along the gradient; gives ‖∇J‖ before clipping. */
  step(settings: AdamSettings): number;
  /** A copy of the gradient. */
  gradient(): Float32Array | Float64Array;
  snapshot(): PolicySnapshot;
  restore(snapshot: PolicySnapshot): void;
  /** Lets go of what it holds; nothing is asked of it any more. */
  dispose(): void;
}

/** A policy on a processor; beside the three verbs it shows its gradient. */
export interface RowPolicy extends Policy {
  /** ∇J of the request at the current parameters, without a step. */
  gradient(request: GradientRequest): Promise<Float32Array | Float64Array>;
}

type GradientRequest = Omit<UpdateRequest, 'optimizer'>;

/** Sequences scored at once: enough to fill the caches' blocks, few enough to bound the memory. */
const SCORE_CHUNK = 512;

/** Sequences sampled and gone back through at once; larger batches go in parts, so that memory does not grow with them. */
const LARGEST_PART = 4096;

/** The three verbs on a network that computes row by row. */
export function createRowPolicy(
  shape: PolicyShape,
  network: RowNetwork,
  between: Between = async () => undefined,
  { everyRow = false, largestPart = LARGEST_PART } = {},
): RowPolicy {
  const { responseLength: T, outputs: R } = shape;
  const inTurn = createTurns();

  /** The batch whose whole forward pass, at the current parameters, the network still holds, and its rows. */
  let computed: { batch: Batch; rows: Rows } | null = null;

  async function samplePart(
    rollouts: Rollouts,
    request: SampleRequest,
    firstSequence: number,
  ): Promise<void> {
    const { responses, lengths, logProbs, entropies, begun } = rollouts;
    const B = lengths.length;
    computed = null;
    const rows = arrangePrompts(shape, rollouts.prompts);
    network.reserve(rows.count + B * (T - 1));
    network.forward(rows, 0, rows.count);
    for (let t = 0; t < T; t++) {
      await between();
      const tokens: Tokens = { at: [], row: [] };
      const given: Tokens = { at: [], row: [] };
      for (let b = 0; b < B; b++) {
        if (lengths[b]! <= t) continue;
        const { at, row } = begun && t < begun[b]! ? given : tokens;
        at.push(b * T + t);
        row.push(rows.predicting(b, t));
      }
      network.draw(rollouts, tokens, request, firstSequence * T);
      if (given.at.length > 0) {
        const scores = { logProbs, entropies, values: new Float32Array(B * T) };
        network.score(rollouts, given, request.temperature, scores, 0);
      }
      for (const at of tokens.at) if (responses[at] === END) lengths[Math.floor(at / T)] = t + 1;
      if (t === T - 1) break;
      const from = rows.count;
      const afterEnd = everyRow ? END : -1;
      rows.append((b) => (lengths[b]! <= t + 1 ? afterEnd : responses[b * T + t]!), false);
      network.forward(rows, from, rows.count);
    }
    computed = { batch: rollouts, rows };
  }

  async function sampleAll(request: SampleRequest): Promise<Rollouts> {
    const rollouts = undrawnRollouts(shape, request);
    for (const { batch, from, to } of parts(rollouts, largestPart))
      await samplePart(
        batch === rollouts ? rollouts : sliceRollouts(shape, rollouts, from, to),
        request,
        from,
      );
    return rollouts;
  }

  /** A batch in parts of at most so many sequences; of one that fits as a whole, the batch itself, which a later pass knows again. */
  function* parts(batch: Batch, most: number) {
    const B = batch.lengths.length;
    if (B <= most) yield { batch, from: 0, to: B };
    else
      for (let from = 0; from < B; from += most) {
        const to = Math.min(B, from + most);
        yield { batch: sliceBatch(shape, batch, from, to), from, to };
      }
  }

  /**
   * Runs the whole forward pass of a batch, unless the last one was of this batch at these parameters. A gradient is summed
   * row by row, so that rows which answers share would round it otherwise than those of rollouts; what shares them is not
   * kept for an update.
   */
  function forwardOf(batch: Batch, sharesAnswers: boolean): Rows {
    if (computed?.batch === batch) return computed.rows;
    computed = null;
    const arrangement: Arrangement = { sharesAnswers, everyRow };
    const rows = arrangeBatch(shape, batch, arrangement);
    network.reserve(rows.count);
    network.forward(rows, 0, rows.count);
    if (!sharesAnswers) computed = { batch, rows };
    return rows;
  }

  /** The tokens of a batch before the ends of its answers that `counts` tells. */
  function tokensOf(
    { lengths }: Batch,
    rows: Rows,
    counts: (at: number) => boolean = () => true,
  ): Tokens {
    const tokens: Tokens = { at: [], row: [] };
    for (let b = 0; b < lengths.length; b++)
      for (let t = 0; t < lengths[b]!; t++) {
        if (!counts(b * T + t)) continue;
        tokens.at.push(b * T + t);
        tokens.row.push(rows.predicting(b, t));
      }
    return tokens;
  }

  async function scoreAll({ batch, temperature, distributions }: ScoreRequest): Promise<Scores> {
    checkBatch(shape, batch);
    const B = batch.lengths.length;
    const scores: Scores = {
      logProbs: new Float32Array(B * T),
      entropies: new Float32Array(B * T),
      values: new Float32Array(B * T),
      ...(distributions ? { distributions: new Float32Array(B * T * R) } : {}),
    };
    // A batch that fits may be updated on next, and then its pass serves again. What is larger is scored in parts that share
    // the beginnings of answers, as accept sets have them, and so is what whole distributions are asked of.
    const isKept = computed?.batch === batch;
    for (const { batch: part, from } of parts(batch, isKept ? B : SCORE_CHUNK)) {
      if (from > 0) await between();
      const rows = forwardOf(part, distributions === true || part !== batch);
      network.score(part, tokensOf(part, rows), temperature, scores, from * T);
    }
    return scores;
  }

  /** Sets the network's gradient to ∇J and gives J; in steps, to be gone through to the end. */
  function* differentiate(request: GradientRequest): Generator<void, number> {
    const { temperature } = request;
    network.clearGradient();
    let objective = 0;
    for (const { batch, from, to } of parts(request.batch, largestPart)) {
      const weights = weightsOf(request.weights, from * T, to * T);
      const rows = forwardOf(batch, false);
      const runs = everyRow ? [{ from: 0, to: rows.count }] : liveRuns(shape, rows, batch, weights);
      const tokens = tokensOf(batch, rows, (at) => everyRow || isWeighted(weights, at));
      objective += yield* network.differentiate(rows, runs, tokens, {
        ...{ batch, weights, temperature },
      });
    }
    return objective;
  }

  async function updateWith(request: UpdateRequest): Promise<UpdateReport> {
    checkBatch(shape, request.batch);
    const steps = differentiate(request);
    let next = steps.next();
    for (; !next.done; next = steps.next()) await between();
    const gradientNorm = network.step(request.optimizer);
    computed = null;
    return { objective: next.value, gradientNorm };
  }

  return {
    shape,

    sample: (request) => inTurn(() => sampleAll(request)),

    score: (request) => inTurn(() => scoreAll(request)),

    gradient: (request) =>
      inTurn(async () => {
        checkBatch(shape, request.batch);
        const steps = differentiate(request);
        while (!steps.next().done);
        return network.gradient();
      }),

    update: (request) => inTurn(() => updateWith(request)),

    snapshot: () => inTurn(async () => network.snapshot()),

    restore: (snapshot) =>
      inTurn(async () => {
        checkSnapshot(shape, snapshot);
        network.restore(snapshot);
        computed = null;
      }),

    dispose() {
      network.dispose();
      computed = null;
    },
  };
}

/** Views on the weights of tokens `from` to `to`. */
function weightsOf(
  { logProb, entropy, value }: TokenWeights,
  from: number,
  to: number,
): TokenWeights {
  return {
    logProb: logProb.subarray(from, to),
    ...(entropy && { entropy: entropy.subarray(from, to) }),
    ...(value && { value: value.subarray(from, to) }),
  };
}
