import { describe, expect, it } from 'vitest';
import { crossingK, meanPassAtK } from '../../../src/core/passAtK.ts';
import { permalinkOf } from '../../../src/run/permalink.ts';
import { baseOf, runKey, whyApart, type Base } from '../../../src/run/studies/comparable.ts';
import { STUDIES } from '../../../src/run/studies/catalogue.ts';
import { settingsOf } from '../../../src/run/studies/study.ts';
import type { RunSettings } from '../../../src/run/table.ts';
import { keyOf, shownCell, type ColumnName } from '../../../src/ui/compare/columns.ts';
import { sorted } from '../../../src/ui/kit/table.ts';
import { GROUP_NAMES, GROUPS, groupOf } from '../../../src/ui/compare/groups.ts';
import {
  cellOf,
  methodName,
  methodsOf,
  references,
  type Method,
} from '../../../src/ui/compare/methods.ts';
import { DEFAULT_SETTINGS } from '../../../src/run/defaults.ts';
import { recordedArm, recordedRun } from '../../run/studies/example.ts';

/** Student's t for two seeds. */
const T = 12.706;
const settings = (change: Partial<RunSettings> = {}): RunSettings => ({
  ...DEFAULT_SETTINGS,
  ...{ prompts: 16, groupSize: 8, steps: 100 },
  ...change,
});
const arm = (id: string, change: Partial<RunSettings>, runs = [recordedRun(1, [0.6, 0.2])]) => ({
  ...recordedArm(id, runs),
  permalink: permalinkOf(settings(change)),
});
const base: Base = { p: [0.5, 0.1], chanceP: [0.01, 0.01], entropies: [1, 1] };
const none: ReadonlyMap<string, Method> = new Map();

