import { exp, powerOf } from '../core/elementary.ts';
import type { AnswerDistribution } from './answers.ts';

/** A majority vote and how far what was left out of the enumeration could move it. */
export interface MajorityVote {
  value: number;
  error: number;
}

/** Answers that reach a count with less than this probability in all are taken not to reach it. */
const NEGLIGIBLE = 1e-9;

/**
 * Maj@k: the probability that the answer given most often among k independent draws is right, with ties broken evenly.
 * Only identical responses count as the same answer. Exact, without simulation, from the generating function of the
 * counts: with c the largest count and j answers that have it, j⁺ of them right,
 *
 *   Maj@k = k! Σ_{c=1}^{k} Σ_j [z^k t^j]  E_{j⁺ | j} (j⁺ / j) · Π_y ( Σ_{n<c} (p_y z)^n / n! + t (p_y z)^c / c! )
 *
 * Answers that together reach a count c with less than 1e-9 enter as one factor exp(z Σ p) of that c. So does the
 * missing mass m, as answers that differ from all others and are wrong. That is wrong only where one of them is drawn
 * twice, or where every answer differs and right ones are missing, so error = m (1 + ½k(k − 1) · smallest) + 1e-9 k.
 *
 * Costs about (number of answers) · k² · log k operations. Source of the measure: Wang et al. 2023, "Self-Consistency Improves
 * Chain of Thought Reasoning", section 2.
 * @throws RangeError unless k is a whole number from 1 to 128: k! and its inverse must stand in a float64.
 */
export function majorityVote(
  { answers, missing, smallest }: AnswerDistribution,
  k: number,
): MajorityVote {
  if (!Number.isInteger(k) || k < 1 || k > 128)
    throw new RangeError(`k of a majority vote must be a whole number from 1 to 128, got ${k}`);
  const voters = answers.map(({ logProb, correct }) => ({ p: exp(logProb), correct }));
  let value = 0;
  for (let c = 1; c <= k; c++) value += winsWithCount(voters, missing, k, c);
  const error = missing * (1 + ((k * (k - 1)) / 2) * smallest) + NEGLIGIBLE * k;
  return { value: Math.min(1, value), error };
}

interface Voter {
  p: number;
  correct: boolean;
}

/** The part of Maj@k in which the largest count is c. */
function winsWithCount(voters: readonly Voter[], missing: number, k: number, c: number): number {
  const ties = Math.floor(k / c);
  const inverseFactorial = new Float64Array(k + 1).fill(1);
  for (let n = 1; n <= k; n++) inverseFactorial[n] = inverseFactorial[n - 1]! / n;
  // The likeliest come first, so the tail that never reaches c is found from the end.
  let active = voters.length;
  let dust = missing;
  for (let left = NEGLIGIBLE; active > 0; active--) {
    const { p } = voters[active - 1]!;
    // It reaches c of k draws with at most C(k, c) p^c.
    left -= choose(k, c) * powerOf(p, c);
    if (c === 1 || left < 0) break;
    dust += p;
  }
  if (active === 0) return 0;

  // [degree in z, ties]: the weight of what has been multiplied so far, and that weight times its right ones in the tie.
  const width = ties + 1;
  let weight = new Float64Array((k + 1) * width);
  let right = new Float64Array((k + 1) * width);
  // A draw of a missing answer is in the tie of an all-different vote, and in no other.
  for (let n = 0; n <= k; n++)
    weight[n * width + (c === 1 ? n : 0)] = powerOf(dust, n) * inverseFactorial[n]!;
  let nextWeight = new Float64Array(weight.length);
  let nextRight = new Float64Array(right.length);
  for (let i = 0; i < active; i++) {
    const { p, correct } = voters[i]!;
    nextWeight.fill(0);
    nextRight.fill(0);
    for (let n = 0, term = 1; n <= c; n++, term *= p / n) {
      const ends = n === c ? 1 : 0;
      for (let degree = 0; degree + n <= k; degree++)
        for (let j = 0; j + ends <= ties; j++) {
          const from = degree * width + j;
          const w = weight[from]!;
          if (w === 0) continue;
          const to = (degree + n) * width + j + ends;
          nextWeight[to]! += term * w;
          nextRight[to]! += term * (right[from]! + (ends && correct ? w : 0));
        }
    }
    [weight, nextWeight] = [nextWeight, weight];
    [right, nextRight] = [nextRight, right];
  }
  let sum = 0;
  for (let j = 1; j <= ties; j++) sum += right[k * width + j]! / j;
  return sum / inverseFactorial[k]!;
}

/** The share of right ones among the likeliest answers: what a vote of ever more draws comes to. */
export function majorityInTheLimit({ answers }: AnswerDistribution): number {
  const best = answers.filter(({ logProb }) => logProb === answers[0]!.logProb);
  return best.length === 0 ? 0 : best.filter(({ correct }) => correct).length / best.length;
}

function choose(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i++) product *= (n - k + i) / i;
  return product;
}
