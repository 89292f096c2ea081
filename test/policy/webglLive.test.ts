import { expect, test } from 'vitest';
import { randomBits } from '../../src/core/random.ts';
import type { Batch, TokenWeights } from '../../src/policy/policy.ts';
import { positionCount } from '../../src/policy/shape.ts';
import { liveQuads } from '../../src/policy/webgl/live.ts';
import { arrange, startOf, type Arrangement } from '../../src/policy/webgl/rows.ts';
import { exampleBatch, SHAPE } from './example.ts';

const { promptLength, responseLength: T } = SHAPE;

/** Row by row: whether its position comes before the prediction of a token with a weight, of a sequence that has it. */
function slowlyLive(rows: Arrangement, { lengths }: Batch, weights: TokenWeights): number[] {
  const live = new Set<number>();
  for (let b = 0; b < rows.sequences; b++)
    for (let position = 0; position < positionCount(SHAPE); position++)
      for (let t = 0; t < lengths[b]!; t++) {
        const isReached = position <= promptLength - 1 + t;
        const hasWeight = [weights.logProb, weights.entropy, weights.value].some(
          (array) => array !== undefined && array[b * T + t] !== 0,
        );
        if (!isReached || !hasWeight) continue;
        const row = position < promptLength ? rows.promptOf[b]! : b;
        live.add(startOf(SHAPE, rows, position) + (row >> 2));
      }
  return [...live].sort((a, b) => a - b);
}

/** Of each kind one weight of 30 is not 0, masked tokens included. */
function sparseWeights(count: number, seed: number): Required<TokenWeights> {
  const draw = (stream: number): Float32Array =>
    Float32Array.from({ length: count * T }, (_, at) =>
      randomBits(seed, stream, 0, at) % 30 === 0 ? -0.5 : 0,
    );
  return { logProb: draw(1), entropy: draw(2), value: draw(3) };
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('quads of rows that reach a weight: batch %d', (seed) => {
  const batch = exampleBatch(SHAPE, 30, seed);
  // Groups of five.
  for (let b = 0; b < 30; b++)
    batch.prompts.copyWithin(
      b * promptLength,
      (b - (b % 5)) * promptLength,
      (b - (b % 5) + 1) * promptLength,
    );
  const rows = arrange(SHAPE, batch.prompts);
  const { entropy, ...others } = sparseWeights(30, seed);
  for (const weights of [others, { ...others, entropy }])
    expect(liveQuads(SHAPE, rows, batch, weights, 0)).toEqual(slowlyLive(rows, batch, weights));
});

test('a weight that is no number reaches its rows; weights of masked tokens, and before the batch, reach none', () => {
  const batch = exampleBatch(SHAPE, 8);
  const rows = arrange(SHAPE, batch.prompts);
  const logProb = new Float32Array(T + 8 * T);
  logProb.fill(1, 0, T);
  // Sequence 0 has one token.
  logProb[T + 1] = 1;
  expect(liveQuads(SHAPE, rows, batch, { logProb }, T)).toEqual([]);
  logProb[T + 5 * T] = NaN;
  // Its prompt is among the second four; its first token needs no row of its own.
  const prompts = Array.from({ length: promptLength }, (_, i) => 2 * i + 1);
  expect(liveQuads(SHAPE, rows, batch, { logProb }, T)).toEqual(prompts);
});
