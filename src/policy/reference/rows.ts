import type { Batch } from '../policy.ts';
import { positionCount, type PolicyShape } from '../shape.ts';

/**
 * Where each position of each sequence stands among the rows that the network computes.
 *
 * Neighbouring sequences with the same prompt share its rows: a group of G rollouts computes its prompt once. With P
 * different prompts and B sequences the order is position by position, first P rows for each prompt position, then B
 * rows for each response position. One position is then a contiguous block, so that decoding the next token is the
 * same forward pass over the next block, and the cache of keys and values is simply the rows before it.
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

/** Index of the shared prompt of each sequence: a new one wherever the prompt differs from the sequence before. */
export function sharedPrompts(shape: PolicyShape, prompts: Int32Array): Int32Array {
  const { promptLength } = shape;
  const shared = new Int32Array(prompts.length / promptLength);
  for (let b = 1; b < shared.length; b++) {
    let same = true;
    for (let i = 0; i < promptLength && same; i++)
      same = prompts[b * promptLength + i] === prompts[(b - 1) * promptLength + i];
    shared[b] = shared[b - 1]! + (same ? 0 : 1);
  }
  return shared;
}

/** Orders the rows of a batch whose sequence b has prompt `promptOf[b]`. */
export function arrangeRows(shape: PolicyShape, promptOf: Int32Array): Rows {
  const { promptLength } = shape;
  const L = positionCount(shape);
  const B = promptOf.length;
  const P = B === 0 ? 0 : promptOf[B - 1]! + 1;
  const start = (i: number): number =>
    i < promptLength ? i * P : promptLength * P + (i - promptLength) * B;
  const rowOf = (i: number, b: number): number => start(i) + (i < promptLength ? promptOf[b]! : b);
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
