import { describe, expect, it } from 'vitest';
import { unbiasedPassAtK, unbiasedPassAtKVariance } from '../../src/core/passAtK.ts';
import { uniformSequence } from '../../src/core/random.ts';
import { classesOf } from '../../src/results/classes.ts';
import { estimateVariance, meanEstimateVariance, overlapsOf } from '../../src/results/noise.ts';
import type { Count } from '../../src/results/results.ts';
import { wantedOf } from '../../src/results/wanted.ts';
import { madeCounts } from './made.ts';

describe('the variance of the unbiased estimate of pass@k', () => {
  it('of 2 samples of which 1 is drawn is p q / 2', () => {
    // The two sets of one sample are the same in half of all pairs.
    expect(overlapsOf(2, 1)).toEqual({ from: 0, shares: [0.5, 0.5] });
    expect(estimateVariance(overlapsOf(2, 1), 1, 0.3)).toBeCloseTo((0.3 * 0.7) / 2, 15);
  });

  it.each([
    [1, 1],
    [4, 4],
    [10, 3],
    [60, 40],
    [128, 128],
    [300, 17],
    [512, 128],
  ])('of %i samples at k = %i is that of core/passAtK.ts', (n, k) => {
    for (const p of [0.001, 0.01, 0.1, 0.4, 0.9, 0.999])
      expect(
        Math.abs(estimateVariance(overlapsOf(n, k), k, p) - unbiasedPassAtKVariance(n, p, k)),
      ).toBeLessThan(1e-11);
  });

  it('falls with the samples of a problem that has fewer', () => {
    const classes = classesOf(madeCounts(1, 30, 20, 60));
    const at = (n: number) => meanEstimateVariance(classes, 20, n);
    expect(at(40)).toBeLessThan(at(20));
    expect(at(1280)).toBeLessThan(at(80));
    // Of problems that have more than that, what they have counts.
    expect(at(20)).toBe(at(1));
  });
});

describe('what would settle the difference', () => {
  const wanted = (base: Count[], trained: Count[], k: number, isSettled = false, rests = 100) => {
    const differences = base.map(
      ({ n, c }, i) => unbiasedPassAtK(trained[i]!.n, trained[i]!.c, k) - unbiasedPassAtK(n, c, k),
    );
    const mean = differences.reduce((sum, each) => sum + each, 0) / base.length;
    const variance =
      differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (base.length - 1);
    return {
      mean,
      variance,
      found: wantedOf(classesOf(base), classesOf(trained), {
        ...{ k, difference: mean, rests, isSettled },
      }),
    };
  };

  it('is 12 problems where one of three was lost', () => {
    // Differences 0, −1, 0: s² = (1/9 + 4/9 + 1/9) / 2 = 1/3, half = 1.96 √(1/3 / 3); 1.96² · 1/3 / (1/3)² = 11.52.
    const { found } = wanted(
      [1, 2, 0].map((c) => ({ n: 4, c })),
      [4, 0, 0].map((c) => ({ n: 4, c })),
      4,
    );
    expect(found).toMatchObject({ k: 4, isSettled: false, problems: 12 });
    expect(found.difference).toBeCloseTo(-1 / 3, 15);
    expect(found.half).toBeCloseTo(1.96 / 3, 12);
  });

  it('is the first number of samples at which the interval by hand leaves 0 out', () => {
    // None or one of 8 samples correct, oftener one after training: what is open is mostly the samples' noise.
    const k = 8;
    let told = 0;
    for (let seed = 0; seed < 12; seed++) {
      const uniform = uniformSequence({ seed, stream: 0, step: 0 });
      const seldom = (p: number): Count[] =>
        Array.from({ length: 40 }, () => ({ n: k, c: uniform() < p ? 1 : 0 }));
      const base = seldom(0.4);
      const trained = seldom(0.55);
      const { mean, variance, found } = wanted(base, trained, k);
      if (Math.abs(mean) < 1e-12) continue;
      const noise = (samples: number): number => {
        const all = [...base, ...trained];
        const of = (right: number): number =>
          all.filter(({ c }) => c === right).length *
          unbiasedPassAtKVariance(samples, (right + 0.5) / (k + 1), k);
        return (of(0) + of(1)) / base.length;
      };
      const open = Math.min(variance, noise(k));
      let expected: number | null = null;
      for (let n = k + 1; n <= 64 * k && expected === null; n++) {
        const at = variance - open + (open * noise(n)) / noise(k);
        if (1.96 * Math.sqrt(at / base.length) < Math.abs(mean)) expected = n;
      }
      expect(found.samples).toBe(expected);
      if (expected !== null && expected > k + 1) told++;
      let problems = base.length + 1;
      while (1.96 * Math.sqrt(variance / problems) >= Math.abs(mean)) problems++;
      expect(found.problems).toBe(problems);
    }
    expect(told).toBeGreaterThan(2);
  });

  it('is so many problems that the difference would rest on 6', () => {
    // As many as 12 problems tell 1 of 3 apart from 0; but that is one problem, and 18 are six.
    const [base, trained] = [
      [1, 2, 0],
      [4, 0, 0],
    ].map((counts) => counts.map((c) => ({ n: 4, c })));
    const { found } = wanted(base!, trained!, 4, false, 1);
    expect(found).toMatchObject({ samples: null, problems: 18 });
  });

  it('is what there is where it is settled, and nothing where there is no difference', () => {
    const counts = madeCounts(1, 20, 16);
    expect(wanted(counts, counts, 16).found).toMatchObject({
      difference: 0,
      half: 0,
      samples: null,
      problems: null,
    });
    const solved = counts.map(({ n }) => ({ n, c: n }));
    const none = counts.map(({ n }) => ({ n, c: 0 }));
    expect(wanted(none, solved, 16, true).found).toMatchObject({ samples: 16, problems: 20 });
  });
});
