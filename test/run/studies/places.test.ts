import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordedPath } from '../../../src/cli/study.ts';
import { meanPassAtK } from '../../../src/core/passAtK.ts';
import { STUDIES, studyNamed } from '../../../src/run/studies/catalogue.ts';
import { claimOf } from '../../../src/run/studies/claims.ts';
import {
  measure,
  measureAt,
  measureOfChance,
  measureOverFinale,
  measureOverSteps,
} from '../../../src/run/studies/measures.ts';
import { restated } from '../../../src/run/studies/record.ts';
import { parseStudy, type RecordedRun } from '../../../src/run/studies/recorded.ts';
import { studyRows } from '../../../src/run/studies/report.ts';
import { recordedArm, recordedRun } from './example.ts';

const root = new URL('../../../', import.meta.url).pathname;
const recorded = (name: string) => parseStudy(name, readFileSync(recordedPath(root, name), 'utf8'));
const withSeries = (seed: number, series: Record<string, (number | null)[]>): RecordedRun =>
  recordedRun(seed, [0.5, 0.5], { series: { step: [0, 5, 10], ...series } });

describe('claims against chance, and on the best or worst of all arms', () => {
  const arms = [
    recordedArm('a', [recordedRun(1, [0.7, 0.1]), recordedRun(2, [0.8, 0.2])]),
    recordedArm('b', [recordedRun(1, [0.6, 0.4]), recordedRun(2, [0.1, 0.1])]),
  ];

  it('take the p of uniformly random tokens', () => {
    expect(measureOfChance(arms[0]!, 'pass@16')).toBeCloseTo(meanPassAtK([0.01, 0.01], 16), 12);
    expect(measureOfChance(arms[0]!, 'entropy')).toBeNull();
    expect(measureOfChance(arms[0]!, 'sound pass@1')).toBeNull();
    // 0.4 − 0.01 and 0.5 − 0.01
    expect(claimOf({ measure: 'pass@1', arm: 'a', against: 'chance' }, arms).mean).toBeCloseTo(
      0.44,
      12,
    );
    // The base has 0.3 with every seed.
    expect(
      claimOf({ measure: 'pass@1', arm: 'a', at: 'base', against: 'chance' }, arms).sentence,
    ).toBe(
      'the base of A: pass@1 is higher than that of chance by 0.290 with every seed: 0.300 and 0.010.',
    );
  });

  it('take the arm with the most or the least of each seed', () => {
    // Seed 1: 0.40 and 0.50; seed 2: 0.50 and 0.10; the base 0.30.
    const of = (arm: string) => claimOf({ measure: 'pass@1', arm, against: 'base' }, arms);
    expect(of('highest').mean).toBeCloseTo(0.2, 12);
    expect(of('highest').half).toBe(0);
    expect(of('highest').sentence).toBe(
      'the highest of 2 arms: pass@1 rises by 0.200 with every seed, from 0.300 to 0.500.',
    );
    expect(of('lowest').mean).toBeCloseTo((0.1 - 0.2) / 2, 12);
  });
});

