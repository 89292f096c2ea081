import { line } from 'd3';
import { describe, expect, it } from 'vitest';
import { linePath, type Place } from '../../src/plots/path.ts';

const d3Path = line<Place | null>()
  .defined((place) => place !== null)
  .x((place) => place!.x)
  .y((place) => place!.y);

describe('the path of a line', () => {
  it('goes straight from place to place', () => {
    expect(
      linePath([
        { x: 1, y: 2 },
        { x: 3.25, y: 4 },
      ]),
    ).toBe('M1,2L3.25,4');
    expect(linePath([])).toBe('');
  });

  it('is the one of d3, whatever is missing', () => {
    // Every pattern of gaps in six places.
    for (let pattern = 0; pattern < 64; pattern++) {
      const places = Array.from({ length: 6 }, (_, i) =>
        pattern & (1 << i) ? { x: 10 * i + pattern / 8, y: (i * pattern) % 7 } : null,
      );
      expect(linePath(places)).toBe(d3Path(places) ?? '');
    }
  });
});
