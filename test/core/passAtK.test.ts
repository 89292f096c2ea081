import { expect, test } from 'vitest';
import {
  aheadAgainK,
  crossingK,
  curveKs,
  exactPassAtK,
  LARGEST_K,
  leaderAtOne,
  meanPassAtK,
  meanPassHatK,
  unbiasedPassAtK,
  unbiasedPassHatK,
} from '../../src/core/passAtK.ts';

/** C(n, k) p^c … as an exact product, for n ≤ 40. */
function binomialProbability(n: number, c: number, p: number): number {
  let coefficient = 1;
  for (let i = 1; i <= c; i++) coefficient = (coefficient * (n - c + i)) / i;
  return coefficient * p ** c * (1 - p) ** (n - c);
}

test('worked examples', () => {
  // 1 − 0.99¹⁶ = 0.1485422...
  expect(exactPassAtK(0.01, 16)).toBeCloseTo(0.1485422, 7);
  // n = 4, c = 2, k = 2: 1 − C(2,2)/C(4,2) = 5/6
  expect(unbiasedPassAtK(4, 2, 2)).toBeCloseTo(5 / 6, 15);
  // With k = n any success is enough.
  expect(unbiasedPassAtK(16, 1, 16)).toBe(1);
  expect(unbiasedPassAtK(16, 0, 16)).toBe(0);
  // k = 1 is the fraction of successes.
  expect(unbiasedPassAtK(10, 3, 1)).toBeCloseTo(0.3, 15);
  expect([exactPassAtK(0, 1024), exactPassAtK(1, 1), exactPassAtK(1, 1024)]).toEqual([0, 1, 1]);
  // (0.5 + 0.75)/… : p = 0.5 and 0.25 at k = 2 give 0.75 and 0.4375.
  expect(meanPassAtK([0.5, 0.25], 2)).toBeCloseTo((0.75 + 0.4375) / 2, 15);
});

test('the estimate is unbiased: its mean over Binomial(n, p) is the exact pass@k', () => {
  for (const [n, p] of [
    [16, 0.01],
    [16, 0.4],
    [30, 0.003],
    [40, 0.9],
  ] as const)
    for (const k of [1, 2, 7, 16, n]) {
      let expected = 0;
      for (let c = 0; c <= n; c++)
        expected += binomialProbability(n, c, p) * unbiasedPassAtK(n, c, k);
      expect(Math.abs(expected - exactPassAtK(p, k)), `n ${n} p ${p} k ${k}`).toBeLessThan(1e-12);
    }
});

test('pass^k, all of k right: worked examples', () => {
  // 0.9⁸ = 0.43046721; with 0.5⁸ = 0.00390625 the mean is 0.21718673.
  expect(meanPassHatK([0.9, 0.5], 8)).toBeCloseTo(0.21718673, 8);
  expect([meanPassHatK([0, 1], 1024), meanPassHatK([0.3, 0.5], 1)]).toEqual([0.5, 0.4]);
  // n = 4, c = 3, k = 2: C(3,2)/C(4,2) = 3/6
  expect(unbiasedPassHatK(4, 3, 2)).toBeCloseTo(1 / 2, 15);
  expect([unbiasedPassHatK(16, 15, 16), unbiasedPassHatK(16, 16, 16)]).toEqual([0, 1]);
  // Both are of the same 1 for k = 1, and pass^k ≤ pass@k.
  expect(unbiasedPassHatK(10, 3, 1)).toBeCloseTo(unbiasedPassAtK(10, 3, 1), 15);
  expect(() => unbiasedPassHatK(16, 3, 17)).toThrow('k must be from 1 to n = 16, got 17');
});

test('the estimate of pass^k is unbiased, and that of the wrong answers is the pass@k of the right', () => {
  for (const [n, p] of [
    [16, 0.4],
    [40, 0.9],
  ] as const)
    for (const k of [1, 2, 7, n]) {
      let expected = 0;
      for (let c = 0; c <= n; c++) {
        expected += binomialProbability(n, c, p) * unbiasedPassHatK(n, c, k);
        expect(unbiasedPassHatK(n, n - c, k)).toBeCloseTo(1 - unbiasedPassAtK(n, c, k), 12);
      }
      expect(Math.abs(expected - p ** k), `n ${n} p ${p} k ${k}`).toBeLessThan(1e-12);
    }
});