describe('claims at points of a finale', () => {
  const point = (of: string, x: number, topP: number, one: number) => ({
    ...{ x, of, numbers: { topP, 'passAt.1': one } },
  });
  const finale = (now: number) => ({
    kind: 'temperatures',
    points: [
      ...[point('base', 1, 1, 0.3), point('base', 1, 0.95, 0.4)],
      ...[point('now', 1, 1, now), point('now', 1, 0.95, now + 0.1)],
      point('matched', 1.2, 1, now - 0.1),
    ],
  });
  const arms = [
    recordedArm('a', [
      recordedRun(1, [0.5, 0.5], { finale: finale(0.5) }),
      recordedRun(2, [0.5, 0.5], { finale: finale(0.6) }),
    ]),
  ];
  const claim = { measure: 'pass@1', arm: 'a', against: 'a' } as const;

  it('tell a nucleus from all tokens', () => {
    const [run] = arms[0]!.runs;
    expect(measureAt(run!, 'pass@1', { of: 'now', x: 1 })).toBeNull();
    expect(measureAt(run!, 'pass@1', { of: 'now', x: 1, topP: 0.95 })).toBeCloseTo(0.6, 12);
    expect(measureOverFinale(run!, 'pass@1')[1]).toEqual({
      ...{ x: 1, of: 'base', topP: 0.95, value: 0.4 },
    });
  });

  it('compare two points, and name both', () => {
    const places = {
      at: { of: 'now', x: 1, topP: 0.95 },
      from: { of: 'base', x: 1, topP: 0.95 },
    };
    const { mean, sentence } = claimOf({ ...claim, ...places }, arms);
    // (0.6 − 0.4 + 0.7 − 0.4) / 2
    expect(mean).toBeCloseTo(0.25, 12);
    expect(sentence).toMatch(
      /^A \(temperature 1, top-p 0\.95\): pass@1 .* that of the base of A \(temperature 1, top-p 0\.95\)/,
    );
    expect(claimOf({ ...claim, at: { of: 'matched' } }, arms).sentence).toMatch(
      /^A at the entropy of its base: pass@1/,
    );
  });
});

describe('measures made of several scalars', () => {
  it('hold what a proxy pays against what is right, at every evaluation', () => {
    const judged = withSeries(1, { reward: [0.25, 0.5, 1], accuracy: [0.25, 0.25, 0] });
    expect(measureOverSteps(judged, 'proxy less truth')).toEqual([
      { step: 0, value: 0 },
      { step: 5, value: 0.25 },
      { step: 10, value: 1 },
    ]);
    expect(measure(judged, 'accuracy')).toBe(0);
    // Where the program pays there is no other number for what is right.
    const verified = withSeries(1, { reward: [0.25, 0.5, 1] });
    expect(measure(verified, 'accuracy')).toBe(1);
    expect(measure(verified, 'proxy less truth')).toBe(0);
  });

  it('say on their own whether they are 0', () => {
    const of = (seed: number, sampled: number) =>
      withSeries(seed, {
        'heldOut.passAt.1': [0.3, null, 0.5],
        'heldOut.sampled.passAt.1': [0.3, null, sampled],
      });
    const claim = { measure: 'sampled pass@1 less exact', arm: 'a', against: null } as const;
    expect(claimOf(claim, [recordedArm('a', [of(1, 0.52), of(2, 0.48)])]).sentence).toMatch(
      /^A: .* cannot be told apart from 0: 0\.000 ± 0\.254, an interval that includes 0\.$/,
    );
    const chain = { ...recordedArm('a', [of(1, 0.4), of(2, 0.4)]), drawn: 'chain' };
    expect(claimOf({ ...claim, measure: 'chain pass@1 less target' }, [chain]).sentence).toMatch(
      /^chain: .* is −0\.100\.$/,
    );
  });

  it('add up the tokens of all steps', () => {
    const run = (steps: number[], means: Record<string, number>): RecordedRun =>
      recordedRun(1, [0.5, 0.5], { series: { step: steps }, means });
    expect(measure(run([0, 5, 10], { num_tokens: 7 }), 'tokens')).toBe(70);
    expect(measure(run([0], {}), 'tokens')).toBe(0);
    expect(measure(run([0, 5], { acceptance: 0.75 }), 'acceptance')).toBe(0.75);
  });
});

it('a number that rows have not got is a dash in the table; a crossing that is not found is counted', () => {
  const arms = [recordedArm('a', [recordedRun(1, [0.6, 0.2]), recordedRun(2, [0.6, 0.2])])];
  const study = { ...STUDIES[0]!, measures: ['false_positives', 'crossing'] };
  const rows = studyRows(study, { ...recorded(study.name), arms });
  expect(rows[1]!.cells).toEqual(['–', '–']);
  expect(rows.at(-1)!.cells).toEqual(['–', 'none in 2 of 2: the trained policy leads']);
});

