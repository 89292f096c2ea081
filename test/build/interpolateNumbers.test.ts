import { expect, it } from 'vitest';
import { interpolate, interpolateRound } from '../../src/build/interpolateNumbers.ts';

it('goes from one number to the other, exact at both ends, and beyond them where a scale is not clamped', () => {
  const at = interpolate(0.1, 0.3);
  expect([at(0), at(1)]).toEqual([0.1, 0.3]);
  // 2 + 0.25 (6 − 2) = 3; 2 + 1.5 (6 − 2) = 8.
  expect([interpolate(2, 6)(0.25), interpolate(2, 6)(1.5)]).toEqual([3, 8]);
});

it('rounds where a scale asks for whole numbers', () => {
  // 2 + 0.4 · 3 = 3.2.
  expect(interpolateRound(2, 5)(0.4)).toBe(3);
});
