import { describe, expect, it } from 'vitest';
import { even, odds, percent, powers } from '../../src/embed/picture/axes.ts';
import { columnsFor } from '../../src/embed/picture/cells.ts';
import { thinned } from '../../src/embed/picture/plane.ts';
import { scaleThatFits } from '../../src/ui/problem/map.ts';

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
  it('are as large as they can be in their box, at most their own size', () => {
    const columns = columnsFor(200, 336, 234);
    const sizeOf = (n: number): number =>
      Math.min(1, 336 / (n * 26), 234 / (Math.ceil(200 / n) * 34));
    for (let n = 1; n <= 200; n++) expect(sizeOf(n)).toBeLessThanOrEqual(sizeOf(columns));
  });

  it('fit in the live map too', () => {
    for (const [width, height] of [
      [300, 220],
      [560, 300],
      [1150, 90],
    ] as const) {
      const scale = scaleThatFits(200, width, height);
      const columns = Math.floor(width / (28 * scale));
      expect(Math.ceil(200 / columns) * 36 * scale).toBeLessThanOrEqual(height);
    }
  });
});
