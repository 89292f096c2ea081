import { describe, expect, it } from 'vitest';
import { meanInterval, studentT975 } from '../../src/core/studentT.ts';

/** Probability below t, by Simpson's rule over the density Γ((d+1)/2) / (√(dπ) Γ(d/2)) · (1 + x²/d)^(−(d+1)/2). */
function studentCdf(t: number, d: number): number {
  // g(d) = Γ((d+1)/2) / Γ(d/2): g(1) = 1/√π and g(n+1) = (n/2) / g(n).
  let ratio = 1 / Math.sqrt(Math.PI);
  for (let n = 1; n < d; n++) ratio = n / 2 / ratio;
  const density = (x: number) =>
    (ratio / Math.sqrt(d * Math.PI)) * (1 + x ** 2 / d) ** (-(d + 1) / 2);
  const intervals = 20_000;
  const h = t / intervals;
  let sum = density(0) + density(t);
  for (let i = 1; i < intervals; i++) sum += (i % 2 === 1 ? 4 : 2) * density(i * h);
  return 0.5 + (sum * h) / 3;
}

describe('the 97.5 % point of Student’s t', () => {
  it('has 97.5 % of the distribution below it, for any degrees of freedom', () => {
    for (let d = 1; d <= 60; d++) {
      // An error of 5e-4 in t moves the probability by less than 5e-4 · 0.1.
      expect(Math.abs(studentCdf(studentT975(d), d) - 0.975)).toBeLessThan(5e-5);
    }
  });

  it.each([0, 1.5, NaN])('does not exist for %s degrees of freedom', (d) => {
    expect(() => studentT975(d)).toThrow(`degrees of freedom are ${d}`);
  });
});

describe('the interval of a mean', () => {
  it('is t · s/√n to each side', () => {
    // 1 … 8: mean 4.5, sample variance 6, standard error √(6/8) = 0.8660, t(7) = 2.365
    const { mean, half } = meanInterval([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(mean).toBe(4.5);
    expect(half).toBeCloseTo(0.8660254 * 2.365, 6);
  });

  it('is unknown for one value, and refused for none', () => {
    expect(meanInterval([3])).toEqual({ mean: 3, half: null });
    expect(() => meanInterval([])).toThrow('no values');
  });
});
