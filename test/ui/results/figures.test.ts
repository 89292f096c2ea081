import { describe, expect, it } from 'vitest';
import { atK, domainOf, drawnKs } from '../../../src/ui/results/figures/curves.ts';
import { looksOf } from '../../../src/ui/results/figures/looks.ts';
import { ofHundred, shortName, shortNames } from '../../../src/ui/results/figures/numbers.ts';
import { countsOfRates, edgesOf } from '../../../src/ui/results/figures/rates.ts';
import {
  tableOfCoverage,
  tableOfCurves,
  tableOfDifference,
} from '../../../src/ui/results/figures/tables.ts';
import { analysed, CROSSING, measuredOf } from './fixture.ts';

describe('the k of a curve', () => {
  it.each([1, 2, 100, 256, 10_000])('are whole, ascending, and end at %i', (largest) => {
    const ks = drawnKs(largest);
    expect([ks[0], ks.at(-1)]).toEqual([1, largest]);
    expect(ks).toEqual([...new Set(ks.map(Math.round))].sort((a, b) => a - b));
    expect(ks.slice(0, 100)).toEqual(
      Array.from({ length: Math.min(100, largest) }, (_, i) => i + 1),
    );
    expect(ks.length).toBeLessThan(500);
  });

  it('are read between two by a straight line over log k: halfway from 2 to 3 at √6', () => {
    expect(atK([0.1, 0.2, 0.6], Math.sqrt(6))).toBeCloseTo(0.4, 12);
    expect(atK([0.1, 0.2, 0.6], 3)).toBe(0.6);
    expect(atK([0.1, 0.2, 0.6], 9)).toBe(0.6);
  });

  it('are on an axis of whole tenths', () => {
    expect(domainOf([0.613, 0.962])).toEqual([0.6, 1]);
    expect(domainOf([0.3, 0.4])).toEqual([0.3, 0.5]);
    expect(domainOf([0.97, 0.98])).toEqual([0.8, 1]);
    expect(domainOf([0, 0, NaN])).toEqual([0, 0.2]);
  });
});

describe('rates in bins', () => {
  it('have 0 and 1 apart, and lower edges inside', () => {
    // Of 10 samples 0 … 10 right: one in each tenth but the first, whose only rates are less than 0.1.
    const rates = Array.from({ length: 11 }, (_, c) => c / 10);
    expect(countsOfRates(rates, 10)).toEqual([1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(countsOfRates([0, 0, 0.24, 0.25, 0.99, 1], 4)).toEqual([2, 1, 1, 0, 1, 1]);
    expect(edgesOf(4)).toEqual(['0', '.25', '.5', '.75', '1']);
  });
});

describe('the data of the figures', () => {
  const [base, trained] = CROSSING;
  const { comparisons, models } = analysed(CROSSING);

  it('are whole, a row for each k and for each problem', () => {
    const curves = models.map(({ name, passAt, bands }) => ({ label: name, overK: passAt, bands }));
    const { head, rows } = tableOfCurves(curves);
    expect(rows.map((row) => row[head.indexOf('before')])).toEqual([
      ...['0.500000', '0.833333', '1.000000', '1.000000'],
    ]);
    const differences = tableOfDifference(comparisons[0]!).rows.map((row) => Number(row[1]));
    expect(differences).toEqual([25, -8.3333, -25, -25]);
    const covered = tableOfCoverage(comparisons[0]!, base!, trained!).rows;
    expect(covered.map(([id, , ...counts]) => [id, ...counts])).toEqual([
      ...[0, 1, 2].map((i) => [`p${i}`, '2', '4', '4', '4']),
      ['p3', '2', '4', '0', '4'],
    ]);
  });

  it('are told without calling all what is nearly all', () => {
    const texts = [0, 0.002, 0.97, 0.998, 1].map(ofHundred);
    expect(texts[2]).toBe('97 of 100');
    expect(new Set(texts).size).toBe(5);
  });
});

describe('the looks of models', () => {
  it('are different ones, with the base and what is compared as everywhere', () => {
    const names = ['a', 'b', 'c', 'd'];
    const analysis = analysed(names.map((name, i) => measuredOf(name, [i, 2, 3], 4)));
    const looks = looksOf(analysis, analysis.comparisons[1]!);
    expect([looks.get('a')!.color, looks.get('c')!.color]).toEqual(['var(--base)', 'var(--now)']);
    for (const key of ['color', 'dash'] as const)
      expect(new Set([...looks.values()].map((look) => look[key])).size).toBe(4);
  });

  it('have names that a legend has room for', () => {
    expect([...shortName('x'.repeat(500))]).toHaveLength(24);
    expect(shortName(' a \n b ')).toBe('a b');
  });

  it('beside one another are without what they have in common where they are too long', () => {
    const names = ['Qwen2.5-7B', 'Qwen2.5-7B-GRPO-step100', 'Qwen2.5-7B-ProRL-step2000'];
    expect(shortNames(names)).toEqual([names[0], names[1], '…ProRL-step2000']);
    expect(shortNames(names, 13)).toEqual([names[0], '…GRPO-step100', '…ProRL…ep2000']);
    // Of words only whole ones go.
    expect(shortNames(['qwen-base', 'qwen-based-on-all'], 13)).toEqual([
      'qwen-base',
      '…based-on-all',
    ]);
    expect(shortNames(['a'.repeat(30)], 12)).toEqual([shortName('a'.repeat(30), 12)]);
  });
});
