import type { Analysis, Comparison } from '../../../src/results/analysis.ts';
import { analyse } from '../../../src/results/analyse.ts';
import type { Measured } from '../../../src/results/results.ts';
import type { Compared } from '../../../src/ui/results/figures/sentences.ts';

/** A model of problems with so many of `n` samples correct, which are called p0, p1, … */
export const measuredOf = (
  name: string,
  correct: readonly number[],
  n: number,
  idOf = (i: number) => `p${i}`,
): Measured => ({
  name,
  problems: new Map(correct.map((c, i) => [idOf(i), { n, c }])),
  hasIds: true,
});

export const analysed = (models: readonly Measured[], leastN = 1): Analysis =>
  analyse(models, { base: 0, leastN, resamples: 200, seed: 1 });

/** The comparison of the first two of an analysis, with what is put in the place of its own. */
export function comparedOf(analysis: Analysis, instead: Partial<Comparison> = {}): Compared {
  const [base, trained] = analysis.models;
  return {
    comparison: { ...analysis.comparisons[0]!, ...instead },
    ...{ base: base!, trained: trained!, resamples: analysis.resamples },
    few: { base: 1, trained: 2 },
  };
}

/**
 * Four problems of 4 samples, that cross. Base: 2 of 4 right on each, so pass@1 = 1/2, pass@2 = 1 − C(2,2)/C(4,2) = 5/6,
 * pass@3 = pass@4 = 1. Trained: all right on three, none on one, so 3/4 at every k. Trained − base: 1/4, −1/12, −1/4, −1/4,
 * which over log k is 0 at 2^(1/4 / (1/4 + 1/12)) = 2^(3/4) = 1.68.
 */
export const CROSSING = [
  measuredOf('before', [2, 2, 2, 2], 4),
  measuredOf('after', [4, 4, 4, 0], 4),
];
