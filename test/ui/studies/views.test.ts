import { describe, expect, it } from 'vitest';
import { meanPassAtK } from '../../../src/core/passAtK.ts';
import type { RecordedArm, RecordedRun, RecordedStudy } from '../../../src/run/studies/recorded.ts';
import type { ArmRole, FigureSpec, Study, StudyArm } from '../../../src/run/studies/study.ts';
import { armMarks, BASE_MARK, CHANCE_MARK } from '../../../src/ui/studies/armMarks.ts';
import { finaleView, overSettingView, overStepsView } from '../../../src/ui/studies/lineViews.ts';
import { passAtKView } from '../../../src/ui/studies/passAtKView.ts';
import { basesOf, meansOverRuns } from '../../../src/run/studies/means.ts';
import { namedByArm } from '../../../src/ui/studies/viewParts.ts';
import { planeView } from '../../../src/ui/studies/planeView.ts';
import { recordedArm, recordedRun } from '../../run/studies/example.ts';

const arm = (
  id: string,
  role: ArmRole = 'other',
  settings: StudyArm['settings'] = {},
): StudyArm => ({
  id,
  label: id.toUpperCase(),
  role,
  settings,
});
const studyOf = (arms: StudyArm[], figure: FigureSpec = { kind: 'passAtK' }): Study => ({
  ...{ name: 'example', title: 'Example', question: 'What?', settings: {}, arms, figure },
  ...{ seeds: [1, 2], measures: ['pass@1'], claims: [], papers: [], why: '' },
});
const recordedOf = (arms: RecordedArm[]): RecordedStudy => ({
  ...{ format: 'rlvr-study', version: 1, name: 'example', command: '', settings: {} },
  versions: { project: '', node: '', bases: {} },
  ...{ seeds: [1, 2], arms, claims: [] },
});
const pair = (first: Partial<RecordedRun>, second: Partial<RecordedRun>): RecordedRun[] => [
  recordedRun(1, [0.5, 0.3], first),
  recordedRun(2, [0.5, 0.7], second),
];

/** Student's t for two seeds, so that the interval of a and b is their mean ± T · |a − b| / 2. */
const T = 12.706;

describe('means over runs', () => {
  it('are taken where every run has a value, with the interval of Student', () => {
    const means = meansOverRuns([
      [
        { x: 10, value: 3 },
        { x: 0, value: 1 },
      ],
      [
        { x: 0, value: 2 },
        { x: 5, value: 9 },
        { x: 10, value: 3 },
      ],
    ]);
    // mean 1.5, standard deviation √½, standard error ½, half = 12.706 / 2
    expect(means.map(({ x, y }) => [x, y])).toEqual([
      [0, 1.5],
      [10, 3],
    ]);
    expect(means[0]!.half).toBeCloseTo(T / 2, 3);
    expect(means[1]!.half).toBe(0);
  });

  it('of single values, each at an x of its own, are one point', () => {
    const [point, ...others] = meansOverRuns([[{ x: 1.2, value: 0.4 }], [{ x: 1.4, value: 0.8 }]]);
    expect(others).toEqual([]);
    expect([point!.x, point!.y]).toEqual([expect.closeTo(1.3, 9), expect.closeTo(0.6, 9)]);
    expect(point!.half).toBeCloseTo(T * 0.2, 3);
  });

  it('of one seed have no interval, and of runs without values no points', () => {
    expect(meansOverRuns([[{ x: 0, value: 1 }]])).toEqual([{ x: 0, y: 1, half: null }]);
    expect(meansOverRuns([[], []])).toEqual([]);
  });
});

describe('the bases of a study', () => {
  const grpo = recordedArm('grpo', pair({}, {}));
  it('are one where all arms share it', () => {
    const bases = basesOf([grpo, recordedArm('other', pair({}, {}))]);
    expect(namedByArm(bases, 'base')).toEqual([{ label: 'base', arm: grpo }]);
  });

  it('are named by their arms where they differ, without that of an arm that does not train', () => {
    const warm = recordedArm('warm', pair({ baseP: [0.9, 0.9] }, { baseP: [0.9, 0.9] }));
    const cold = recordedArm(
      'cold',
      [1, 2].map((seed) => recordedRun(seed, [0.2, 0.2], { baseP: [0.2, 0.2] })),
    );
    expect(namedByArm(basesOf([grpo, warm, cold]), 'base').map(({ label }) => label)).toEqual([
      'base of GRPO',
      'base of WARM',
    ]);
    expect(namedByArm(basesOf([cold]), 'base').map(({ label }) => label)).toEqual(['base']);
  });
});

