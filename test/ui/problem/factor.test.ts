import { describe, expect, it } from 'vitest';
import { isSolvable } from '../../../src/evaluation/solvable.ts';
import { factorOf, problemAtHand } from '../../../src/ui/problem/atHand.ts';
import { generatedP } from '../../evaluation/generated.ts';

describe('the problem that opens by itself', () => {
  it('is the one that fell by the largest factor among those that the base solves', () => {
    // The last fell furthest, but 256 samples of the base miss it mostly.
    const found = problemAtHand([0.5, 0.1, 0.2, 0.001], [0.9, 0.01, 0.1, 1e-9]);
    expect(found).toEqual({ index: 1, why: 'fell' });
  });

  it('is the one in the middle of the base’s order before training, or where nothing fell', () => {
    expect(problemAtHand([0.1, 0.5, 0.3], null)).toEqual({ index: 2, why: 'median' });
    expect(problemAtHand([0.1, 0.5, 0.3], [0.1, 0.6, 0.3])).toEqual({ index: 2, why: 'median' });
    // Of another set of problems nothing is known.
    expect(problemAtHand([0.1, 0.5, 0.3], [0.001])).toEqual({ index: 2, why: 'median' });
    expect(problemAtHand([], [])).toBe(null);
  });

  it('is what comparing every pair finds', () => {
    for (let seed = 0; seed < 50; seed++) {
      const [base, now] = [generatedP(seed, 30), generatedP(seed + 1000, 30)];
      const found = problemAtHand(base, now);
      const fallen = base.flatMap((p, i) => (isSolvable(p) && now[i]! < p ? [i] : []));
      const furthest = fallen.filter((i) =>
        fallen.every((j) => now[i]! / base[i]! <= now[j]! / base[j]!),
      );
      expect(found).toEqual(
        fallen.length > 0 ? { index: furthest[0], why: 'fell' } : expect.anything(),
      );
    }
  });
});

describe('a factor', () => {
  it.each([
    [0.34, 0.001, '÷ 340'],
    [0.01, 0.12, '× 12'],
    [0.5, 0.5, '='],
    [0.5, 0.51, '≈ 1'],
    [0.4, 0.26, '÷ 1.5'],
    [0.02, 4e-14, '÷ 5e11'],
    [0.02, 0, '÷ ∞'],
    [0, 0.02, '× ∞'],
  ])('from %f to %f is told as %s', (base, now, told) => {
    expect(factorOf(base, now)).toBe(told);
  });
});
