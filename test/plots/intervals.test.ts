import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { roundDomain } from '../../src/plots/intervals.ts';
import { markerPath, MARKERS, type Marker } from '../../src/plots/markers.ts';
import { overlap, placeLabels, type Box, type Labelled } from '../../src/plots/placeLabels.ts';

const of = (value: number, half: number | null = null) => ({ value, half });

describe('the bounds of an axis', () => {
  it('are round, hold every interval, and begin at 0 where that leaves half of the axis', () => {
    expect(roundDomain([of(0.62, 0.02), of(0.71, 0.01)])).toEqual([0.6, 0.72]);
    expect(roundDomain([of(0.2, 0.02), of(0.71)])).toEqual([0, 0.8]);
    expect(roundDomain([of(-3, 1), of(2)])).toEqual([-4, 2]);
  });

  it('do not leave what a measure can be', () => {
    expect(roundDomain([of(0.9, 0.3), of(0.1, 0.4)], [0, 1])).toEqual([0, 1]);
  });

  it('leave room around a single value, and do without any', () => {
    const [low, high] = roundDomain([of(5)]);
    expect(low).toBeLessThan(5);
    expect(high).toBeGreaterThan(5);
    expect(roundDomain([of(0)])).toEqual([-1, 1]);
    expect(roundDomain([])).toEqual([0, 1]);
  });

  it('hold all of 1,000 generated lists of intervals', () => {
    const random = uniformSequence({ seed: 3, stream: 99, step: 0 });
    for (let n = 0; n < 1000; n++) {
      const scale = 10 ** (6 * random() - 3);
      const values = Array.from({ length: 1 + Math.floor(5 * random()) }, () =>
        of((random() - 0.3) * scale, random() * scale * 0.2),
      );
      const [low, high] = roundDomain(values);
      for (const { value, half } of values) {
        const isHeld =
          low <= value - half! + 1e-12 * scale && high >= value + half! - 1e-12 * scale;
        if (!isHeld) expect.unreachable(`${value} ± ${half} is not from ${low} to ${high}`);
      }
    }
  });
});

it('every marker has an outline of its own', () => {
  const paths = (Object.keys(MARKERS) as Marker[]).map((marker) => markerPath(marker));
  expect(new Set(paths).size).toBe(paths.length);
  for (const path of paths) expect(path).toMatch(/^M/);
});

describe('labels of points', () => {
  const frame: Box = { left: 50, right: 330, top: 10, bottom: 260 };
  const isInside = ({ left, right, top, bottom }: Box): boolean =>
    left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom;

  it('stand to the right of their point where there is room, and to its left where there is not', () => {
    const size = { width: 60, height: 14 };
    const [right, left] = placeLabels(
      [
        { x: 100, y: 100, ...size },
        { x: 320, y: 200, ...size },
      ],
      frame,
    );
    expect(right).toEqual({ left: 108, right: 168, top: 93, bottom: 107 });
    expect(left).toEqual({ left: 252, right: 312, top: 193, bottom: 207 });
  });

  it('rather stand above than on a bar', () => {
    const bar: Box = { left: 60, right: 140, top: 98, bottom: 102 };
    const [box] = placeLabels([{ x: 100, y: 100, width: 60, height: 14 }], frame, [bar]);
    expect(box).toEqual({ left: 70, right: 130, top: 78, bottom: 92 });
  });

  it('of 8 points, all on a phone, never overlap nor leave the frame, wherever the points are', () => {
    const random = uniformSequence({ seed: 5, stream: 99, step: 0 });
    for (let n = 0; n < 40; n++) {
      // Crowded: all within a part of the frame, as arms of a comparison are.
      const [spreadX, spreadY] = [20 + 250 * random(), 20 + 220 * random()];
      const places = Array.from({ length: 8 }, (): Labelled => ({
        x: 55 + spreadX * random(),
        y: 15 + spreadY * random(),
        width: 40 + 90 * random(),
        height: 15,
      }));
      const boxes = placeLabels(places, frame);
      for (const [i, box] of boxes.entries()) {
        expect(isInside(box)).toBe(true);
        for (const other of boxes.slice(0, i)) expect(overlap(box, other)).toBe(0);
        for (const { x, y } of places)
          expect(overlap(box, { left: x, right: x + 0.1, top: y, bottom: y + 0.1 })).toBe(0);
      }
    }
  });
});