test('a tiny probability keeps its relative precision', () => {
  // 1 − (1 − p)^k = kp − k(k−1)/2 p² + …, the third term is 1.8e-16 relative.
  const [p, k] = [1e-12, 1024];
  const series = k * p - ((k * (k - 1)) / 2) * p * p;
  expect(Math.abs(exactPassAtK(p, k) / series - 1)).toBeLessThan(1e-15);
});

test('bad arguments are refused with the expectation', () => {
  expect(() => unbiasedPassAtK(16, 3, 17)).toThrow('k must be from 1 to n = 16, got 17');
  expect(() => unbiasedPassAtK(16, 3, 0)).toThrow('k must be from 1 to n = 16, got 0');
  expect(() => unbiasedPassAtK(16, 17, 1)).toThrow('c must be from 0 to n = 16, got 17');
  expect(() => unbiasedPassAtK(16, NaN, 1)).toThrow(RangeError);
});

test('two curves cross where their means are equal', () => {
  // Base: 0.5 and 0.5. Now: 1 and 0.2 → 1 − ½·0.8^k against 1 − 0.5^k: equal where 2·0.5^k = 0.8^k,
  // k = ln 2 / ln 1.6 = 1.474770.
  expect(crossingK([0.5, 0.5], [1, 0.2], 1024)).toBeCloseTo(Math.LN2 / Math.log(1.6), 5);
  // A problem given up for good: 1 − ½ against 1 − 0.9^k at k = ln 0.5 / ln 0.9 = 6.578813.
  expect(crossingK([0.1, 0.1], [1, 0], 1024)).toBeCloseTo(Math.log(0.5) / Math.log(0.9), 4);
});

test('no crossing is null: ahead throughout, behind at once, or beyond the largest k', () => {
  expect(crossingK([0.1, 0.1], [0.3, 0.2], 1024)).toBeNull();
  expect(crossingK([0.3, 0.2], [0.1, 0.1], 1024)).toBeNull();
  expect(crossingK([0.1, 0.1], [1, 0], 6)).toBeNull();
  expect(crossingK([0.1, 0.1], [1, 0], 7)).not.toBeNull();
  // Which of the two it is: the mean p, 0.2 against 0.15 one way and the other.
  expect(leaderAtOne([0.1, 0.2], [0.3, 0.1])).toBe('now');
  expect(leaderAtOne([0.3, 0.1], [0.1, 0.2])).toBe('base');
  expect(leaderAtOne([0.1, 0.2], [0.1, 0.2])).toBeNull();
});

test('a crossing is found up to a million samples', () => {
  // Now: one problem certain, one given up. Base: both p. 1 − ½ against 1 − (1 − p)^k: k = ln 0.5 / ln(1 − p).
  for (const p of [1e-4, 1e-5, 1e-6]) {
    const k = Math.LN2 / -Math.log1p(-p);
    expect(crossingK([p, p], [1, 0], LARGEST_K)! / k).toBeCloseTo(1, 5);
  }
  expect(crossingK([6e-7, 6e-7], [1, 0], LARGEST_K)).toBeNull();
});

test('the k of a curve begin at 1, end at the largest and are evenly spread in log k', () => {
  const octaves = curveKs(1024, 2, 4);
  expect(octaves.length).toBe(41);
  octaves.forEach((k, i) => expect(k / 2 ** (i / 4)).toBeCloseTo(1, 14));
  expect(octaves.filter((_, i) => i % 4 === 0)).toEqual([
    1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024,
  ]);
  const ks = curveKs(LARGEST_K, 10, 8);
  expect([ks.length, ks[0], ks[8], ks.at(-1)]).toEqual([49, 1, 10, 1e6]);
  ks.slice(1).forEach((k, i) => expect(k / ks[i]!).toBeCloseTo(10 ** (1 / 8), 12));
});

test('two curves can cross twice: ahead with few samples, behind with more, ahead again with many', () => {
  // A third of the problems is solved at once, a third is lost to a hundredth, and a third is found.
  const base = [0.3, 0.3, 0.0001];
  const now = [1, 0.1, 0.01];
  const lead = (k: number): number => meanPassAtK(now, k) - meanPassAtK(base, k);
  const first = crossingK(base, now, 1e6)!;
  const again = aheadAgainK(base, now, first, 1e6)!;
  for (const k of [first, again]) expect(lead(k)).toBeCloseTo(0, 6);
  expect([1, (first + again) / 2, 2 * again].map((k) => Math.sign(lead(k)))).toEqual([1, -1, 1]);
  expect(aheadAgainK([0.5, 0.5], [1, 0.2], 1.5, 1e6)).toBeNull();
});
