import { describe, expect, it } from 'vitest';
import { CELL, scaleThatFits } from '../../../src/ui/problem/map.ts';

describe('cells that fill a box', () => {
  it('are as large as all of them have room for', () => {
    // 8 cells of 28 × 36 in 4 columns: 112 × 72, of which a box of one and a half times that has room for as much.
    expect(scaleThatFits(8, 168, 108)).toBeCloseTo(1.5, 6);
    expect(scaleThatFits(1, 28, 36)).toBeCloseTo(1, 6);
    expect(scaleThatFits(1, 4000, 4000)).toBe(2);
  });

  it('never stand outside, and a tenth larger would', () => {
    const fits = (scale: number, width: number, height: number, count: number): boolean => {
      const columns = Math.floor(width / (scale * CELL.columnWidth));
      return Math.ceil(count / columns) * scale * CELL.rowHeight <= height;
    };
    for (const count of [7, 100, 200, 1000])
      for (const [width, height] of [
        [900, 210],
        [430, 300],
        [320, 90],
      ] as const) {
        const scale = scaleThatFits(count, width, height);
        expect(fits(scale, width, height, count)).toBe(true);
        expect(scale === 2 || !fits(1.1 * scale, width, height, count)).toBe(true);
      }
  });
});
