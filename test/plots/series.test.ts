import { describe, expect, it } from 'vitest';
import { powersOf, scaleLogit } from '../../src/plots/series.ts';

describe('the logit scale', () => {
  const scale = scaleLogit([0.001, 0.999], [100, 300]);

  it('puts even odds in the middle and equal odds equally far from it', () => {
    expect(scale(0.001)).toBeCloseTo(100, 9);
    expect(scale(0.5)).toBeCloseTo(200, 9);
    expect(scale(0.999)).toBeCloseTo(300, 9);
    // logit 0.9 = log 9 = 2.197, logit 0.999 = log 999 = 6.907: 200 + 100 · 2.197 / 6.907 = 231.81
    expect(scale(0.9)).toBeCloseTo(231.81, 2);
    expect(scale(0.1) - 100).toBeCloseTo(300 - scale(0.9), 9);
  });

  it('is undone by its inverse', () => {
    for (const p of [0.001, 0.02, 0.5, 0.7, 0.999])
      expect(scale.invert(scale(p))).toBeCloseTo(p, 12);
  });

  it('has ticks inside its domain, fewer where there is little room', () => {
    expect(scale.ticks(3)).toEqual([0.001, 0.1, 0.9, 0.999]);
    expect(scaleLogit([0.01, 0.99], [0, 1]).ticks(9)).toEqual([0.01, 0.1, 0.5, 0.9, 0.99]);
  });
});

describe('powers as ticks', () => {
  it('are all within the domain where there is room', () => {
    expect(powersOf(2, [1, 16], 10)).toEqual([1, 2, 4, 8, 16]);
    expect(powersOf(10, [1e-3, 1], 3)).toEqual([0.001, 0.01, 0.1, 1]);
    expect(powersOf(10, [1, 1e6], 6).length).toBe(7);
    expect(powersOf(2, [3, 30], 10)).toEqual([4, 8, 16]);
  });

  it('are every second or fourth from the lowest on where there is not', () => {
    expect(powersOf(10, [1, 1e6], 5)).toEqual([1, 100, 10_000, 1_000_000]);
    expect(powersOf(2, [1, 1024], 4)).toEqual([1, 16, 256]);
    expect(powersOf(2, [1, 1024], 0)).toEqual([1]);
  });
});
