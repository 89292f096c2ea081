import { END } from '../tasks/task.ts';
import type { Batch, Rollouts, SampleRequest } from './policy.ts';
import type { PolicyShape } from './shape.ts';

/** The sequences `from` to `to` of a batch, as views on the same memory. */
export function sliceBatch(shape: PolicyShape, batch: Batch, from: number, to: number): Batch {
  return {
    prompts: batch.prompts.subarray(from * shape.promptLength, to * shape.promptLength),
    responses: batch.responses.subarray(from * shape.responseLength, to * shape.responseLength),
    lengths: batch.lengths.subarray(from, to),
  };
}

/** The rows `indices` of an array of `columns` a row, in their order. */
export function gatherRows<A extends Int32Array | Float32Array>(
  source: A,
  columns: number,
  indices: readonly number[],
): A {
  const whole = source.constructor as new (length: number) => A;
  const target = new whole(indices.length * columns);
  indices.forEach((index, row) =>
    target.set(source.subarray(index * columns, (index + 1) * columns), row * columns),
  );
  return target;
}

/** The sequences `indices` of a batch, in their order; one may stand there several times. */
export function gatherBatch(shape: PolicyShape, batch: Batch, indices: readonly number[]): Batch {
  return {
    prompts: gatherRows(batch.prompts, shape.promptLength, indices),
    responses: gatherRows(batch.responses, shape.responseLength, indices),
    lengths: gatherRows(batch.lengths, 1, indices),
  };
}

/** One array after the other. */
export function joinRows<A extends Int32Array | Float32Array>(parts: readonly A[]): A {
  const whole = parts[0]!.constructor as new (length: number) => A;
  const target = new whole(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    target.set(part, at);
    at += part.length;
  }
  return target;
}

/** The sequences of several batches, one batch after the other. */
export function joinBatches(batches: readonly Batch[]): Batch {
  return {
    prompts: joinRows(batches.map(({ prompts }) => prompts)),
    responses: joinRows(batches.map(({ responses }) => responses)),
    lengths: joinRows(batches.map(({ lengths }) => lengths)),
  };
}

/** Gathers rows of prompts and responses into a batch. Responses shorter than T are filled up with `END`. */
export function createBatch(
  shape: PolicyShape,
  rows: readonly { prompt: readonly number[]; response: readonly number[] }[],
): Batch {
  const batch: Batch = {
    prompts: new Int32Array(rows.length * shape.promptLength),
    responses: new Int32Array(rows.length * shape.responseLength),
    lengths: new Int32Array(rows.length),
  };
  rows.forEach(({ prompt, response }, b) => {
    batch.prompts.set(prompt, b * shape.promptLength);
    batch.responses.set(response, b * shape.responseLength);
    batch.lengths[b] = response.length;
  });
  return batch;
}

/** The tokens of response b without what follows its end. */
export function responseOf(shape: PolicyShape, batch: Batch, b: number): number[] {
  const start = b * shape.responseLength;
  return Array.from(batch.responses.subarray(start, start + batch.lengths[b]!));
}

/**
 * Rollouts of the prompts [P, promptLength], each repeated `groupSize` times, before any token is drawn: of beginnings
 * only those stand there.
 * @throws RangeError if the beginnings do not fit, or leave nothing to be drawn.
 */
export function undrawnRollouts(
  shape: PolicyShape,
  { prompts, groupSize, beginnings }: Pick<SampleRequest, 'prompts' | 'groupSize' | 'beginnings'>,
): Rollouts {
  const { promptLength, responseLength: T } = shape;
  const B = (prompts.length / promptLength) * groupSize;
  const repeated = new Int32Array(B * promptLength);
  for (let b = 0; b < B; b++) {
    const start = Math.floor(b / groupSize) * promptLength;
    repeated.set(prompts.subarray(start, start + promptLength), b * promptLength);
  }
  const undrawn = {
    prompts: repeated,
    responses: new Int32Array(B * T),
    lengths: new Int32Array(B).fill(T),
    logProbs: new Float32Array(B * T),
    entropies: new Float32Array(B * T),
  };
  if (!beginnings) return undrawn;
  if (beginnings.length !== B * T)
    throw new RangeError(`beginnings must have ${B * T} elements, got ${beginnings.length}`);
  const begun = undrawn.lengths.map((_, b) => {
    const drawn = beginnings.indexOf(END, b * T) - b * T;
    if (drawn < 0 || drawn >= T) throw new RangeError(`beginning ${b} leaves nothing to be drawn`);
    return drawn;
  });
  return { ...undrawn, responses: beginnings.slice(), begun };
}

/**
 * @throws RangeError that names the array and what was expected, if a batch does not fit the shape: wrong lengths,
 * tokens outside the vocabulary, response lengths outside 1 … T.
 */
export function checkBatch(shape: PolicyShape, batch: Batch): void {
  const count = batch.lengths.length;
  const expect = (name: string, actual: number, expected: number): void => {
    if (actual !== expected)
      throw new RangeError(`batch: ${name} must have ${expected} elements, got ${actual}`);
  };
  expect('prompts', batch.prompts.length, count * shape.promptLength);
  expect('responses', batch.responses.length, count * shape.responseLength);
  for (const [name, tokens, limit] of [
    ['prompts', batch.prompts, shape.vocabulary],
    ['responses', batch.responses, shape.outputs],
  ] as const)
    for (const token of tokens)
      if (token < 0 || token >= limit)
        throw new RangeError(`batch: ${name} holds token ${token}, expected 0 to ${limit - 1}`);
  for (const length of batch.lengths)
    if (length < 1 || length > shape.responseLength)
      throw new RangeError(
        `batch: a response has length ${length}, expected 1 to ${shape.responseLength}`,
      );
}

/** The sequences `from` to `to` of some rollouts, as views on the same memory. */
export function sliceRollouts(
  shape: PolicyShape,
  rollouts: Rollouts,
  from: number,
  to: number,
): Rollouts {
  const T = shape.responseLength;
  return {
    ...sliceBatch(shape, rollouts, from, to),
    logProbs: rollouts.logProbs.subarray(from * T, to * T),
    entropies: rollouts.entropies.subarray(from * T, to * T),
    ...(rollouts.begun && { begun: rollouts.begun.subarray(from, to) }),
  };
}