it('a table has each base once, and none of an arm that does not train', () => {
  const heads = (name: string) =>
    studyRows(studyNamed(name), recorded(name))
      .filter(({ arm }) => arm === null)
      .map(({ label }) => label);
  // One arm of each only evaluates: the base at another temperature, the untrained network.
  expect(heads('power')).toEqual(['chance', 'base']);
  expect(heads('luck')).toEqual([
    'chance',
    'base of GRPO',
    'base of GRPO from the untrained network',
  ]);
});

describe('a study told again from its recorded runs', () => {
  const study = studyNamed('power');

  it('has the same runs, with the words and claims of the catalogue', () => {
    const changed = {
      ...study,
      arms: study.arms.map((arm) => ({ ...arm, label: `my ${arm.label}` })),
      claims: study.claims.slice(0, 1),
    };
    const again = restated(changed, recorded('power'));
    expect(again.arms.map(({ label }) => label)).toEqual(changed.arms.map(({ label }) => label));
    expect(again.arms.map(({ runs }) => runs)).toEqual(
      recorded('power').arms.map(({ runs }) => runs),
    );
    expect(again.claims).toEqual([claimOf(study.claims[0]!, again.arms)]);
  });

  it.each(STUDIES.map((study) => [study.name, study] as const))(
    'is %s as it is recorded',
    (name, study) => {
      expect(restated(study, recorded(name))).toEqual(recorded(name));
    },
  );

  it('is refused where its settings are others now', () => {
    const [first, ...others] = study.arms;
    const faster = { ...first!, settings: { ...first!.settings, lr: 0.5 } };
    expect(() => restated({ ...study, arms: [faster, ...others] }, recorded('power'))).toThrow(
      /the study 'power' has to be made again: the arm 'grpo' was made with '.*', expected '.*lr=0.5/,
    );
    expect(() => restated({ ...study, arms: others }, recorded('power'))).toThrow(
      /its recorded arms are grpo, power-4, power-2, cold, expected power-4, power-2, cold/,
    );
  });
});

describe('what reasons say of recorded numbers', () => {
  const COUNTS =
    'none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen'.split(
      ' ',
    );

  it('judges: with how many seeds the co-trained judge pays nobody in the end', () => {
    const { runs } = recorded('judges').arms.find(({ id }) => id === 'co-trained')!;
    const nobody = runs.filter((run) => measure(run, 'reward') === 0).length;
    expect(studyNamed('judges').why).toContain(
      `with ${COUNTS[nobody]} of ${COUNTS[runs.length]} seeds it ends by paying nobody`,
    );
  });

  it('luck: the untrained network is the same with every seed', () => {
    const { runs } = recorded('luck').arms.find(({ id }) => id === 'untrained')!;
    expect(new Set(runs.map(({ p }) => p.join())).size).toBe(1);
    expect(studyNamed('luck').why).toContain('one initialisation, the same with every seed');
  });

  it('power: most moves of the chains are accepted, and they stay short of their target', () => {
    const { claims } = recorded('power');
    const sentence = (words: string) => claims.find((claim) => claim.sentence.includes(words))!;
    expect(sentence('moves that are accepted').mean).toBeGreaterThan(0.5);
    const short = sentence('chain for p⁴: pass@1 of the chains’ answers less');
    expect(short.mean! + short.half!).toBeLessThan(0);
  });

  it('soundness: the process reward lowers pass@1 and the credit on wrong steps', () => {
    const { arms } = recorded('soundness');
    for (const [measure, against] of [
      ['pass@1', 'base'],
      ['wrong_credit', 'grpo'],
    ] as const) {
      const { mean, half } = claimOf({ measure, arm: 'process', against }, arms);
      expect(mean! + half!).toBeLessThan(0);
    }
  });
});
