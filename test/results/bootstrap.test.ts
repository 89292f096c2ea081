import { describe, expect, it } from 'vitest';
import { unbiasedPassAtK } from '../../src/core/passAtK.ts';
import { normalCdf } from '../../src/core/normal.ts';
import { randomBits, Stream } from '../../src/core/random.ts';
import { studentT975 } from '../../src/core/studentT.ts';
import { resamplesFor } from '../../src/results/analysis.ts';
import { bandKs, middleOf, outsideOf, resampledFailures } from '../../src/results/bootstrap.ts';
import { classesOf } from '../../src/results/classes.ts';
import { largestKOf } from '../../src/results/curve.ts';
import { madeCounts } from './made.ts';

describe('the k that bands stand at', () => {
  it.each([1, 2, 5, 63, 64, 65, 100, 128, 1000, 1024, 16_384])('up to %i', (largest) => {
    const ks = bandKs(largest);
    expect(ks.length).toBeLessThanOrEqual(64);
    expect(ks.length).toBeGreaterThanOrEqual(Math.min(largest, 60));
    expect(ks.every((k, i) => Number.isInteger(k) && k > (ks[i - 1] ?? 0))).toBe(true);
    expect(ks.at(-1)).toBe(largest);
    for (let k = 1; k < largest; k *= 2) expect(ks).toContain(k);
    // All small ones, and then no gap of more than 25 %.
    expect(ks.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6].filter((k) => k <= largest));
    expect(ks.every((k, i) => i < 6 || k <= 1.25 * ks[i - 1]!)).toBe(true);
  });
});

describe('the middle 95 %', () => {
  const middle95 = (values: Float64Array) => middleOf(values, 0.025);
  const shuffled = (length: number) => Float64Array.from({ length }, (_, i) => (i * 37) % length);

  it('leaves 2.5 of 100 on each side: 2 of 80, 50 of 2,000', () => {
    // Half of a value is below it: 1.5 are below 1 and 2.5 below 2, so that 2 are below 1.5.
    expect(middle95(shuffled(80))).toEqual([1.5, 77.5]);
    expect(middle95(shuffled(2000))).toEqual([49.5, 1949.5]);
    expect(middle95(shuffled(80).map((value) => -value))).toEqual([-77.5, -1.5]);
  });

  it('ends between two values that come often, by how often they do', () => {
    // Of 40 values one is −2 and two are −1: below −2 is ½, below −1 are 2; 1 is a third of the way.
    const values = new Float64Array(40);
    values.set([-1, -2, -1], 7);
    const [low, high] = middle95(values);
    expect(low).toBeCloseTo(-2 + 1 / 3, 14);
    expect(high).toBe(0);
    // Equal but for rounding is equal.
    values[8] = -2 + 1e-15;
    expect(middle95(values)[0]).toBeCloseTo(low, 13);
    expect(middle95(new Float64Array(40).fill(3))).toEqual([3, 3]);
  });

  it('has Infinity behind all numbers, and nothing between the two', () => {
    const values = new Float64Array(80).fill(Infinity);
    values.set([3, 2], 5);
    // Two of 80 are below 2.5 % of them.
    expect(middle95(values)).toEqual([3, Infinity]);
    values[60] = 4;
    values[61] = 5;
    // 2.5 are below 4 with its half, 1.5 below 3.
    expect(middle95(values)).toEqual([3.5, Infinity]);
  });
});

describe('what is left out on each side', () => {
  it.each([
    // For 20 problems Φ(−√(20/19) · 2.0930) = Φ(−2.1474).
    [2, 0, 1e-12],
    [20, 0.01588, 1e-5],
    [30, 0.01876, 2e-5],
    [500, 0.02461, 2e-5],
    [1e6, 0.025, 1e-6],
  ])('of %i problems is %d', (problems, expected, near) => {
    expect(Math.abs(outsideOf(problems) - expected)).toBeLessThan(near);
  });

  it('makes of a normal distribution of resamples the interval of Student’s t', () => {
    // Resamples of values of standard deviation s have √((P − 1)/P) s/√P: the end is t s/√P from the mean.
    const quantiles = Float64Array.from({ length: 4001 }, (_, i) => (i - 2000) / 400);
    for (const problems of [5, 12, 40, 200]) {
      const t = studentT975(problems - 1);
      const z = Math.sqrt(problems / (problems - 1)) * t;
      const below = quantiles.findIndex((each) => normalCdf(each) >= outsideOf(problems));
      expect(Math.abs(quantiles[below]! + z)).toBeLessThan(1 / 400);
    }
  });

  it('is nothing for one problem, and all of the resamples are inside', () => {
    expect(outsideOf(1)).toBe(0);
    expect(middleOf(Float64Array.of(3, 1, 2), 0)).toEqual([1, 3]);
  });
});

describe('how many resamples', () => {
  it.each([
    [10_000, 2000],
    [5000, 4000],
    [500, 20_000],
    [1, 20_000],
    [100_000, 2000],
  ])('of two models with %i problems: %i', (size, expected) => {
    const problems = new Map(Array.from({ length: size }, (_, i) => [String(i), { n: 1, c: 0 }]));
    expect(resamplesFor([{ problems }, { problems }])).toBe(expected);
  });
});

describe('resamples of the problems', () => {
  it.each([
    [1, 30, 8, 8, 10],
    [2, 57, 20, 90, 7],
    [3, 1, 4, 4, 3],
  ])(
    'have the means of a loop over the problems that are drawn (%i)',
    (seed, problems, least, most, resamples) => {
      const counts = madeCounts(seed, problems, least, most);
      const ks = bandKs(largestKOf(counts));
      const failures = resampledFailures(classesOf(counts), ks, { resamples, seed });
      expect(failures).toHaveLength(resamples * ks.length);
      for (let resample = 0; resample < resamples; resample++) {
        const drawn = counts.map((_, i) => {
          const bits = randomBits(seed, Stream.resampledProblems, resample, i);
          return counts[Math.floor((bits / 2 ** 32) * problems)]!;
        });
        ks.forEach((k, column) => {
          const mean =
            drawn.reduce((sum, { n, c }) => sum + unbiasedPassAtK(n, c, k), 0) / problems;
          expect(Math.abs(1 - failures[resample * ks.length + column]! - mean)).toBeLessThan(1e-12);
        });
      }
    },
  );

  it('draw every problem equally often, within 4 standard errors', () => {
    // 20 problems, of which one is solved: pass@1 of a resample is how often it is drawn, over 20.
    const resamples = 20_000;
    for (let solved = 0; solved < 20; solved += 3) {
      const counts = Array.from({ length: 20 }, (_, i) => ({ n: 1, c: i === solved ? 1 : 0 }));
      const failures = resampledFailures(classesOf(counts), [1], { resamples, seed: 5 });
      const drawn = failures.reduce((sum, failure) => sum + 20 * (1 - failure), 0) / resamples;
      // Binomial(20, 1/20): a variance of 0.95.
      expect(Math.abs(drawn - 1)).toBeLessThan(4 * Math.sqrt(0.95 / resamples));
    }
  });
});
