import { describe, expect, it } from 'vitest';
import { crossingK, crossingOf } from '../../src/results/crossing.ts';

const ks = [1, 2, 3, 4];

describe('where the trained model falls behind', () => {
  it.each([
    // From 1/12 to −1/9 between 1 and 2: at 3/7 of log 2.
    ['between two k', [1 / 12, -1 / 9, -1 / 4, -1 / 3], 2 ** (3 / 7)],
    ['at a k where both are equal', [0.1, 0, -0.1, -0.2], 2],
    ['at the last k where both are equal', [0.1, 0, 0, -0.2], 3],
    ['the first time', [0.1, -0.1, 0.1, -0.1], Math.SQRT2],
    ['from the first', [-0.1, -0.2, 0.1, -0.2], 1],
    ['from the first, equal at k = 1', [0, -0.1, -0.1, -0.1], 1],
    ['from the first, not ahead before', [0, 0, -0.1, -0.1], 1],
    ['equal at k = 1, ahead, behind', [0, 0.1, -0.1, -0.1], Math.sqrt(6)],
    ['nowhere', [0.1, 0.1, 0.1, 0.1], Infinity],
    ['nowhere where both are equal', [0, 0, 0, 0], Infinity],
    ['nowhere by rounding', [0.1, -1e-15, 1e-16, -1e-13], Infinity],
  ])('%s', (_, lead, expected) => {
    const found = crossingK(ks, lead);
    if (expected === Infinity) expect(found).toBe(Infinity);
    else expect(found).toBeCloseTo(expected, 12);
  });

  it('is where a dense scan along the lines over log k finds it', () => {
    const grid = [1, 3, 4, 9, 20];
    const lead = [0.3, 0.2, 0.25, 0.02, -0.3];
    const at = (k: number): number => {
      const i = grid.findIndex((right) => k <= right) || 1;
      const along = Math.log(k / grid[i - 1]!) / Math.log(grid[i]! / grid[i - 1]!);
      return lead[i - 1]! + along * (lead[i]! - lead[i - 1]!);
    };
    let scanned = 1;
    while (at(scanned) > 0) scanned *= 1.000001;
    expect(crossingK(grid, lead) / scanned).toBeCloseTo(1, 5);
  });

  it('has an interval in which staying ahead is the furthest, and a share that crossed', () => {
    // Of 80 resamples at k = 1 and 2: 30 behind from the first, 40 crossing at √2, 10 staying ahead.
    const resampled = Float64Array.from(
      Array.from({ length: 80 }, (_, i) => (i < 30 ? [-1, -1] : i < 70 ? [1, -1] : [1, 1])).flat(),
    );
    const crossing = crossingOf(Float64Array.of(1, 1), [1, 2], resampled, 500);
    expect(crossing).toEqual({ k: null, low: 1, high: Infinity, share: 0.5 });
  });
});
