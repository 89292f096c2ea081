import { power } from '../core/elementary.ts';
import type { Classes } from './classes.ts';

/** Shares and powers below this are left out. */
const NOTHING = 1e-20;

/** `shares[i]` is the probability that two sets of k of n samples have `from + i` samples in common. */
interface Overlaps {
  from: number;
  shares: readonly number[];
}

/**
 * C(k, j) C(n − k, k − j) / C(n, k) for those j at which it is something: outwards from the most probable j, by
 * the ratio of neighbours (k − j)² / ((j + 1)(n − 2k + j + 1)), and scaled to a sum of 1.
 */
export function overlapsOf(n: number, k: number): Overlaps {
  const least = Math.max(0, 2 * k - n);
  const mode = Math.max(least, Math.floor((k + 1) ** 2 / (n + 2)));
  const ratio = (j: number): number => (k - j) ** 2 / ((j + 1) * (n - 2 * k + j + 1));
  const up = [1];
  for (let j = mode; j < k && up.at(-1)! > NOTHING; j++) up.push(up.at(-1)! * ratio(j));
  const down: number[] = [];
  for (let j = mode - 1, share = 1; j >= least && share > NOTHING; j--)
    down.push((share /= ratio(j)));
  const all = [...down.reverse(), ...up];
  const sum = all.reduce((sum, share) => sum + share, 0);
  return { from: mode - down.length, shares: all.map((share) => share / sum) };
}

/**
 * The variance of the unbiased estimate of pass@k from n samples that are correct with probability p each, as
 * unbiasedPassAtKVariance of core/passAtK.ts has it by a sum over c. The estimate is the mean over all sets of k samples of
 * whether one is correct; two sets with j in common are both wrong with probability q^(2k − j), q = 1 − p, so that
 *
 *   Var = Σ_j P(j in common) (q^(2k − j) − q^(2k))
 *
 * Source: Hoeffding 1948, "A Class of Statistics with Asymptotically Normal Distribution", section 5.
 * @param overlaps of {@link overlapsOf} n and k: the same for all p.
 */
export function estimateVariance({ from, shares }: Overlaps, k: number, p: number): number {
  const q = 1 - p;
  // No pair of sets is more probably wrong than one set.
  if (power(q, k) < NOTHING) return 0;
  const apart = power(q, 2 * k);
  let together = power(q, 2 * k - (from + shares.length - 1));
  let variance = 0;
  for (let i = shares.length - 1; i >= 0; i--, together *= q)
    variance += shares[i]! * (together - apart);
  return variance;
}

/**
 * The mean over problems of the variance that finitely many samples leave in the estimates of pass@k, if each problem had
 * `n` samples, or its own number where that is more. A problem's p is taken to be (c + ½) / (n + 1), the posterior mean under
 * Jeffreys' prior: with c / n, a problem of which no sample is right would be certain never to be solved, and no number of samples
 * would then change anything.
 */
export function meanEstimateVariance(
  { counts, weights, of }: Classes,
  k: number,
  n: number,
): number {
  const byN = new Map<number, Overlaps>();
  let sum = 0;
  counts.forEach((count, i) => {
    const samples = Math.max(n, count.n);
    let overlaps = byN.get(samples);
    if (!overlaps) byN.set(samples, (overlaps = overlapsOf(samples, k)));
    sum += weights[i]! * estimateVariance(overlaps, k, (count.c + 0.5) / (count.n + 1));
  });
  return sum / of.length;
}
