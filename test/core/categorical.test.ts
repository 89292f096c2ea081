import { expect, test } from 'vitest';
import { drawIndex, entropy, logSoftmax } from '../../src/core/categorical.ts';
import { uniformSequence } from '../../src/core/random.ts';

function logProbsOf(logits: readonly number[], temperature = 1): Float64Array {
  const logProbsV = new Float64Array(logits.length);
  // An offset, since every caller reads a row of a larger array.
  logSoftmax([9e9, ...logits], 1, temperature, logProbsV);
  return logProbsV;
}

test('a worked example at temperature 2', () => {
  // logits / 2 = (0, ln 2, ln 3): π = (1, 2, 3)/6, H = ln 6 − (2 ln 2 + 3 ln 3)/6 = 1.0114042647
  const logProbsV = logProbsOf([0, 2 * Math.log(2), 2 * Math.log(3)], 2);
  [1 / 6, 2 / 6, 3 / 6].forEach((p, v) => expect(Math.exp(logProbsV[v]!)).toBeCloseTo(p, 14));
  expect(entropy(logProbsV)).toBeCloseTo(1.0114042647, 9);
});

test('the entropy of V equal logits is log V', () => {
  for (const V of [1, 2, 14, 64])
    expect(entropy(logProbsOf(new Array<number>(V).fill(3.7)))).toBeCloseTo(Math.log(V), 13);
});

test('logits of ±1e4 and extreme temperatures stay finite', () => {
  for (const temperature of [0.01, 1, 10]) {
    const logProbsV = logProbsOf([1e4, -1e4, 0], temperature);
    expect(logProbsV[0]).toBe(0);
    expect(logProbsV[1]).toBe(-2e4 / temperature);
    expect(entropy(logProbsV)).toBe(0);
    expect(drawIndex(logProbsV, 1 - 2 ** -24)).toBe(0);
  }
});

test('temperature divides the log-odds', () => {
  for (const temperature of [0.01, 0.7, 10]) {
    const [a, b] = logProbsOf([0.3, -0.1], temperature);
    expect(a! - b!).toBeCloseTo(0.4 / temperature, 12);
    expect(Math.exp(a!) + Math.exp(b!)).toBeCloseTo(1, 14);
  }
});

test('drawIndex inverts the cumulative distribution', () => {
  const logProbsV = [0.25, 0, 0.5, 0.25].map(Math.log);
  for (const [u, v] of [
    [2 ** -24, 0],
    [0.2499, 0],
    [0.2501, 2],
    [0.7499, 2],
    [0.7501, 3],
    [1 - 2 ** -24, 3],
  ] as const)
    expect(drawIndex(logProbsV, u)).toBe(v);
  // The sum rounds to less than u: the last possible outcome, never an impossible one.
  expect(drawIndex([Math.log(0.5), Math.log(0.4), -Infinity], 0.99)).toBe(1);
});

test('draws have the frequencies of the distribution', () => {
  const n = 20_000;
  const logProbsV = logProbsOf([0, 1, -2, 0.5], 0.8);
  const random = uniformSequence({ seed: 6, stream: 5, step: 0 });
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) counts[drawIndex(logProbsV, random())]!++;
  counts.forEach((count, v) => {
    const p = Math.exp(logProbsV[v]!);
    expect(Math.abs(count - n * p)).toBeLessThan(4 * Math.sqrt(n * p * (1 - p)));
  });
});
