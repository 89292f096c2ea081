import { describe, expect, it } from 'vitest';
import { powersOf } from '../../src/plots/series.ts';

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
