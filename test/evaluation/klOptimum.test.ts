import { describe, expect, it } from 'vitest';
import { meanPassAtK } from '../../src/core/passAtK.ts';
import { mean } from '../../src/core/statistics.ts';
import { klFromOptimum, klOptimum, optimumWithPassAt1 } from '../../src/evaluation/klOptimum.ts';
import { generatedP } from './generated.ts';

describe('the optimum of KL-regularised RL', () => {
  it('multiplies the odds by e^(1/β)', () => {
    // Odds 1/9 times e^ln 9 are 1: p* = 1/2. Odds 1/99 times e: 0.0267.
    expect(klOptimum(0.1, Math.log(9))).toBeCloseTo(0.5, 14);
    expect(klOptimum(0.01, 1)).toBeCloseTo(Math.E / 99 / (1 + Math.E / 99), 14);
    expect([0, 1].map((p) => klOptimum(p, 5))).toEqual([0, 1]);
    expect(klOptimum(0.3, 0)).toBeCloseTo(0.3, 14);
    expect(klOptimum(1e-9, 700)).toBe(1);
  });

  it('maximises E[r] − β KL over what one problem may move', () => {
    // Two outcomes, right and wrong: J(q) = q − β (q ln(q/p) + (1 − q) ln((1 − q)/(1 − p))), by brute force.
    for (const [p, beta] of [
      [0.02, 0.3],
      [0.2, 1],
      [0.6, 0.15],
    ] as const) {
      const objective = (q: number): number =>
        q - beta * (q * Math.log(q / p) + (1 - q) * Math.log((1 - q) / (1 - p)));
      let best = 0.0005;
      for (let q = best; q < 1; q += 0.0005) if (objective(q) > objective(best)) best = q;
      expect(Math.abs(klOptimum(p, 1 / beta) - best)).toBeLessThanOrEqual(0.0005);
    }
  });

  it('is found by its pass@1, and solves at least as much as the base at every k', () => {
    let found = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const base = generatedP(seed, 60);
      const solvableAtAll = base.filter((p) => p > 0).length / 60;
      for (const share of [0.1, 0.5, 0.9]) {
        const target = mean(base) + share * (solvableAtAll - mean(base));
        const optimum = optimumWithPassAt1(base, target);
        if (!optimum) continue;
        found++;
        expect(mean(optimum.p)).toBeCloseTo(target, 10);
        optimum.p.forEach((p, i) =>
          expect(p).toBeCloseTo(klOptimum(base[i]!, 1 / optimum.beta), 12),
        );
        for (const k of [1, 16, 256, 1e4, 1e6])
          expect(meanPassAtK(optimum.p, k)).toBeGreaterThanOrEqual(meanPassAtK(base, k));
      }
    }
    expect(found).toBe(60);
  });

  it('is the base at the base’s pass@1, and does not exist below it or beyond what can be solved', () => {
    const base = [0.1, 0.3, 0];
    expect(optimumWithPassAt1(base, mean(base))).toEqual({ beta: Infinity, p: base });
    expect(optimumWithPassAt1(base, 0.1)).toBeNull();
    expect(optimumWithPassAt1(base, 2 / 3)).toBeNull();
    expect(optimumWithPassAt1(base, 0.66)!.p[2]).toBe(0);
    expect(optimumWithPassAt1([], 0.5)).toBeNull();
  });
});

describe('the distance from the optimum', () => {
  const distance = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, each, y) => sum + each * Math.log(each / q[y]!), 0);
  /** Answers 0 and 1 are right. */
  const base = [0.05, 0.15, 0.3, 0.5];
  const now = [0.4, 0.2, 0.3, 0.1];

  it('is that of the whole distributions, enumerated', () => {
    for (const inverseBeta of [0, 0.5, 3, 10]) {
      const tilted = base.map((p, y) => p * (y < 2 ? Math.exp(inverseBeta) : 1));
      const Z = tilted.reduce((sum, each) => sum + each, 0);
      const optimum = tilted.map((each) => each / Z);
      expect(klFromOptimum(distance(now, base), 0.6, [0.2], inverseBeta)).toBeCloseTo(
        distance(now, optimum),
        12,
      );
      // 0 at the optimum itself, whose p is that of klOptimum.
      const p = klOptimum(0.2, inverseBeta);
      expect(optimum[0]! + optimum[1]!).toBeCloseTo(p, 12);
      expect(klFromOptimum(distance(optimum, base), p, [0.2], inverseBeta)).toBeCloseTo(0, 12);
    }
  });

  it('is a mean over problems, and that from the base where nothing can be right', () => {
    expect(klFromOptimum(0.7, 0, [0, 0], 10)).toBeCloseTo(0.7, 12);
    // Z = 1 + 0.2 (e − 1) for one of two problems.
    const half = Math.log(1 + 0.2 * (Math.E - 1)) / 2;
    expect(klFromOptimum(0.7, 0.3, [0, 0.2], 1)).toBeCloseTo(0.4 + half, 12);
  });

  it('stays finite where e^(1/β) is none', () => {
    expect(klFromOptimum(1, 1, [1e-300], 2000)).toBeCloseTo(1 - 300 * Math.LN10, 8);
  });
});
