import { describe, expect, it } from 'vitest';
import { unbiasedPassAtK, unbiasedPassHatK } from '../../src/core/passAtK.ts';
import { classesOf } from '../../src/results/classes.ts';
import { curveOf, largestKOf } from '../../src/results/curve.ts';
import type { Count } from '../../src/results/results.ts';
import { madeCounts } from './made.ts';

const curve = (counts: readonly Count[]) => curveOf(classesOf(counts), largestKOf(counts));

describe('mean pass@k and pass^k at every k', () => {
  it('of 1, 2 and 0 correct of 4', () => {
    // 1 − pass@k: 3/4, 2/4, 1;  C(3,2)/6, C(2,2)/6, 1;  1/4, 0, 1;  0, 0, 1. pass^2 is C(2,2)/6 of the second alone.
    const { failure, passHat } = curve([1, 2, 0].map((c) => ({ n: 4, c })));
    const expected = [9 / 4 / 3, (1 / 2 + 1 / 6 + 1) / 3, 5 / 4 / 3, 1 / 3];
    expected.forEach((value, i) => expect(failure[i]).toBeCloseTo(value, 15));
    [1 / 4, 1 / 18, 0, 0].forEach((value, i) => expect(passHat[i]).toBeCloseTo(value, 15));
  });

  it.each([
    [1, 1, 1, 1],
    [2, 40, 7, 7],
    [3, 60, 128, 128],
    [4, 50, 100, 300],
    [5, 20, 1024, 1024],
  ])('is that of core/passAtK.ts, problem by problem (%i)', (seed, problems, least, most) => {
    const counts = madeCounts(seed, problems, least, most);
    const { failure, passHat } = curve(counts);
    expect(failure).toHaveLength(Math.min(...counts.map(({ n }) => n)));
    for (let k = 1; k <= failure.length; k++) {
      const mean = (of: typeof unbiasedPassAtK) =>
        counts.reduce((sum, { n, c }) => sum + of(n, c, k), 0) / problems;
      expect(Math.abs(1 - failure[k - 1]! - mean(unbiasedPassAtK))).toBeLessThan(1e-12);
      expect(Math.abs(passHat[k - 1]! - mean(unbiasedPassHatK))).toBeLessThan(1e-12);
    }
  });

  it('never falls, begins at the share of correct samples, and has pass^k below that', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { failure, passHat } = curve(madeCounts(seed, 1 + seed, 5, 60));
      expect(failure.every((value, i) => i === 0 || value <= failure[i - 1]!)).toBe(true);
      expect(passHat.every((value, i) => i === 0 || value <= passHat[i - 1]!)).toBe(true);
      expect(Math.abs(passHat[0]! - (1 - failure[0]!))).toBeLessThan(1e-12);
    }
  });

  it('is the same to the bit in whatever order the problems are', () => {
    const counts = madeCounts(6, 100, 20, 40);
    expect(curve([...counts].reverse())).toEqual(curve(counts));
  });

  it('ends at 16,384', () => {
    expect(largestKOf([{ n: 1e9, c: 1 }])).toBe(16_384);
  });
});
