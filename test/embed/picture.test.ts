import { describe, expect, it } from 'vitest';
import { even, odds, percent, powers } from '../../src/embed/picture/axes.ts';
import { cellGrid, ramp, shadeOf } from '../../src/embed/picture/cellGrid.ts';
import { picturesOf } from '../../src/embed/picture/figures.ts';
import { thinned } from '../../src/embed/picture/plane.ts';

describe('the axes of a poster', () => {
  it('are even from 0, with ticks at round numbers', () => {
    const axis = even(300, 'steps');
    expect(axis.at(150)).toBe(0.5);
    expect(axis.ticks(5)).toEqual([0, 100, 200, 300]);
    expect(even(1, 'share').ticks(9)).toEqual([0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]);
    expect(even(1, 'share').text(0.6000000000000001)).toBe('0.6');
    // Of any length ticks lie within it, and there are at least two.
    for (const end of [1, 1.08, 3, 4.7, 20, 150, 4000])
      for (const room of [1, 3, 9]) {
        const ticks = even(end, '').ticks(room);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.at(-1)).toBeLessThanOrEqual(end * (1 + 1e-9));
      }
  });

  it('are by powers: k from 1 to 1024 by 4, fewer of them where there is less room', () => {
    const axis = powers([1, 1024], 4, 'k');
    expect([axis.at(1), axis.at(32), axis.at(1024)]).toEqual([0, 0.5, 1]);
    expect(axis.ticks(6)).toEqual([1, 4, 16, 64, 256, 1024]);
    expect(axis.ticks(4)).toEqual([1, 16, 256]);
    // What is below it stands at its end, and 0 too.
    expect(powers([1e-6, 1], 10, '').at(0)).toBeCloseTo(0, 12);
    expect([1e4, 1e6].map((k) => axis.text(k))).toEqual(['10k', '1M']);
  });

  it('are by odds: 0.5 in the middle', () => {
    expect(odds('p').at(0.5)).toBe(0.5);
    expect(odds('p').at(0.001)).toBeCloseTo(0, 12);
    expect(odds('p').at(0.999)).toBeCloseTo(1, 12);
  });

  it('have percents in few characters', () => {
    expect([1, 0.1143, 1e-6].map(percent)).toEqual(['100 %', '11 %', '0.0001 %']);
  });

  it('keep every second tick until there are so few', () => {
    expect(thinned([1, 2, 3, 4, 5, 6, 7], 7)).toHaveLength(7);
    expect(thinned([1, 2, 3, 4, 5, 6, 7], 4)).toEqual([1, 3, 5, 7]);
    expect(thinned([1, 2, 3, 4, 5, 6, 7], 0)).toEqual([1, 5]);
  });
});

describe('the cells of a map', () => {
  it('are as large as all of them have room for', () => {
    // 8 cells of 28 × 36 in 4 columns: 112 × 72, of which a box of one and a half times that has room for as much.
    expect(cellGrid(8, 168, 108)).toEqual({ columns: 4, scale: expect.closeTo(1.5, 6) as number });
    expect(cellGrid(1, 28, 36)).toEqual({ columns: 1, scale: expect.closeTo(1, 6) as number });
    expect(cellGrid(1, 4000, 4000).scale).toBe(2);
    // Without a height they have their own size: 4 × 28 = 112.
    expect(cellGrid(200, 120, 0)).toEqual({ columns: 4, scale: 1 });
  });

  it('never stand outside, and a tenth larger would', () => {
    for (const count of [7, 100, 200, 1000])
      for (const [width, height] of [
        [900, 210],
        [430, 300],
        [320, 90],
      ] as const) {
        const { columns, scale } = cellGrid(count, width, height);
        const rows = (of: number): number => Math.ceil(count / of);
        expect(columns * scale * 28).toBeLessThanOrEqual(width);
        expect(rows(columns) * scale * 36).toBeLessThanOrEqual(height);
        const larger = 1.1 * scale;
        const isOutside = rows(Math.floor(width / (28 * larger))) * larger * 36 > height;
        expect(scale === 2 || isOutside).toBe(true);
      }
  });

  it('have the colour of the logarithm of p, from 0.0001 to 1', () => {
    expect(shadeOf(1)).toBe('rgb(253, 231, 37)');
    // Half of four powers of ten.
    expect(shadeOf(0.01)).toBe('rgb(31, 161, 135)');
    expect([0, 1e-9, 1e-4].map(shadeOf)).toEqual(Array(3).fill('rgb(42, 26, 94)'));
    // Halfway between (42, 26, 94) and (43, 90, 151).
    expect(ramp(1 / 8)).toBe('rgb(43, 58, 123)');
    expect(shadeOf(undefined)).toBe('var(--grid)');
  });

  it('of a base alone are not said to be of anything trained', () => {
    const note = (p?: number[]) => picturesOf(['problems'], { steps: 9, baseP: [0.1], p })[0]!.note;
    expect(note([0.2])).toMatch(/trained/);
    expect(note()).not.toMatch(/trained/);
  });
});
