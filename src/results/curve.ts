import { MOST_K } from './analysis.ts';
import type { Classes } from './classes.ts';
import type { Count } from './results.ts';

/** The largest k of curves of these problems: the smallest n, and {@link MOST_K} at most. */
export const largestKOf = (problems: readonly Count[]): number =>
  problems.reduce((least, { n }) => Math.min(least, n), MOST_K);

/**
 * For k = 1, 2, … `largestK` the probability that k of the n samples of a problem, drawn without putting back, are all
 * among certain m of them: C(m, k) / C(n, k) = Π_{j=0}^{k−1} (m − j) / (n − j), one factor more at each k.
 *
 * With m = n − c this is 1 − pass@k (Chen et al. 2021, equation 1), with m = c it is pass^k (Yao et al. 2024).
 * @param visit is given one number a class; they are overwritten at the next k.
 */
export function eachAllAmong(
  counts: readonly Count[],
  m: (count: Count) => number,
  largestK: number,
  visit: (k: number, all: Float64Array) => void,
): void {
  const of = Float64Array.from(counts, ({ n }) => n);
  const among = Float64Array.from(counts, m);
  const all = new Float64Array(counts.length).fill(1);
  for (let k = 1; k <= largestK; k++) {
    for (let i = 0; i < all.length; i++)
      all[i] = among[i]! < k ? 0 : (all[i]! * (among[i]! - k + 1)) / (of[i]! - k + 1);
    visit(k, all);
  }
}

/** How many samples of a problem are wrong. */
export const wrong = ({ n, c }: Count): number => n - c;

/** The unbiased estimate of 1 − pass@k of each. */
export function failuresAt(counts: readonly Count[], k: number): Float64Array {
  let failures: Float64Array = new Float64Array(0);
  eachAllAmong(counts, wrong, k, (_, all) => (failures = all));
  return failures;
}

/** Means over the problems of the unbiased estimates of 1 − pass@k and of pass^k, k = 1 … `largestK` at index k − 1. */
export interface Curve {
  failure: Float64Array;
  passHat: Float64Array;
}

export function curveOf({ counts, weights, of }: Classes, largestK: number): Curve {
  const means = (m: (count: Count) => number): Float64Array => {
    const means = new Float64Array(largestK);
    eachAllAmong(counts, m, largestK, (k, all) => {
      let sum = 0;
      for (let i = 0; i < all.length; i++) sum += weights[i]! * all[i]!;
      means[k - 1] = sum / of.length;
    });
    return means;
  };
  return { failure: means(wrong), passHat: means(({ c }) => c) };
}
