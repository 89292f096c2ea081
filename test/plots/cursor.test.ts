import { describe, expect, it } from 'vitest';
import { movedIndex, nearestIndex } from '../../src/plots/cursor.ts';

describe('a cursor moved by keys', () => {
  const move = (key: string, index: number, shiftKey = false) =>
    movedIndex({ key, shiftKey }, index, 31);

  it('goes a stop with an arrow, ten with Shift or a page, to the ends with Home and End', () => {
    expect(move('ArrowRight', 5)).toBe(6);
    expect(move('ArrowUp', 5)).toBe(6);
    expect(move('ArrowLeft', 5)).toBe(4);
    expect(move('ArrowDown', 5)).toBe(4);
    expect(move('ArrowRight', 5, true)).toBe(15);
    expect(move('ArrowLeft', 15, true)).toBe(5);
    expect(move('PageUp', 5)).toBe(15);
    expect(move('PageDown', 15)).toBe(5);
    expect(move('Home', 5)).toBe(0);
    expect(move('End', 5)).toBe(30);
  });

  it('never leaves the stops, and knows no other key', () => {
    expect(move('ArrowLeft', 0)).toBe(0);
    expect(move('ArrowRight', 30)).toBe(30);
    expect(move('ArrowRight', 25, true)).toBe(30);
    expect(move('PageDown', 3)).toBe(0);
    expect(move('a', 3)).toBeNull();
    expect(move('Tab', 3)).toBeNull();
  });
});

it('a cursor stands at the nearest stop, the first of two as near, and at the last one without an x', () => {
  const stops = [1, 2, 4, 8];
  expect([0, 1, 1.4, 3, 3.1, 7, 100].map((x) => nearestIndex(stops, x))).toEqual([
    0, 0, 0, 1, 2, 3, 3,
  ]);
  expect(nearestIndex(stops, null)).toBe(3);
});