describe('the key of a run', () => {
  it('is the same whatever looks at it, and whatever is idle', () => {
    const key = runKey(settings());
    expect(
      runKey(settings({ seed: 8, evalEvery: 5, evalSamples: 64, finale: 'interpolation' })),
    ).toBe(key);
    // A coefficient of a penalty that is 0, a teacher that is not asked, a width that the base has already.
    expect(runKey(settings({ klEstimator: 'k1', teacherAnswers: 7, width: 64 }))).toBe(key);
  });

  it('differs with what decides the numbers', () => {
    const changes: Partial<RunSettings>[] = [
      { klCoefficient: 0.01 },
      { steps: 200 },
      { verifier: 'majority' },
      { experiment: 'distillation' },
      { evalTemperature: 0.25 },
      { warmSteps: 5 },
      { evalProblems: 12 },
    ];
    const keys = [{}, ...changes].map((change) => runKey(settings(change)));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the arms of the catalogue', () => {
  const arms = STUDIES.flatMap((study) =>
    study.arms.map((each) => {
      const made = settingsOf(study, each, 1);
      return { study: study.name, label: methodName(study.name, each), made };
    }),
  );
  const compared = arms.filter(({ made }) => whyApart(made) === null);

  it('are compared where they begin with the shipped base of Countdown', () => {
    const apart = arms.filter(({ made }) => whyApart(made) !== null).map(({ study }) => study);
    expect(new Set(apart)).toEqual(
      new Set([
        ...['beyond', 'distillation-programs', 'luck', 'soundness', 'mixed', 'width', 'ample'],
        ...['base-seeds', 'rarity', 'forgetting', 'composition', 'pretraining'],
      ]),
    );
    expect(compared.length).toBeGreaterThan(40);
  });

  it('have one name for one run, and another for another', () => {
    const byKey = new Map<string, string>();
    for (const { made, label } of compared) {
      const key = runKey(made);
      if (!byKey.has(key)) byKey.set(key, label);
    }
    expect(new Set(byKey.values()).size).toBe(byKey.size);
    expect([...byKey.values()].filter((label) => label === 'GRPO')).toHaveLength(1);
    // GRPO stands in most studies.
    expect(byKey.size).toBeLessThan(compared.length - 8);
  });

  it('say how long they train where their names do', () => {
    const said = compared.flatMap(({ label, made }) => {
      const [, steps] = /, ([\d,]+) steps$/.exec(label) ?? [];
      return steps ? [[label, Number(steps.replaceAll(',', '')), made.steps] as const] : [];
    });
    expect(said.length).toBeGreaterThan(1);
    for (const [label, steps, made] of said) expect(steps, label).toBe(made);
  });

  it('are of every group that holds runs', () => {
    const found = new Set(compared.map(({ made }) => groupOf(made)));
    expect(found).toEqual(new Set(GROUP_NAMES.filter((name) => name !== 'between')));
    const looks = GROUP_NAMES.flatMap((name) => [GROUPS[name].color, GROUPS[name].marker]);
    expect(new Set(looks).size).toBe(2 * GROUP_NAMES.length);
  });

  it('are in the group of what makes them different', () => {
    const group = (change: Partial<RunSettings>) => groupOf(settings(change));
    expect(group({})).toBe('rl');
    expect(group({ klCoefficient: 0.1 })).toBe('rl');
    expect(group({ lr: 0 })).toBe('sampling');
    expect(group({ experiment: 'power-sampling' })).toBe('sampling');
    expect(group({ experiment: 'expert-iteration' })).toBe('answers');
    expect(group({ warmSteps: 20, steps: 200 })).toBe('answers');
    expect(group({ verifier: 'judge', steps: 200 })).toBe('reward');
    expect(group({ steps: 200 })).toBe('scale');
    expect(group({ groupSize: 2, prompts: 64 })).toBe('scale');
  });
});

describe('an arm as a method', () => {
  const runs = [recordedRun(1, [0.6, 0.2]), recordedRun(2, [0.8, 0.0])];

  it('has means over seeds, with the interval of Student', () => {
    const { methods } = methodsOf('kl', arm('a', {}, runs), base, none);
    const [method] = methods;
    expect(method).toMatchObject({
      label: 'KL penalty, A',
      group: 'rl',
      seeds: 2,
      studies: ['kl'],
    });
    // pass@1: (0.6 + 0.2)/2 and (0.8 + 0)/2, both 0.4
    expect(method!.numbers['pass@1'].interval!.mean).toBeCloseTo(0.4, 12);
    expect(method!.numbers['pass@1'].interval!.half).toBeCloseTo(0, 12);
    const values = runs.map(({ p }) => meanPassAtK(p, 16));
    expect(method!.numbers['pass@16'].interval!.mean).toBeCloseTo(
      (values[0]! + values[1]!) / 2,
      12,
    );
    expect(method!.numbers['pass@16'].interval!.half).toBeCloseTo(
      (T * Math.abs(values[0]! - values[1]!)) / 2,
      9,
    );
    expect(method!.numbers.entropy).toEqual({ interval: { mean: 0.5, half: 0 }, missing: 0 });
    // The first run is above its base everywhere; the second crosses.
    expect(crossingK([0.5, 0.1], [0.8, 0], 1e6)).not.toBeNull();
    expect(method!.numbers.crossing).toEqual({ interval: null, missing: 1 });
    const last = method!.curve.at(-1)!;
    expect(last.x).toBe(1024);
    expect(last.y).toBeCloseTo((1 + 0.5) / 2, 9);
  });

  it('stands once however many studies have it', () => {
    const [first] = methodsOf('no-training', arm('grpo', {}, runs), base, none).methods;
    const seen = new Map([[first!.id, first!]]);
    const again = methodsOf('luck', arm('grpo', { evalSamples: 64 }, runs), base, seen);
    expect(again.methods).toEqual([]);
    expect(again.again).toBe(first);
  });

  it('is left out where its task, base or problems are other ones', () => {
    const why = (change: Partial<RunSettings>, p = [0.5, 0.1]) => {
      const run = recordedRun(1, [0.6, 0.2], { baseP: p });
      return methodsOf('x', arm('a', change, [run]), base, none).leftOut[0]?.why;
    };
    expect(why({})).toBeUndefined();
    expect(why({ size: '4' })).toBe('task');
    expect(why({ prior: 'narrow' })).toBe('prior');
    expect(why({ base: 'live' })).toBe('base');
    expect(why({}, [0.5, 0.2])).toBe('problems');
    // At another temperature the same base has another p.
    expect(why({ evalTemperature: 0.25 }, [0.9, 0.2])).toBeUndefined();
    expect(why({ evalTemperature: 0.25 }, [0.9])).toBe('problems');
  });

  it('has points between its weights and the base’s, without an entropy', () => {
    const points = [0, 0.2, 0.4, 0.6, 0.8, 1].map((x) => ({
      x,
      numbers: Object.fromEntries(
        [1, 4, 16, 64, 256, 1024].map((k) => [`passAt.${k}`, x / 2 + (k === 256 ? 0.1 : 0)]),
      ),
    }));
    const run = recordedRun(1, [0.6, 0.2], { finale: { kind: 'interpolation', points } });
    const { methods } = methodsOf('interpolation', arm('grpo', {}, [run]), base, none);
    expect(methods.map(({ group }) => group)).toEqual(['rl', ...Array(4).fill('between')]);
    const [, , forty] = methods;
    expect(forty!.label).toBe('weights 40 % of the way');
    expect(forty!.numbers['pass@1'].interval!.mean).toBe(0.2);
    expect(forty!.numbers['pass@256'].interval!.mean).toBeCloseTo(0.3, 12);
    expect(forty!.numbers.entropy).toEqual({ interval: null, missing: 1 });
    expect(forty!.curve.map(({ x }) => x)).toEqual([1, 4, 16, 64, 256, 1024]);
  });
});

describe('the base', () => {
  const recorded = (arms: ReturnType<typeof arm>[]) => ({
    ...{ format: 'rlvr-study' as const, version: 1 as const, name: 'x', command: '' },
    versions: { project: '', node: '', bases: {} },
    ...{ seeds: [1], settings: {}, claims: [], arms },
  });

  it('is that of an arm which begins with it as it is', () => {
    const cold = arm('cold', { evalTemperature: 0.25 }, [
      recordedRun(1, [0.9, 0.1], { baseP: [0.9, 0.1] }),
    ]);
    expect(baseOf(recorded([cold, arm('a', {})]))!.p).toEqual([0.5, 0.1]);
    expect(baseOf(recorded([cold]))).toBeNull();
    expect(baseOf(recorded([arm('a', { prior: 'narrow' })]))).toBeNull();
  });

  it('and chance are rows with one exact value', () => {
    const [row, chance] = references(base);
    expect(row!.numbers['pass@1']).toEqual({ interval: { mean: 0.3, half: null }, missing: 0 });
    expect(row!.numbers.entropy.interval!.mean).toBe(1);
    expect(chance!.numbers['pass@256'].interval!.mean).toBeCloseTo(1 - 0.99 ** 256, 12);
  });
});

describe('the table', () => {
  const method = (id: string, pass: number | null, group: Method['group'] = 'rl'): Method => {
    const cell = cellOf([pass]);
    const numbers = Object.fromEntries(
      ['pass@1', 'pass@16', 'pass@256', 'pass@1024', 'entropy', 'crossing'].map((n) => [n, cell]),
    ) as Method['numbers'];
    return {
      ...{ id, label: id, group, studies: [], permalink: null, settings: null, seeds: 1 },
      ...{ numbers, curve: [] },
    };
  };
  const rows = [method('b', 0.2), method('C', null), method('a', 0.9, 'answers'), method('d', 0.2)];
  const ids = (column: ColumnName, descends: boolean) =>
    sorted(rows, keyOf(column), descends).map(({ id }) => id);

  it('is sorted by a number, those without one last either way', () => {
    expect(ids('pass@256', true)).toEqual(['a', 'b', 'd', 'C']);
    expect(ids('pass@256', false)).toEqual(['b', 'd', 'a', 'C']);
  });

  it('is sorted by name and by group', () => {
    expect(ids('method', false)).toEqual(['a', 'b', 'C', 'd']);
    expect(ids('group', true)).toEqual(['a', 'b', 'C', 'd']);
  });

  it('holds every method once, in an order that its column says, for any numbers', () => {
    let state = 7;
    const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
    for (let n = 0; n < 30; n++) {
      const many = Array.from({ length: n }, (_, i) =>
        method(`m${i}`, next() < 0.2 ? null : Math.round(10 * next()) / 10),
      );
      const order = sorted(many, keyOf('pass@1'), true);
      expect(new Set(order)).toEqual(new Set(many));
      const means = order.map((each) => each.numbers['pass@1'].interval?.mean ?? -1);
      for (let i = 1; i < n; i++) expect(means[i]!).toBeLessThanOrEqual(means[i - 1]!);
    }
  });

  it('says mean and interval, a mean alone, or how many seeds have none', () => {
    const cell = cellOf([0.25, 0.27]);
    // mean 0.26, half 12.706 · 0.01
    expect(shownCell(cell, 'pass@1', 2)).toBe('0.260 ± 0.127');
    expect(shownCell(cellOf([0.25]), 'pass@1', 1)).toBe('0.250');
    expect(shownCell(cellOf([3, null]), 'crossing', 2)).toBe('none in 1 of 2');
    expect(shownCell(cellOf([null, null]), 'crossing', 2)).toBe('—');
  });
});
