import { describe, expect, it } from 'vitest';
import { factorOf } from '../../../src/ui/shares.ts';

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
