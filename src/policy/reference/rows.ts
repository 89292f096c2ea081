import type { Batch } from '../policy.ts';
import { positionCount, type PolicyShape } from '../shape.ts';

/**
 * Where each position of each sequence stands among the rows that the network computes.
 *
 * Neighbouring sequences with the same beginning can share its rows: a group of G rollouts computes its prompt once,
 * and an accept set, which is as a tree is walked, computes each branch once. With N_i different beginnings of i + 1
 * tokens the order is position by position, N_i rows for position i. One position is then a contiguous block, so that
 * decoding the next token is the same forward pass over the next block, and the cache of keys and values is simply the
 * rows before it.
 */
export interface Rows {
  count: number;
  sequences: number;
  /** [count] position of each row. */
  position: Int32Array;
  /** [count, L] the row of each earlier position, and of its own, that a row attends to. */
  history: Int32Array;
  /** The first row of position i; of position L, `count`. */
  start(i: number): number;
  /** The row whose logits predict response token t of sequence b. */
  predicting(b: number, t: number): number;
  /** The first row that predicts anything; all rows from here on do. */
  firstPredicting: number;
}

/**
 * [L, B] which of the different beginnings up to position i sequence b has, counted from 0: a new one wherever it
 * differs, there or earlier, from the sequence before. Without `responses`, which are then yet to be drawn, every
 * sequence has beginnings of its own after the prompt.
 */
export function sharedBeginnings(
  shape: PolicyShape,
  prompts: Int32Array,
  responses?: Int32Array,
): Int32Array {
  const { promptLength, responseLength: T } = shape;
  const L = positionCount(shape);
  const B = prompts.length / promptLength;
  const shared = new Int32Array(L * B);
  const isSame = (i: number, b: number): boolean =>
    i < promptLength
      ? prompts[b * promptLength + i] === prompts[(b - 1) * promptLength + i]
      : responses !== undefined &&
        responses[b * T + i - promptLength] === responses[(b - 1) * T + i - promptLength];
  for (let b = 1; b < B; b++) {
    let same = true;
    for (let i = 0; i < L; i++) {
      same &&= isSame(i, b);
      shared[i * B + b] = shared[i * B + b - 1]! + (same ? 0 : 1);
    }
  }
  return shared;
}

/** Orders the rows of a batch with the beginnings `shared` [L, B]. */
export function arrangeRows(shape: PolicyShape, shared: Int32Array): Rows {
  const { promptLength } = shape;
  const L = positionCount(shape);
  const B = shared.length / L;
  const starts = [0];
  for (let i = 0; i < L; i++) starts.push(starts[i]! + (B === 0 ? 0 : shared[i * B + B - 1]! + 1));
  const start = (i: number): number => starts[i]!;
  const rowOf = (i: number, b: number): number => starts[i]! + shared[i * B + b]!;
  const count = start(L);
  const position = new Int32Array(count);
  const history = new Int32Array(count * L);
  for (let i = 0; i < L; i++)
    for (let b = 0; b < B; b++) {
      const row = rowOf(i, b);
      position[row] = i;
      for (let j = 0; j <= i; j++) history[row * L + j] = rowOf(j, b);
    }
  return {
    count,
    sequences: B,
    position,
    history,
    start,
    predicting: (b, t) => rowOf(promptLength - 1 + t, b),
    firstPredicting: start(promptLength - 1),
  };
}

/** Writes the token that stands at each row: the prompts, then y_1 … y_{T−1}. */
export function placeTokens(
  tokens: Int32Array,
  shape: PolicyShape,
  rows: Rows,
  batch: Pick<Batch, 'prompts' | 'responses'>,
): void {
  const { promptLength, responseLength: T } = shape;
  for (let b = 0; b < rows.sequences; b++) {
    for (let i = 0; i < promptLength; i++) {
      const row = rows.history[rows.predicting(b, 0) * positionCount(shape) + i]!;
      tokens[row] = batch.prompts[b * promptLength + i]!;
    }
    for (let t = 1; t < T; t++) tokens[rows.predicting(b, t)] = batch.responses[b * T + t - 1]!;
  }
}
