import { describe, expect, it } from 'vitest';
import { bandPath, linePath } from '../../src/plots/path.ts';

describe('the path of a line', () => {
  it('goes straight from place to place', () => {
    const places = [
      { x: 1, y: 2 },
      { x: 3.25, y: 4 },
    ];
    expect(linePath(places)).toBe('M1,2L3.25,4');
    expect(linePath([])).toBe('');
  });

  it('leaves a gap where a place is missing, and a dot of a place between two gaps', () => {
    const [a, b, c] = [1, 2, 3].map((x) => ({ x, y: 0 }));
    expect(linePath([a!, b!, null, c!, null])).toBe('M1,0L2,0M3,0Z');
  });
});

describe('the outline of a band', () => {
  it('goes along its upper edge, and back along the lower one', () => {
    const band = [
      { x: 0, low: 9, high: 1 },
      { x: 5, low: 8, high: 2 },
    ];
    expect(bandPath(band)).toBe('M0,1L5,2L5,8L0,9Z');
    expect(bandPath([])).toBe('');
  });
});
