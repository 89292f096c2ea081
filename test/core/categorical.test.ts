import { expect, test } from 'vitest';
import {
  drawIndex,
  entropy,
  keepNucleus,
  logSoftmax,
  NUCLEUS_SLACK,
} from '../../src/core/categorical.ts';
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

test('a nucleus by hand: of ½, ¼, ⅛, ⅛ top-p 0.8 keeps three', () => {
  const logProbsV = Float64Array.from([1 / 8, 1 / 2, 1 / 8, 1 / 4].map(Math.log));
  keepNucleus(logProbsV, 0.8);
  // The first of the two eighths is the likelier, by its index; what is kept has ⅞.
  [1 / 7, 4 / 7, 0, 2 / 7].forEach((p, v) => expect(Math.exp(logProbsV[v]!)).toBeCloseTo(p, 14));
  expect(logProbsV[2]).toBe(-Infinity);
  expect(entropy(logProbsV)).toBeCloseTo(
    -(4 * Math.log(4 / 7) + 2 * Math.log(2 / 7) + Math.log(1 / 7)) / 7,
    12,
  );
});

test.each([
  // 0.5 + 0.3 is 0.8, though exp(log 0.5) + exp(log 0.3) rounds to less.
  [0.8, [0.5, 0.3, 0.2], [0.625, 0.375, 0]],
  [0.8001, [0.5, 0.3, 0.2], [0.5, 0.3, 0.2]],
  [0.5, [0.2, 0.5, 0.3], [0, 1, 0]],
  // 0.7 + 0.1 + 0.1 rounds to less than 0.9; of the tenths the last index goes.
  [0.9, [0.1, 0.1, 0.7, 0.1], [1 / 9, 1 / 9, 7 / 9, 0]],
  // Smaller than the slack: the likeliest stays, the first of two that tie.
  [1e-9, [0.2, 0.4, 0.4], [0, 1, 0]],
] as const)('rounding does not decide a nucleus: top-p %f of %j', (topP, p, expected) => {
  const logProbsV = Float64Array.from(p, Math.log);
  keepNucleus(logProbsV, topP);
  expected.forEach((q, v) => expect(Math.exp(logProbsV[v]!)).toBeCloseTo(q, 12));
});

test('a nucleus is what sorting and cutting gives, over 500 distributions with ties', () => {
  const random = uniformSequence({ seed: 8, stream: 5, step: 0 });
  for (let n = 0; n < 500; n++) {
    const V = 1 + Math.floor(random() * 20);
    // Rounded logits, so that many are equal.
    const logProbsV = logProbsOf(Array.from({ length: V }, () => Math.round(6 * random()) / 2));
    const topP = random();
    const likeliest = Array.from(logProbsV, (logProb, v) => ({ p: Math.exp(logProb), v })).sort(
      (a, b) => b.p - a.p || a.v - b.v,
    );
    const kept = new Map<number, number>();
    let mass = 0;
    for (const { p, v } of likeliest) {
      if (mass > 0 && mass >= topP - NUCLEUS_SLACK) break;
      kept.set(v, p);
      mass += p;
    }
    keepNucleus(logProbsV, topP);
    logProbsV.forEach((logProb, v) =>
      expect(Math.exp(logProb)).toBeCloseTo((kept.get(v) ?? 0) / mass, 12),
    );
  }
});

test('a top-p of 1 keeps everything as it is, and one that is no probability is refused', () => {
  const logProbsV = logProbsOf([40, 0, -40]);
  const before = logProbsV.slice();
  keepNucleus(logProbsV, 1);
  expect(logProbsV).toEqual(before);
  for (const topP of [0, -1, 1.01, NaN])
    expect(() => keepNucleus(logProbsV, topP)).toThrow(
      `top-p must be above 0 and at most 1, got ${topP}`,
    );
});
