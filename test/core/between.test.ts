import { describe, expect, it } from 'vitest';
import { rangeOf, valueBetween, valueOverLog } from '../../src/core/between.ts';

it('a line has values between its points, and beyond its ends those of the ends', () => {
  const line = [
    { x: 1, y: 0.1 },
    { x: 4, y: 0.3 },
    { x: 16, y: 0.6 },
  ];
  expect(valueBetween(line, 2)).toBeCloseTo(0.1 + 0.2 / 3, 12);
  expect(valueBetween(line, 10)).toBeCloseTo(0.45, 12);
  expect(valueBetween(line, 4)).toBe(0.3);
  expect(valueBetween(line, 0)).toBe(0.1);
  expect(valueBetween(line, 99)).toBe(0.6);
  expect(valueBetween([], 1)).toBeNaN();
});

it('over log x it is as straight between them', () => {
  const points = [
    { x: 1, y: 0 },
    { x: 4, y: 1 },
    { x: 16, y: 3 },
  ];
  expect([1, 2, 4, 8, 16].map((x) => valueOverLog(points, x))).toEqual([0, 0.5, 1, 2, 3]);
});

describe('a number of 100', () => {
  it.each([
    [0, 0],
    [0.99, 0],
    [1, 1],
    [4.9, 1],
    [15, 3],
    [100, 3],
  ])('%f lies in the range %i', (value, range) => {
    expect(rangeOf([0, 1, 5, 15, 100], value)).toBe(range);
  });
});
