import { describe, expect, it } from 'vitest';
import type { TrainRow } from '../../../src/experiments/train.ts';
import { DEFAULT_SETTINGS } from '../../../src/run/defaults.ts';
import { overlap, type Box, type Labelled } from '../../../src/plots/placeLabels.ts';
import { liveMethod, livePoint, liveTrail, whyRunApart } from '../../../src/ui/compare/live.ts';
import { placeNames } from '../../../src/ui/compare/placeNames.ts';

const row = (step: number, p: number[]): TrainRow =>
  ({ step, entropy: 0.7, heldOut: { passAt: {}, p } }) as unknown as TrainRow;
const base = { p: [0.5, 0.1], chanceP: [0, 0], entropies: [1] };

describe('the run on screen', () => {
  it('is compared on the problems of the others, the first of its own', () => {
    expect(livePoint(row(3, [0.2, 0.4, 1, 1]), 2)).toEqual({
      step: 3,
      x: expect.closeTo(0.3, 12) as number,
      y: 1 - (0.8 ** 256 + 0.6 ** 256) / 2,
    });
    expect(livePoint(row(3, [0.2]), 2)).toBeNull();
    const method = liveMethod(row(3, [0.2, 0.4, 1]), base, 'this run')!;
    expect(method.numbers['pass@1'].interval!.mean).toBeCloseTo(0.3, 12);
    expect(method.numbers.entropy.interval!.mean).toBe(0.7);
    expect(liveMethod(row(3, [0.2]), base, 'this run')).toBeNull();
  });

  it('stands apart with another task, base, or fewer problems', () => {
    const why = (change: object) => whyRunApart({ ...DEFAULT_SETTINGS, ...change }, base);
    expect(why({})).toBeNull();
    expect(why({ task: 'maze' })).toBe('task');
    expect(why({ base: 'live' })).toBe('base');
    expect(why({ evalProblems: 1 })).toBe('problems');
  });

  it('leaves a trail up to the step that is shown, of bounded length, with its end', () => {
    const rows = Array.from({ length: 1001 }, (_, i) => row(i, [i / 1000, 0.5]));
    expect(liveTrail(rows, 3, 2).map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    const long = liveTrail(rows, 999, 2);
    expect(long.length).toBeLessThanOrEqual(201);
    expect(long[0]!.step).toBe(0);
    expect(long.at(-1)!.step).toBe(999);
    expect(long[1]!.step).toBe(8);
  });
});

describe('names on the plane', () => {
  const frame: Box = { left: 0, right: 300, top: 0, bottom: 200 };

  it('stand beside their marks, the first one first', () => {
    const at = { y: 100, width: 60, height: 15 };
    const [first, second] = placeNames(
      [
        { ...at, x: 50 },
        { ...at, x: 290 },
      ],
      frame,
    );
    // 7 for the mark and 3 between
    expect(first).toEqual({ left: 60, right: 120, top: 92.5, bottom: 107.5 });
    expect(second).toEqual({ left: 220, right: 280, top: 92.5, bottom: 107.5 });
  });

  it('are left out where there is no room', () => {
    const crowd = Array.from({ length: 40 }, () => ({ x: 150, y: 100, width: 80, height: 15 }));
    const placed = placeNames(crowd, frame);
    expect(placed[0]).not.toBeNull();
    expect(placed.filter((box) => box === null).length).toBeGreaterThan(25);
  });

  it('keep off lines where they can', () => {
    const line: Box = { left: 0, right: 300, top: 99, bottom: 101 };
    const [box] = placeNames([{ x: 150, y: 100, width: 60, height: 15 }], frame, [line]);
    expect(overlap(box!, line)).toBe(0);
  });

  it('never overlap one another or a mark, and stay inside, for any marks', () => {
    let state = 11;
    const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
    for (let n = 1; n <= 60; n += 7) {
      const named: Labelled[] = Array.from({ length: n }, () => ({
        x: 300 * next(),
        y: 200 * next(),
        width: 20 + 80 * next(),
        height: 15,
      }));
      const boxes = placeNames(named, frame);
      boxes.forEach((box, i) => {
        if (!box) return;
        expect(box.left).toBeGreaterThanOrEqual(0);
        expect(box.right).toBeLessThanOrEqual(300);
        boxes.forEach((other, j) => {
          if (other && j > i) expect(overlap(box, other)).toBe(0);
        });
        for (const { x, y } of named)
          expect(overlap(box, { left: x - 7, right: x + 7, top: y - 7, bottom: y + 7 })).toBe(0);
      });
    }
  });
});
