import { describe, expect, it } from 'vitest';
import { CELL, grownTo } from '../../../src/ui/problem/map.ts';

describe('cells that fill a place', () => {
  it('are as large as all of them have room for', () => {
    // 8 cells of 28 × 36 in 4 columns: 112 × 72, of which a place of twice that has room for two times the size.
    expect(grownTo(224, 144, 8)).toBe(2);
    expect(grownTo(28, 36, 1)).toBe(1);
    expect(grownTo(4000, 4000, 1)).toBe(3);
    expect(grownTo(500, 300, 0)).toBe(0);
  });

  it('never stand outside, and a tenth larger would', () => {
    const fits = (size: number, width: number, height: number, count: number): boolean => {
      const columns = Math.floor(width / (size * CELL.columnWidth) + 1e-6);
      return Math.ceil(count / columns) * size * CELL.rowHeight <= height + 1e-6;
    };
    for (const count of [7, 100, 200, 1000])
      for (const [width, height] of [
        [900, 210],
        [430, 300],
        [320, 90],
      ] as const) {
        const size = grownTo(width, height, count);
        expect(fits(size, width, height, count)).toBe(true);
        expect(size === 3 || !fits(1.1 * size, width, height, count)).toBe(true);
      }
  });
});