describe('the marks of arms', () => {
  it('have the colour of the role, and differ in dashes and marks within a study', () => {
    const roles: ArmRole[] = ['other', 'now', 'distilled', 'control', 'other', 'other'];
    const marks = [...armMarks(roles.map((role, i) => ({ id: `a${i}`, role }))).values()];
    expect(marks.map(({ color }) => color)).toEqual([
      'var(--other-1)',
      'var(--now)',
      'var(--distilled)',
      'var(--control)',
      'var(--other-2)',
      'var(--other-3)',
    ]);
    expect(marks[1]!.dash).toBe('');
    expect(new Set(marks.map(({ dash }) => dash)).size).toBe(marks.length);
    expect(new Set(marks.map(({ marker }) => marker)).size).toBe(marks.length);
    for (const { dash } of [BASE_MARK, CHANCE_MARK])
      expect(marks.map((mark) => mark.dash)).not.toContain(dash);
  });

  it('give the second arm of a role another colour', () => {
    const marks = armMarks([
      { id: 'a', role: 'control' },
      { id: 'b', role: 'control' },
    ]);
    expect(marks.get('a')!.color).not.toBe(marks.get('b')!.color);
  });
});

describe('pass@k of a study', () => {
  const study = studyOf([arm('grpo', 'now')]);
  const recorded = recordedOf([recordedArm('grpo', pair({}, {}))]);

  it('is the mean over seeds of each run’s mean over problems, beside base and chance', () => {
    const { series, summary } = passAtKView(study, recorded, 'usual');
    expect(series.map(({ label }) => label)).toEqual(['chance', 'base', 'GRPO']);
    const at = (label: string, k: number) =>
      series.find((each) => each.label === label)!.points.find(({ x }) => Math.abs(x - k) < 1e-9)!;
    // Seed 1: (0.5 + 0.3) / 2 = 0.4; seed 2: (0.5 + 0.7) / 2 = 0.6.
    expect(at('GRPO', 1).y).toBeCloseTo(0.5, 12);
    expect(at('GRPO', 1).half).toBeCloseTo(T * 0.1, 3);
    expect(at('base', 1)).toEqual({ x: 1, y: 0.3, half: 0 });
    // k = 4: 1 − 0.5⁴ = 0.9375 with 1 − 0.7⁴ = 0.7599, and with 1 − 0.3⁴ = 0.9919.
    expect(at('GRPO', 4).y).toBeCloseTo((0.9375 + (0.7599 + 0.9919) / 2) / 2, 12);
    expect(at('chance', 1024).y).toBeCloseTo(meanPassAtK([0.01, 0.01], 1024), 12);
    expect(summary).toContain('base: 0.300 at k = 1, 1.000 at k = 1,024');
  });

  it('goes to a million where that is asked for', () => {
    const { series, xDomain } = passAtKView(study, recorded, 'far');
    expect(xDomain).toEqual([1, 1e6]);
    expect(series[2]!.points.at(-1)!.x).toBeCloseTo(1e6, 3);
  });
});

it('a measure over steps is drawn at the evaluations that all runs have', () => {
  const figure = { kind: 'overSteps', measure: 'pass@1' } as const;
  const runs = pair(
    { series: { step: [0, 5, 10], 'heldOut.passAt.1': [0.3, 0.4, 0.5] } },
    { series: { step: [0, 5, 10], 'heldOut.passAt.1': [0.3, null, 0.7] } },
  );
  const { series, xDomain, format } = overStepsView(
    studyOf([arm('grpo', 'now')], figure),
    recordedOf([recordedArm('grpo', runs)]),
    figure,
  );
  expect(series[0]!.points.map(({ x, y }) => [x, y])).toEqual([
    [0, 0.3],
    [10, 0.6],
  ]);
  expect(xDomain).toEqual([0, 10]);
  expect(format(0.6)).toBe('0.600');
});

