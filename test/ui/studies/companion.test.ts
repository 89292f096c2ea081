import { describe, expect, it } from 'vitest';
import { meanPassAtK } from '../../../src/core/passAtK.ts';
import type { RecordedStudy } from '../../../src/run/studies/recorded.ts';
import { companionOf } from '../../../src/ui/studies/companion.ts';
import { recordedArm, recordedRun } from '../../run/studies/example.ts';

/** Student's t for two seeds, so that the interval of a and b is their mean ± T · |a − b| / 2. */
const T = 12.706;

const series = (passAt1: (number | null)[], passAt256: (number | null)[]) => ({
  step: passAt1.map((_, i) => 10 * i),
  'heldOut.passAt.1': passAt1,
  'heldOut.passAt.256': passAt256,
});
const study: RecordedStudy = {
  ...{ format: 'rlvr-study', version: 1, name: 'example', command: '', settings: {} },
  ...{ versions: { project: '', node: '', bases: {} }, seeds: [1, 2], claims: [] },
  arms: [
    recordedArm('grpo', [
      recordedRun(1, [0.1, 0.5], { series: series([0.1, 0.2, 0.5], [0.9, null, 0.8]) }),
      recordedRun(2, [0.1, 0.5002], { series: series([0.1, 0.4, 0.5], [0.9, 0.8, 0.7]) }),
    ]),
  ],
};
const companion = companionOf(study, 'Example', 'grpo');

describe('a recorded arm behind a live run', () => {
  it('is named with its study, and one that is not there is an error', () => {
    expect(companion).toMatchObject({ study: 'example', title: 'Example', arm: 'GRPO', seeds: 2 });
    expect(() => companionOf(study, 'Example', 'ppo')).toThrow(
      "the study 'example' has no arm 'ppo'",
    );
  });

  it('has over k the mean of its seeds, with the interval of Student inside what a probability can be', () => {
    const { points, band } = companion.curve([1, 2], meanPassAtK);
    const [at1, at2] = study.arms[0]!.runs.map(({ p }) => [meanPassAtK(p, 1), meanPassAtK(p, 2)]);
    expect(points.map(({ x }) => x)).toEqual([1, 2]);
    expect(points[0]!.y).toBeCloseTo((at1![0]! + at2![0]!) / 2, 12);
    expect(points[1]!.y).toBeCloseTo((at1![1]! + at2![1]!) / 2, 12);
    const half = (T * Math.abs(at1![0]! - at2![0]!)) / 2;
    expect(band![0]!.high - points[0]!.y).toBeCloseTo(half, 4);
  });

  it('has over training only the steps at which every seed was evaluated', () => {
    const [one, many] = companion.passAt;
    expect(one!.points.map(({ x, y }) => [x, y])).toEqual([
      [0, 0.1],
      [10, expect.closeTo(0.3, 12)],
      [20, 0.5],
    ]);
    expect(many!.points.map(({ x }) => x)).toEqual([0, 20]);
    // .3 ± 12.706 · .1 is wider than a probability is.
    expect(one!.band![1]).toMatchObject({ low: 0, high: 1 });
  });
});
