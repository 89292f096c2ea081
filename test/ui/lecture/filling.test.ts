import { describe, expect, it } from 'vitest';
import { grownTo, sharedHeights } from '../../../src/ui/lecture/filling.ts';

describe('the heights of drawings', () => {
  it('share what their margins leave, as they do in a place of their own', () => {
    // They are 200 and 80 without margins, of which 210 px leave 140.
    expect(sharedHeights(210, [220, 130], [20, 50])).toEqual([20 + 100, 50 + 40]);
    expect(sharedHeights(60, [220, 130], [20, 50])).toEqual([20, 50]);
  });
});

describe('cells that fill a place', () => {
  it('are as large as all of them have room for', () => {
    // 8 cells of 28 × 36 in 4 columns: 112 × 72, of which a place of twice that has room for two times the size.
    expect(grownTo(224, 144, 8, 28, 36)).toBe(2);
    expect(grownTo(28, 36, 1, 28, 36)).toBe(1);
    expect(grownTo(4000, 4000, 1, 28, 36)).toBe(3);
    expect(grownTo(500, 300, 0, 28, 36)).toBe(0);
  });

  it('never stand outside, and a tenth larger would', () => {
    const fits = (size: number, width: number, height: number, count: number): boolean => {
      const columns = Math.floor(width / (size * 28) + 1e-6);
      return Math.ceil(count / columns) * size * 36 <= height + 1e-6;
    };
    for (const count of [7, 100, 200, 1000])
      for (const [width, height] of [
        [900, 210],
        [430, 300],
        [320, 90],
      ] as const) {
        const size = grownTo(width, height, count, 28, 36);
        expect(fits(size, width, height, count)).toBe(true);
        expect(size === 3 || !fits(1.1 * size, width, height, count)).toBe(true);
      }
  });
});