const OVER = { kind: 'overSetting', measure: 'pass@1', logarithmic: true } as const;

it('a measure over a setting is one line through the arms in the order of the setting', () => {
  const figure = { ...OVER, setting: 'groupSize' } as const;
  const sizes = [32, 2, 8];
  const study = studyOf(
    sizes.map((groupSize) => arm(`g${groupSize}`, 'other', { groupSize })),
    figure,
  );
  const arms = sizes.map((size) =>
    recordedArm(
      `g${size}`,
      [1, 2].map((seed) => recordedRun(seed, [size / 100, size / 100])),
    ),
  );
  const { series, xTicks, xLabel } = overSettingView(study, recordedOf(arms), figure);
  const [base, trained] = series;
  expect(trained!.points).toEqual(
    [2, 8, 32].map((size) => ({ x: size, y: expect.closeTo(size / 100, 12), half: 0 })),
  );
  expect(base!.points.map(({ y }) => y)).toEqual([0.3, 0.3, 0.3]);
  expect(xTicks).toEqual([2, 8, 32]);
  expect(xLabel).toBe('group size (log scale)');
});

it('a measure is held against another, dotted, over the moves of the chains that are asked for', () => {
  const figure = {
    kind: 'overSteps',
    measure: 'chain pass@1',
    beside: 'pass@1',
    over: 'moves',
    arms: ['power'],
  } as const;
  const series = {
    step: [0, 1, 2],
    'heldOut.passAt.1': [0.1, 0.2, 0.2],
    'heldOut.sampled.passAt.1': [0.1, 0.12, 0.15],
  };
  const chain = { ...recordedArm('power', pair({ series }, { series })), drawn: 'chain' };
  const view = overStepsView(
    studyOf([arm('grpo', 'now'), arm('power')], figure),
    recordedOf([recordedArm('grpo', pair({ series }, { series })), chain]),
    figure,
  );
  expect(view.series.map(({ label, points }) => [label, points.map(({ y }) => y)])).toEqual([
    ['chain', [0.1, 0.12, 0.15]],
    ['POWER', [0.2, 0.2]], // before the first move the exact number is the base's
  ]);
  const [own, target] = view.series;
  expect(own!.color).toBe(target!.color);
  expect(own!.dash).not.toBe(target!.dash);
  expect(view.xLabel).toBe('moves of each chain');
  expect(view.at(2)).toBe('at move 2');
  expect(view.caption).toContain('the exact pass@1 of the target');
});

it('sound pass@k stands beside pass@k in the same colours, where it is asked for', () => {
  const sound = { baseSoundP: [0.25, 0.05], soundP: [0.2, 0.1] };
  const study = studyOf([arm('grpo', 'now')], { kind: 'passAtK', sound: true });
  const recorded = recordedOf([recordedArm('grpo', pair(sound, sound))]);
  const { series, title } = passAtKView(study, recorded, 'usual', { sound: true });
  const firsts = series.map(({ label, points }) => [label, points[0]!.y]);
  // (0.25 + 0.05) / 2 and (0.2 + 0.1) / 2
  expect(firsts).toEqual([
    ['chance', 0.01],
    ['base', expect.closeTo(0.3, 12)],
    ['base, sound', expect.closeTo(0.15, 12)],
    ['GRPO', expect.closeTo(0.5, 12)],
    ['GRPO, sound', expect.closeTo(0.15, 12)],
  ]);
  const colors = series.map(({ color }) => color);
  expect([colors[1], colors[3]]).toEqual([colors[2], colors[4]]);
  expect(new Set(series.map(({ color, dash }) => `${color} ${dash}`)).size).toBe(series.length);
  expect(title).toContain('CoT-pass@k');
  // Without being asked for, there is none.
  expect(passAtKView(study, recorded, 'usual').series).toHaveLength(3);
});

