import { expect, it } from 'vitest';
import { powerOf } from '../../src/core/elementary.ts';
import { exactPassAtK } from '../../src/core/passAtK.ts';
import { uniformSequence } from '../../src/core/random.ts';
import { analyse } from '../../src/results/analyse.ts';
import { leadAt } from '../../src/results/apart.ts';
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
const N = 64;
const KS = [1, 8, N];
const TRIALS = 2000;
const within = 4 * Math.sqrt((0.95 * 0.05) / TRIALS);

type Kind = readonly [base: number, trained: number];

/**
 * At each of KS the shares of trials, each with other problems and samples, whose band of the difference holds the truth, and that
 * tell it apart from 0.
 */
function shares(
  problems: number,
  kindAt: (uniform: () => number) => Kind,
  truthAt: (k: number) => number,
): { held: number; apart: number }[] {
  const uniform = uniformSequence({ seed: 7, stream: 0, step: problems });
  const sampled = (p: number): Count => {
    let c = 0;
    for (let i = 0; i < N; i++) if (uniform() < p) c++;
    return { n: N, c };
  };
  const found = KS.map((k) => ({ k, truth: truthAt(k), held: 0, apart: 0 }));
  for (let seed = 0; seed < TRIALS; seed++) {
    const kinds = Array.from({ length: problems }, () => kindAt(uniform));
    const models = ['base', 'rl'].map((name, i) =>
      modelOf(
        name,
        kinds.map((kind) => sampled(kind[i]!)),
      ),
    );
    const [compared] = analyse(models, { base: 0, leastN: 1, resamples: 999, seed }).comparisons;
    for (const at of found) {
      const { low, high } = compared!.bands.find(({ k }) => k === at.k)!;
      if (low <= at.truth && at.truth <= high) at.held += 1 / TRIALS;
      if (leadAt(compared!, at.k)) at.apart += 1 / TRIALS;
    }
  }
  for (const { k, held, apart } of found)
    console.log(
      `${problems} problems, k = ${k}: ${(100 * held).toFixed(1)} % hold it, ${(100 * apart).toFixed(1)} % tell it apart`,
    );
  return found;
}

it.each([30, 50, 150, 500])(
  'of 2,000 intervals of %i problems 95 % hold the true difference, within 4 standard errors (1.9 %)',
  (problems) => {
    const found = shares(
      problems,
      (uniform) => KINDS[Math.floor(uniform() * KINDS.length)]!,
      (k) =>
        KINDS.reduce((sum, [base, rl]) => sum + exactPassAtK(rl, k) - exactPassAtK(base, k), 0) /
        KINDS.length,
    );
    for (const { held } of found) expect(Math.abs(held - 0.95)).toBeLessThan(within);
  },
  300_000,
);

it.each([30, 50, 150, 500])(
  'of 2,000 pairs of equal models with %i problems at most 6 % are told apart, within 4 standard errors (2.1 %)',
  (problems) => {
    const found = shares(
      problems,
      (uniform) => {
        const p = powerOf(uniform(), 4);
        return [p, p];
      },
      () => 0,
    );
    for (const { apart } of found)
      expect(apart).toBeLessThan(0.06 + 4 * Math.sqrt((0.06 * 0.94) / TRIALS));
  },
  300_000,
);
