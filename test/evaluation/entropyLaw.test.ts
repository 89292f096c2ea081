import { describe, expect, it } from 'vitest';
import { normalSequence } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import { fitEntropyLaw, rewardAt } from '../../src/evaluation/entropyLaw.ts';

describe('the fit R = −a e^H + b', () => {
  it('recovers the law that made the points', () => {
    const law = { a: 0.25, b: 0.9, ceiling: 0.65, rSquared: 1 };
    const points = [1.2, 0.9, 0.4, 0.1].map((entropy) => ({
      entropy,
      reward: rewardAt(law, entropy),
    }));
    const fit = fitEntropyLaw(points)!;
    for (const key of ['a', 'b', 'ceiling', 'rSquared'] as const)
      expect(fit[key]).toBeCloseTo(law[key], 12);
    expect(rewardAt(fit, 0)).toBeCloseTo(fit.ceiling, 15);
  });

  it('is a worked regression of R on e^H', () => {
    // e^H = 1, 2, 3 and R = 0.5, 0.1, 0.0: slope −0.5/2 = −0.25, mean R 0.2, b = 0.2 + 0.25 · 2 = 0.7;
    // residuals 0.05, −0.1, 0.05, squares 0.015 of Σ (R − 0.2)² = 0.14: R² = 1 − 0.015/0.14 = 0.892857.
    const fit = fitEntropyLaw(
      [0.5, 0.1, 0].map((reward, i) => ({ entropy: Math.log(i + 1), reward })),
    )!;
    expect(fit.a).toBeCloseTo(0.25, 12);
    expect(fit.b).toBeCloseTo(0.7, 12);
    expect(fit.rSquared).toBeCloseTo(1 - 0.015 / 0.14, 12);
  });

  it('leaves no nearby law with smaller squares', () => {
    const noise = normalSequence({ seed: 3, stream: 6, step: 0 });
    const points = Array.from({ length: 50 }, (_, i) => ({
      entropy: 1 - i / 60,
      reward: 0.7 - 0.2 * Math.exp(1 - i / 60) + 0.02 * noise(),
    }));
    const fit = fitEntropyLaw(points)!;
    const squares = (a: number, b: number): number =>
      points.reduce(
        (sum, { entropy, reward }) => sum + (reward - (b - a * Math.exp(entropy))) ** 2,
        0,
      );
    const least = squares(fit.a, fit.b);
    for (const [da, db] of [
      [1e-3, 0],
      [-1e-3, 0],
      [0, 1e-3],
      [0, -1e-3],
    ] as const)
      expect(squares(fit.a + da, fit.b + db)).toBeGreaterThan(least);
    const spread = points.reduce(
      (sum, { reward }) => sum + (reward - mean(points.map((point) => point.reward))) ** 2,
      0,
    );
    expect(fit.rSquared).toBeCloseTo(1 - least / spread, 10);
  });

  it('is null for what has no fit', () => {
    const point = { entropy: 0.5, reward: 0.2 };
    expect(fitEntropyLaw([])).toBeNull();
    expect(fitEntropyLaw([point, { entropy: 0.4, reward: 0.3 }])).toBeNull();
    expect(fitEntropyLaw([point, { ...point, reward: 0.3 }, point])).toBeNull();
    const missing = { entropy: 0.4, reward: NaN };
    expect(fitEntropyLaw([point, missing, { entropy: 0.3, reward: 0.3 }])).toBeNull();
    const flat = [0.1, 0.2, 0.3].map((entropy) => ({ entropy, reward: 0.2 }));
    expect(fitEntropyLaw(flat)).toMatchObject({ rSquared: null });
    expect(fitEntropyLaw(flat)!.ceiling).toBeCloseTo(0.2, 12);
  });
});
