import { describe, expect, it } from 'vitest';
import { createTimeLeft } from '../../src/session/timeLeft.ts';

/** What is said of work whose shares are done at these seconds. */
function said(marks: readonly (readonly [seconds: number, share: number])[]): (number | null)[] {
  let now = 0;
  const timeLeft = createTimeLeft(() => now);
  return marks.map(([seconds, share]) => {
    now = 1000 * seconds;
    const left = timeLeft(share);
    return left === null ? null : Math.round(10 * left) / 10;
  });
}

describe('the time that work will still take', () => {
  it('goes by the share that is done', () => {
    // A fiftieth in 2 s: 98 s for the rest. A tenth in 11 s: 99 s.
    expect(
      said([
        [0, 0],
        [2, 0.02],
        [11, 0.1],
      ]),
    ).toEqual([null, 98, 99]);
  });

  it('is told before most of it is done, and not at all of work of less than ten seconds', () => {
    expect(
      said([
        [0, 0],
        [1, 0.04],
        [10, 0.5],
      ])[1],
    ).toBe(24);
    expect(
      said([
        [0, 0],
        // A pace that would take 20 s, watched for too short a time.
        [0.2, 0.01],
        [2, 0.5],
        [3.9, 0.99],
      ]),
    ).toEqual([null, null, null, null]);
  });

  it('is told as soon as work turns out to take long, and then to its end', () => {
    expect(
      said([
        [0, 0],
        [1, 0.5],
        [8, 0.6],
        [9, 0.99],
      ]),
    ).toEqual([null, null, 5.3, 0.1]);
  });

  it('forgets the pace of more than ten seconds ago', () => {
    // A half in 10 s and then a hundredth every 10 s: 49 more of these.
    const marks = [0, 1, 2].map((n) => [10 + 10 * n, 0.5 + 0.01 * n] as const);
    expect(said([[0, 0], ...marks])).toEqual([null, 10, 490, 480]);
  });

  it('begins anew with other work, and needs a pace to judge by', () => {
    expect(
      said([
        [0, 0],
        [60, 0.5],
        [61, 0],
        [65, 0],
        [66, 0.9],
      ]),
    ).toEqual([null, 60, null, null, null]);
  });
});
