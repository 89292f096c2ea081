import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exactPassAtK } from '../../../src/core/passAtK.ts';
import { parseRecording, type Recording } from '../../../src/run/recording.ts';
import * as SLIDES from '../../../src/messages/slides.ts';
import { publishedPair, toyOf } from '../../../src/ui/large/curves.ts';
import { PUBLISHED } from '../../../src/ui/large/published.ts';

const recording = parseRecording(
  readFileSync(new URL('../../../public/runs/countdown-3.json', import.meta.url), 'utf8'),
);

describe('the published values', () => {
  const { base, trained, ks, problems, samples, coverage, difference, leadEnds } = PUBLISHED;

  it('are those of 128 samples: the last of them are shares of problems solved at all', () => {
    const { both, baseOnly, trainedOnly, neither } = coverage;
    // 462 + 19 + 3 + 16 = 500
    expect(both + baseOnly + trainedOnly + neither).toBe(problems);
    // (462 + 19) / 500 = 481 / 500 = 0.962, (462 + 3) / 500 = 465 / 500 = 0.93
    expect(base.at(-1)).toBe((both + baseOnly) / problems);
    expect(trained.at(-1)).toBe((both + trainedOnly) / problems);
    // (465 − 481) / 500 = −16 / 500 = −3.2 of 100
    expect(difference.points).toBeCloseTo((100 * (trainedOnly - baseOnly)) / problems, 12);
    expect(difference.low).toBeLessThan(difference.points);
    expect(difference.high).toBeGreaterThan(difference.points);
    expect(ks.at(-1)).toBe(samples);
    // pass@1 is a count of right samples by 500 · 128 = 64,000: 39,291 and 49,877.
    expect(base[0] * problems * samples).toBeCloseTo(39_291, 6);
    expect(trained[0] * problems * samples).toBeCloseTo(49_877, 6);
  });

  it('rise over k, and less with each doubling', () => {
    for (const values of [base, trained]) {
      const steps = values.slice(1).map((value, i) => value - values[i]!);
      expect(Math.min(...steps)).toBeGreaterThan(0);
      expect(steps).toEqual([...steps].sort((a, b) => b - a));
    }
  });

  it('cross between 8 and 16, where the lines that join them do so between the two k of the source', () => {
    const ahead = ks.map((_, i) => trained[i]! > base[i]!);
    expect(ahead).toEqual([true, true, true, true, false, false, false, false]);
    // 0.882969868 − 0.868172748 = 0.014797120 at 8, 0.902217498 − 0.904339284 = −0.002121786 at 16:
    // 0 after 0.014797120 / 0.016918906 = 0.874591 of the octave, at 8 · 2^0.874591 = 14.668
    const [at8, at16] = [3, 4].map((i) => trained[i]! - base[i]!);
    const k = 8 * 2 ** (at8! / (at8! - at16!));
    expect(k).toBeCloseTo(14.668, 3);
    expect(k).toBeGreaterThan(leadEnds[0]);
    expect(k).toBeLessThan(leadEnds[1]);
  });
});

describe('the published pair', () => {
  it('has a point for each value and none between, and its mark on the line of the base', () => {
    const { series, mark } = publishedPair();
    expect(series.map(({ points }) => points.map(({ y }) => y))).toEqual([
      PUBLISHED.base,
      PUBLISHED.trained,
    ]);
    // √(14 · 15) = 14.4914 is 0.857121 of the octave from 8:
    // 0.868172748 + 0.857121 · (0.904339284 − 0.868172748) = 0.899171839
    expect(mark.x).toBeCloseTo(14.4914, 4);
    expect(mark.y).toBeCloseTo(0.899172, 6);
  });

  it('are told on the slide by the published difference', () => {
    const { points, low, high } = PUBLISHED.difference;
    const [told, from, to] = [points, low, high].map((each) => `−${Math.abs(each).toFixed(1)}`);
    expect(SLIDES.largeNote).toContain(`${told} points, interval ${from} to ${to}`);
    expect(SLIDES.largeNote).toContain(`k = ${PUBLISHED.samples}`);
  });
});

/** A run of two evaluations with these p of each problem. */
const runOf = (baseP: number[], p: number[]): Recording =>
  ({
    seed: 3,
    rows: [{ step: 0, heldOut: { p: baseP } }, { step: 1 }, { step: 2, heldOut: { p } }],
  }) as never;

describe('the toy', () => {
  it('is drawn by the exact pass@k of its first and last evaluation, and crosses where these do', () => {
    // A base with (1 − p)² = 0.52 on both problems, and a trained policy with p = 0.8 and 0. What fails of the two:
    // 2 · 0.52^(k/2) against 0.2^k + 1. At k = 1 1.442 against 1.2, at k = 2 1.04 against 0.04 + 1: the same.
    const p = 1 - Math.sqrt(0.52);
    const toy = toyOf(runOf([p, p], [0.8, 0]), 12);
    expect(toy.crossing).toBeCloseTo(2, 5);
    expect(toy.mark.x).toBe(toy.crossing);
    expect(toy.base.one).toBeCloseTo(p, 12);
    expect(toy.trained.one).toBeCloseTo(0.4, 12);
    expect(toy.trained.many).toBeCloseTo(0.5, 12);
    expect([toy.step, toy.seed, toy.problems, toy.parameters]).toEqual([2, 3, 2, 12]);
    const [base] = toy.series;
    for (const { x, y } of base!.points) expect(y).toBeCloseTo(1 - 0.52 ** (x / 2), 12);
  });

  it('is refused where nothing crosses', () => {
    expect(() => toyOf(runOf([0.3], [0.8]), 1)).toThrow('the recorded run has no crossing');
    expect(() => toyOf(runOf([0.3], [0.2]), 1)).toThrow('the recorded run has no crossing');
  });

  it('is alike in what is said to be, and far more in how much', () => {
    const toy = toyOf(recording, 1);
    expect(toy.trained.one).toBeGreaterThan(toy.base.one);
    expect(toy.trained.many).toBeLessThan(toy.base.many);
    // By a slow twin: the first whole k at which the base is ahead.
    const [base, now] = [recording.rows[0]!, recording.rows.at(-1)!].map((row) => row.heldOut!.p);
    const meanAt = (p: readonly number[], k: number): number =>
      p.reduce((sum, each) => sum + exactPassAtK(each, k), 0) / p.length;
    let k = 1;
    while (meanAt(now!, k) >= meanAt(base!, k)) k++;
    expect(toy.crossing).toBeGreaterThan(k - 1);
    expect(toy.crossing).toBeLessThan(k);
    const gap = 100 * (meanAt(now!, 128) - meanAt(base!, 128));
    expect(100 * (toy.trained.many - toy.base.many)).toBeCloseTo(gap, 9);
    expect(gap).toBeLessThan(3 * PUBLISHED.difference.points);
    // Both are read at the same k.
    for (const { points } of toy.series)
      expect(points.map(({ x }) => x)).toEqual(expect.arrayContaining([...PUBLISHED.ks]));
  });
});
