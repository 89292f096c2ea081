import { describe, expect, it } from 'vitest';
import { crossingK, meanPassAtK } from '../../src/core/passAtK.ts';
import { solvableSets } from '../../src/evaluation/solvable.ts';
import type { TrainRow } from '../../src/experiments/train.ts';
import {
  checkFindings,
  outcomeOf,
  stepNoise,
  tallyOf,
  type Finding,
  type FindingFacts,
  type FindingName,
} from '../../src/run/findings.ts';

const baseP = [0.1, 0.1];
const row = (step: number, p: number[], entropy: number, soundP?: number[]): TrainRow =>
  ({
    ...{ step, entropy },
    heldOut: { p, ...(soundP ? { soundP } : {}) },
    solvable: solvableSets(baseP, p),
  }) as unknown as TrainRow;
const factsOf = (rows: TrainRow[], base: readonly number[] | null = baseP): FindingFacts => ({
  ...{ rows, baseP: base },
});
const check = (rows: TrainRow[], base: readonly number[] | null = baseP) =>
  Object.fromEntries(
    checkFindings(factsOf(rows, base)).map(({ name, outcome, reading }) => [
      name,
      { outcome, reading },
    ]),
  ) as Record<FindingName, { outcome: string; reading: { before: number; now: number } | null }>;

describe('the findings of papers in one run', () => {
  it('appear, each with its two numbers, where one problem is solved and the other given up', () => {
    const p = [0.5, 0.001];
    const found = check([row(0, baseP, 0.9), row(1, p, 0.8), row(2, p, 0.2)]);
    // pass@1: the mean of 0.1 and 0.1, and of 0.5 and 0.001.
    expect(found.first.outcome).toBe('appears');
    expect(found.first.reading).toEqual({ before: 0.1, now: 0.2505 });
    // pass@256: 1 − 0.9^256 ≈ 1, and (1 + 1 − 0.999^256) / 2 = (1 + 0.22596) / 2.
    expect(found.many.outcome).toBe('appears');
    expect(found.many.reading!.before).toBeCloseTo(1, 9);
    expect(found.many.reading!.now).toBeCloseTo((2 - 0.999 ** 256) / 2, 12);
    expect(found.expands).toEqual({ ...found.many, outcome: 'opposite' });
    expect(found.crossing.outcome).toBe('appears');
    expect(found.crossing.reading).toEqual({
      before: expect.closeTo(0.1505, 12),
      now: expect.closeTo(meanPassAtK(p, 1024) - 1, 9),
      k: crossingK(baseP, p, 1024),
    });
    // Both were solvable with 256 samples; 0.001 is below 0.0027, and is not.
    expect(found.coverage).toEqual({ outcome: 'appears', reading: { before: 2, now: 1 } });
    expect(found.sound).toEqual({ outcome: 'missing', reading: null });
    expect(tallyOf(checkFindings(factsOf([row(0, baseP, 0.9), row(2, p, 0.2)])))).toMatchObject({
      appears: 4,
      opposite: 1,
      missing: 1,
    });
  });

  it('come out the other way where every problem is solved more often', () => {
    const p = [0.2, 0.3];
    const found = check([row(0, [0.001, 0.1], 0.5), row(1, p, 0.5), row(2, p, 0.5)], [0.001, 0.1]);
    expect(found.first.outcome).toBe('appears');
    expect(found.many.outcome).toBe('opposite');
    expect(found.expands.outcome).toBe('appears');
    expect(found.crossing.outcome).toBe('opposite');
    expect(found.entropy.outcome).toBe('still');
  });

  it('show no movement where nothing moved, or only the samples did', () => {
    const entropies = [0.9, 0.92, 0.89, 0.91, 0.88];
    const found = check(entropies.map((entropy, i) => row(i, baseP, entropy, [0.1, 0.05])));
    const { sound, ...others } = found;
    for (const { outcome } of Object.values(others)) expect(outcome).toBe('still');
    expect(found.first.reading).toEqual({ before: 0.1, now: 0.1 });
    // Where a task has written steps, the part of p with valid ones is read in place of p.
    expect(sound.outcome).toBe('still');
    expect(sound.reading!.now).toBeCloseTo(1 - (0.9 ** 256 + 0.95 ** 256) / 2, 12);
  });

  it('wait for an evaluation after a training step, and for the base', () => {
    const before = row(0, baseP, 0.9);
    const unevaluated = { step: 1, entropy: 0.8 } as TrainRow;
    for (const found of [
      check([]),
      check([before]),
      check([before, unevaluated]),
      check([before, row(1, [0.5, 0.5], 0.1)], null),
    ])
      for (const { outcome, reading } of Object.values(found))
        expect({ outcome, reading }).toEqual({ outcome: 'waiting', reading: null });
  });

  it('have no number where a run has diverged', () => {
    const found = check([row(0, baseP, 0.9), row(1, [NaN, 0.1], NaN)]);
    for (const name of ['first', 'many', 'crossing', 'entropy', 'expands'] as const)
      expect(found[name].outcome, name).toBe('missing');
  });

  it('go by the digits on screen, and by the sign of the paper', () => {
    const finding = (sign: 1 | -1): Finding => ({
      ...{ sign, digits: 3, scale: 'share' as const },
      read: () => null,
    });
    expect(outcomeOf(finding(1), { before: 0.1001, now: 0.1004 })).toBe('still');
    expect(outcomeOf(finding(1), { before: 0.1, now: 0.101 })).toBe('appears');
    expect(outcomeOf(finding(-1), { before: 0.1, now: 0.101 })).toBe('opposite');
    expect(outcomeOf(finding(-1), { before: 0.9, now: 0.7, noise: 0.25 })).toBe('still');
    expect(outcomeOf(finding(-1), { before: 0.9, now: 0.6, noise: 0.25 })).toBe('appears');
  });

  it('take for noise three standard errors of a difference, from successive steps', () => {
    // Successive differences 0.02, −0.03, 0.02, −0.03: s² = (4 + 9 + 4 + 9)e-4 / 8, and 3 · √(2 s²).
    const values = [0.9, 0.92, 0.89, 0.91, 0.88];
    expect(stepNoise(values)).toBeCloseTo(3 * Math.sqrt((2 * 26e-4) / 8), 12);
    expect(stepNoise([0.9])).toBe(0);
    expect(stepNoise([])).toBe(0);
  });
});
