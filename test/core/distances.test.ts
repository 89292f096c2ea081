import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { curveDistance, outsideBy, rangeOf, valueBetween } from '../../src/core/distances.ts';

const drawn = [
  { x: 1, y: 0.1 },
  { x: 4, y: 0.5 },
  { x: 16, y: 0.5 },
];
const came = [
  { x: 1, y: 0.1 },
  { x: 4, y: 0.3 },
  { x: 16, y: 0.6 },
];

describe('a drawn curve', () => {
  it('is off by the mean absolute difference at its handles, and most at one of them', () => {
    // (0 + 0.2 + 0.1) / 3 = 0.1; without the first, which was given, (0.2 + 0.1) / 2 = 0.15.
    expect(curveDistance(drawn, came).mean).toBeCloseTo(0.1, 12);
    const { mean, worst } = curveDistance(drawn, came, 1);
    expect(mean).toBeCloseTo(0.15, 12);
    expect(worst).toEqual({ x: 4, drawn: 0.5, came: 0.3 });
  });

  it('is compared with what lies between the points of a line', () => {
    expect(valueBetween(came, 2)).toBeCloseTo(0.1 + 0.2 / 3, 12);
    expect(valueBetween(came, 10)).toBeCloseTo(0.45, 12);
    expect(valueBetween(came, 0)).toBe(0.1);
    expect(valueBetween(came, 99)).toBe(0.6);
    expect(valueBetween([], 1)).toBeNaN();
  });

  it('has no distance from itself, the same one both ways, and never more than at its worst handle', () => {
    const random = uniformSequence({ seed: 7, stream: 6, step: 0 });
    for (let n = 0; n < 100; n++) {
      const xs = Array.from({ length: 2 + Math.floor(6 * random()) }, (_, i) => i + random());
      const [one, other] = [0, 1].map(() => xs.map((x) => ({ x, y: random() })));
      expect(curveDistance(one!, one!).mean).toBe(0);
      const { mean, worst } = curveDistance(one!, other!);
      expect(curveDistance(other!, one!).mean).toBeCloseTo(mean, 12);
      expect(mean).toBeLessThanOrEqual(Math.abs(worst.drawn - worst.came) + 1e-12);
      // Moved up as a whole, it is off by as much.
      const up = one!.map(({ x, y }) => ({ x, y: y + 0.25 }));
      expect(curveDistance(up, one!).mean).toBeCloseTo(0.25, 12);
    }
  });

  it('cannot be compared where nothing is left of it', () => {
    expect(() => curveDistance(drawn, came, 3)).toThrow('3 of them given');
    expect(() => curveDistance(drawn, [])).toThrow('a line of 0 points');
  });
});

describe('a number of 100', () => {
  const edges = [0, 1, 5, 15, 100];

  it.each([
    [0, 0],
    [0.99, 0],
    [1, 1],
    [4.9, 1],
    [15, 3],
    [100, 3],
  ])('%f lies in the range %i', (value, range) => {
    expect(rangeOf(edges, value)).toBe(range);
    expect(outsideBy(edges, range, value)).toBe(0);
  });

  it('is as far off as the nearer edge of the range that was chosen', () => {
    expect(outsideBy(edges, 1, 7.9)).toBeCloseTo(2.9, 12);
    expect(outsideBy(edges, 3, 7.9)).toBeCloseTo(7.1, 12);
  });
});
