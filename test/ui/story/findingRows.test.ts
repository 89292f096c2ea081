import { describe, expect, it } from 'vitest';
import { crossingK } from '../../../src/core/passAtK.ts';
import { solvableSets } from '../../../src/evaluation/solvable.ts';
import type { TrainRow } from '../../../src/experiments/train.ts';
import { DEFAULT_SETTINGS } from '../../../src/run/defaults.ts';
import { tallySentence } from '../../../src/ui/story/answers.ts';
import { checkFindings, FINDINGS, type FindingName } from '../../../src/run/findings.ts';
import { findingRow } from '../../../src/ui/story/findingRows.ts';
import { papers } from '../../../src/messages/findings.ts';
import type { RunFacts } from '../../../src/ui/story/lines.ts';
import { REFERENCES } from '../../../src/ui/story/references.ts';

const baseP = [0.1, 0.1];
const row = (step: number, p: number[], entropy: number, soundP?: number[]): TrainRow =>
  ({
    ...{ step, entropy },
    heldOut: { p, ...(soundP ? { soundP } : {}) },
    solvable: solvableSets(baseP, p),
  }) as unknown as TrainRow;
const factsOf = (rows: TrainRow[], base: readonly number[] | null = baseP): RunFacts => ({
  ...{ rows, baseP: base, chanceP: null },
  settings: DEFAULT_SETTINGS,
});
describe('the findings of papers in the table', () => {
  it('stand in a row with their numbers as shown, their places on the bar, and an earlier run', () => {
    const p = [0.5, 0.001];
    const [first, , crossing, , coverage, sound, expands] = checkFindings(
      factsOf([row(0, baseP, 0.9), row(1, p, 0.9)]),
    );
    const still = checkFindings(factsOf([row(0, baseP, 0.9), row(1, baseP, 0.9)]))[0]!;
    expect(findingRow(first!, 2, still)).toMatchObject({
      numbers: '0.100 → 0.251',
      places: [10, expect.closeTo(25.05, 9)],
      verdict: '✓ appears',
      was: 'first run: 0.100 → 0.100 =',
      arXiv: '2504.13837',
    });
    const k = crossingK(baseP, p, 1024)!;
    expect(findingRow(crossing!, 2, null)).toMatchObject({
      verdict: `✓ appears: k ≈ ${k.toFixed(1)}`,
      numbers: expect.stringMatching(/^0\.15[01] → −0\.\d{3}$/),
      was: '',
    });
    expect(findingRow(coverage!, 2, null)).toMatchObject({ numbers: '2 → 1', places: [100, 50] });
    expect(findingRow(sound!, 2, null)).toMatchObject({ numbers: '–', places: null });
    expect(findingRow(expands!, 2, null).arXiv).toBe('2505.24864');
    const diverged = checkFindings(factsOf([row(0, baseP, 0.9), row(1, [NaN, 0.1], NaN)]))[0]!;
    expect(findingRow(diverged, 2, null)).toMatchObject({ numbers: '–', places: null });
  });

  it('are told in words, each with a paper among the references', () => {
    for (const name of Object.keys(FINDINGS) as FindingName[]) {
      const { says, source } = papers[name];
      expect(says).toMatch(/\.$/);
      for (const [, author, year] of source.matchAll(/(\w+) et al\. (\d{4})/g))
        expect(
          REFERENCES.some(
            (each) => each.authors.startsWith(`${author} `) && each.year === Number(year),
          ),
        ).toBe(true);
    }
    expect(
      tallySentence(checkFindings(factsOf([row(0, baseP, 0.9), row(1, [0.5, 0.001], 0.9)]))),
    ).toBe(
      'Your run has one seed. Of 7 findings 4 appear, 1 go the other way, 1 show no movement, 1 without a number here.',
    );
  });
});
