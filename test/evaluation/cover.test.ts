import { describe, expect, it } from 'vitest';
import { meanPassAtK } from '../../src/core/passAtK.ts';
import { coverAt } from '../../src/evaluation/cover.ts';
import { generatedP } from './generated.ts';

describe('Cover@τ', () => {
  it('is the share of problems at or above τ', () => {
    const p = [0, 0.2, 0.5, 1];
    expect([0, 0.2, 0.21, 0.5, 1].map((tau) => coverAt(p, tau))).toEqual([1, 0.75, 0.5, 0.5, 0.25]);
    expect(coverAt([], 0.5)).toBeNaN();
  });

  it('weighed by k (1 − τ)^(k−1) is pass@k', () => {
    // The midpoint rule with n cells is off by at most half a cell times the largest weight, k, at each jump of a
    // curve of height 1: k / (2n); within the cells between jumps by k³ / (24 n²), far less.
    const n = 100_000;
    for (const seed of [1, 2, 3]) {
      const p = generatedP(seed, 20);
      for (const k of [1, 2, 16, 64]) {
        let integral = 0;
        for (let i = 0; i < n; i++) {
          const tau = (i + 0.5) / n;
          integral += (k * (1 - tau) ** (k - 1) * coverAt(p, tau)) / n;
        }
        expect(Math.abs(integral - meanPassAtK(p, k)), `k ${k}`).toBeLessThan(k / (2 * n) + 1e-7);
      }
    }
  });
});