it('an arm whose setting has no place on a logarithmic axis is named', () => {
  const figure = { ...OVER, setting: 'klCoefficient' } as const;
  const study = studyOf(
    [arm('none', 'now', { klCoefficient: 0 }), arm('some', 'other', { klCoefficient: 0.1 })],
    figure,
  );
  const arms = ['none', 'some'].map((id) => recordedArm(id, pair({}, {})));
  const { series, caption } = overSettingView(study, recordedOf(arms), figure);
  expect(series.map(({ points }) => points.map(({ x }) => x))).toEqual([[0.1], [0.1]]);
  expect(caption).toContain('Not on this axis: NONE; see the table.');
});

it('arms are points of the lines that they name, and 0 has a place beside the others where it is asked for', () => {
  const figure = { ...OVER, setting: 'rarity', withZero: true } as const;
  const study = studyOf(
    [
      { ...arm('a0', 'now', { rarity: 0 }), line: 'GRPO' },
      { ...arm('a1', 'now', { rarity: 0.1 }), line: 'GRPO' },
      { ...arm('b1', 'other', { rarity: 0.1 }), line: 'SFT' },
    ],
    figure,
  );
  const arms = ['a0', 'a1', 'b1'].map((id) => recordedArm(id, pair({}, {})));
  const { series, xTicks, xTick } = overSettingView(study, recordedOf(arms), figure);
  expect(series.map(({ label, points }) => [label, points.map(({ x }) => x)])).toEqual([
    ['base', [0.01, 0.1]],
    ['GRPO', [0.01, 0.1]],
    ['SFT', [0.1]],
  ]);
  expect(xTicks!.map(xTick!)).toEqual(['0', '0.1']);
  expect(new Set(series.map(({ color, dash }) => `${color} ${dash}`)).size).toBe(3);
});

it('a finale has a line for each of its parts, and one point where every run has one', () => {
  const figure = { kind: 'finale', measure: 'pass@256' } as const;
  const point = (of: string, x: number, value: number) => ({
    ...{ x, of, numbers: { 'passAt.256': value } },
  });
  const finale = (matchedAt: number, value: number) => ({
    kind: 'temperatures',
    points: [
      point('base', 0.5, 0.8),
      point('base', 1, 0.9),
      point('now', 0.5, 0.2),
      point('now', 1, 0.4),
      point('matched', matchedAt, value),
    ],
  });
  const runs = pair({ finale: finale(1.2, 0.5) }, { finale: finale(1.4, 0.7) });
  const { series, xLabel, xDomain } = finaleView(
    studyOf([arm('grpo', 'now')], figure),
    recordedOf([recordedArm('grpo', runs)]),
    figure,
  );
  expect(series.map(({ label, points }) => [label, points.map(({ x, y }) => [x, y])])).toEqual([
    [
      'base',
      [
        [0.5, 0.8],
        [1, 0.9],
      ],
    ],
    [
      'trained',
      [
        [0.5, 0.2],
        [1, 0.4],
      ],
    ],
    ['trained, at the base’s entropy', [[expect.closeTo(1.3, 9), expect.closeTo(0.6, 9)]]],
  ]);
  expect(xLabel).toBe('temperature of sampling');
  expect(xDomain).toEqual([0.5, expect.closeTo(1.3, 9)]);
});

it('a plane has base and arms with both intervals, and leaves out what a run lacks', () => {
  const figure = { kind: 'plane', x: 'pass@1', y: 'entropy' } as const;
  const withoutEntropy = { series: { step: [0, 5, 10] } };
  const { points, summary } = planeView(
    studyOf([arm('grpo', 'now'), arm('lost')], figure),
    recordedOf([
      recordedArm('grpo', pair({}, {})),
      recordedArm('lost', pair(withoutEntropy, withoutEntropy)),
    ]),
    figure,
  );
  expect(points).toEqual([
    {
      ...{ id: 'base grpo', label: 'base', color: 'var(--base)', marker: 'square' },
      ...{ x: 0.3, y: 1, xHalf: 0, yHalf: 0 },
    },
    {
      ...{ id: 'grpo', label: 'GRPO', color: 'var(--now)', marker: 'circle' },
      ...{ x: 0.5, y: 0.5, xHalf: expect.closeTo(T * 0.1, 3), yHalf: 0 },
    },
  ]);
  expect(summary).toContain('base: pass@1 0.300, entropy (nats a token) 1.000');
});
