import { describe, expect, it } from 'vitest';
import { apartOf, leadOf, restsOf } from '../../src/results/apart.ts';
import { classesOf } from '../../src/results/classes.ts';

describe('on how many problems a difference rests', () => {
  const rests = (base: number[], trained: number[], ks: number[]) => {
    const of = (correct: number[]) => classesOf(correct.map((c) => ({ n: 4, c })));
    return restsOf(of(base), of(trained), ks);
  };

  it('is their number where all differ by as much', () => {
    expect(rests([0, 0, 4, 2, 4], [4, 4, 0, 2, 4], [1, 2, 4])).toEqual([3, 3, 3]);
  });

  it('is less where some differ by less, at each k by itself', () => {
    // pass@1: 1/4, 2/4, 1/4 apart: 1² / (6/16) = 8/3. pass@4: only the first goes from 0 to 1.
    const [one, four] = rests([0, 1, 2], [1, 3, 3], [1, 4]);
    expect(one).toBeCloseTo(8 / 3, 12);
    expect(four).toBe(1);
  });

  it('is 0 where none differs', () => {
    expect(rests([1, 2, 3], [1, 2, 3], [1, 3])).toEqual([0, 0]);
    expect(rests([2, 3], [3, 2], [4])).toEqual([0]);
  });
});

it('who leads needs a band on one side of 0 and six problems', () => {
  expect(leadOf({ k: 1, low: 0.1, high: 0.2 }, 6)).toBe('trained');
  expect(leadOf({ k: 1, low: -0.2, high: -0.1 }, 6 - 1e-12)).toBe('base');
  expect(leadOf({ k: 1, low: -0.2, high: -0.1 }, 5.99)).toBeNull();
  expect(leadOf({ k: 1, low: 0, high: 0.1 }, 100)).toBeNull();
});

it('the runs of k that are told apart from 0', () => {
  const band = (k: number, low: number, high: number) => ({ k, low, high });
  expect(
    apartOf(
      [
        band(1, 0.1, 0.2),
        band(2, 0.01, 0.2),
        band(3, -0.1, 0.1),
        band(5, 0.1, 0.2),
        band(8, -0.2, -0.1),
        band(9, -0.2, -1e-15),
        band(12, 0, 0),
        band(20, -0.2, -0.1),
        band(25, -0.2, -0.1),
      ],
      [9, 6, 9, 9, 9, 9, 9, 9, 5],
    ),
  ).toEqual([
    { from: 1, to: 2, leads: 'trained' },
    { from: 5, to: 5, leads: 'trained' },
    { from: 8, to: 8, leads: 'base' },
    { from: 20, to: 20, leads: 'base' },
  ]);
});
