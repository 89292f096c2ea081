import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../src/core/normal.ts';

describe('the normal distribution function', () => {
  it.each([
    // Abramowitz & Stegun 1964, tables 26.1 and 26.2 (the last as −log₁₀ Q(10) = 23.11805).
    [0, 0.5],
    [1, 0.841344746068543],
    [-1, 0.158655253931457],
    [2, 0.977249868051821],
    [-1.959963984540054, 0.025],
    [-3, 0.00134989803163],
    [-5, 2.86651571879e-7],
    [-10, 7.61985302416e-24],
  ])('at %s is %s', (z, expected) => {
    expect(normalCdf(z) / expected).toBeCloseTo(1, 11);
  });

  it('is what Simpson’s rule over the density gives', () => {
    const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    for (let z = -6; z <= 6; z += 0.37) {
      const from = -14;
      const intervals = 20_000;
      const h = (z - from) / intervals;
      let sum = density(from) + density(z);
      for (let i = 1; i < intervals; i++) sum += (i % 2 === 1 ? 4 : 2) * density(from + i * h);
      expect(((sum * h) / 3 / normalCdf(z)).toFixed(9)).toBe('1.000000000');
    }
  });

  it('has no jump where its method changes, is 0 and 1 far out, and adds up to 1', () => {
    expect(normalCdf(-2 - 1e-13) / normalCdf(-2 + 1e-13)).toBeCloseTo(1, 11);
    expect([-Infinity, -40, 40, Infinity].map(normalCdf)).toEqual([0, 0, 1, 1]);
    for (let z = 0; z < 5; z += 0.1) expect(normalCdf(z) + normalCdf(-z)).toBeCloseTo(1, 14);
    expect(normalCdf(NaN)).toBeNaN();
  });
});
