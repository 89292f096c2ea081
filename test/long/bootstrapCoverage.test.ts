import { expect, it } from 'vitest';
import { exactPassAtK } from '../../src/core/passAtK.ts';
import { uniformSequence } from '../../src/core/random.ts';
import { analyse } from '../../src/results/analyse.ts';
import type { Count } from '../../src/results/results.ts';
import { modelOf } from '../results/made.ts';

/** Kinds of problems, all as frequent: the probability of a correct sample before and after. Seldom ones get lost. */
const KINDS = [
  [0.9, 1],
  [0.7, 0.95],
  [0.5, 0.9],
  [0.3, 0.5],
  [0.1, 0.1],
  [0.05, 0.01],
  [0.03, 0],
  [0, 0],
] as const;
const N = 32;
const K = 8;
const TRIALS = 2000;
const truth =
  KINDS.reduce((sum, [base, rl]) => sum + exactPassAtK(rl, K) - exactPassAtK(base, K), 0) /
  KINDS.length;

/** The share of trials, each with other problems and samples, whose band of the difference at K holds the truth. */
function covered(problems: number): number {
  const uniform = uniformSequence({ seed: 7, stream: 0, step: problems });
  const sampled = (p: number): Count => {
    let c = 0;
    for (let i = 0; i < N; i++) if (uniform() < p) c++;
    return { n: N, c };
  };
  let hits = 0;
  for (let seed = 0; seed < TRIALS; seed++) {
    const kinds = Array.from(
      { length: problems },
      () => KINDS[Math.floor(uniform() * KINDS.length)]!,
    );
    const models = ['base', 'rl'].map((name, i) =>
      modelOf(
        name,
        kinds.map((kind) => sampled(kind[i]!)),
      ),
    );
    const [compared] = analyse(models, { base: 0, leastN: 1, resamples: 999, seed }).comparisons;
    const { low, high } = compared!.bands.find(({ k }) => k === K)!;
    if (low <= truth && truth <= high) hits++;
  }
  return hits / TRIALS;
}

it.each([50, 150, 500])(
  'of 2,000 intervals of %i problems 95 % hold the true difference, within 4 standard errors (1.9 %)',
  (problems) => {
    const share = covered(problems);
    console.log(`${problems} problems: ${(100 * share).toFixed(2)} %`);
    expect(Math.abs(share - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / TRIALS));
  },
  120_000,
);
