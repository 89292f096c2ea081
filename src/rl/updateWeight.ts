import { exp, log, log1p, powerOf } from '../core/elementary.ts';
import { mean } from '../core/statistics.ts';
import { ADVANTAGES, rewardSeen, type Advantage } from './advantages.ts';
import type { AlgorithmChoices } from './choices.ts';

/**
 * How much an algorithm cares about a problem. With rewards of 0 and 1 and G answers of which each is right with
 * probability p, the expected first update on the problem is w(p) · ∇p, where
 *
 *   w(p) = Σ_{c=0}^{G−1} Binomial(c; G − 1, p) · (A⁺(c + 1) − A⁻(c)),
 *
 * A⁺(c) and A⁻(c) being the advantages of a right and of a wrong answer in a group with c right ones: an answer's
 * advantage depends on it only through its being right, E[∇log π | right] = ∇p / p, E[∇log π | wrong] = −∇p / (1 − p).
 *
 * Two choices look beyond the group and need the success probabilities of the other problems, in the limit of many:
 * whitening divides by the deviation of all advantages, dynamic sampling by the share of mixed groups.
 * Answers are taken to be equally long. A baseline that does not depend on the answer (a value, a greedy answer) drops
 * out. KL, entropy and covariance terms, shaping and the choice of tokens are no part of it. Derived here; held by a simulation of whole steps.
 */
export interface UpdateWeight {
  /** w at one success probability, 0 ≤ p ≤ 1. */
  of(p: number): number;
  /**
   * What the algorithm maximises: U(p) = ∫₀^p w(q) dq, whose gradient the expected first update is, so that training ascends
   * the mean of U over the problems. w is a polynomial, and so is U: since ∫₀^p Binomial(c; G − 1, q) dq is P(more than c
   * of G are right) / G,
   *
   *   U(p) = Σ_{j=0}^{G} Binomial(j; G, p) · F(j),   F(j) = (1/G) Σ_{c<j} (A⁺(c + 1) − A⁻(c)):
   *
   * the expected score F of a group with j right ones. As G grows it tends to p for REINFORCE, to 2·arcsin √p for GRPO, to
   * log p and a constant for MaxRL, and to (2/k)·arcsin √(pass@k) for pass@k training, whose advantages are standardised.
   * Source: Davis & Recht 2025, What is the objective of reasoning with reinforcement learning?, arXiv 2510.13651; held by
   * quadrature, and by these limits.
   */
  integral(p: number): number;
}

/** Groups up to this size have all subsets of ranks enumerated for the unlikeliness reward. */
export const LARGEST_RANKED_GROUP = 16;

/** Binomial(c; n, p) for c = 0 … n. */
function binomial(n: number, p: number): number[] {
  const weights: number[] = [];
  let logChoose = 0;
  for (let c = 0; c <= n; c++) {
    if (c > 0) logChoose += log((n - c + 1) / c);
    // 0 · log 0 counts as 0, so that p = 0 and p = 1 are as exact as the rest.
    const logP = (c === 0 ? 0 : c * log(p)) + (c === n ? 0 : (n - c) * log1p(-p));
    weights.push(exp(logChoose + logP));
  }
  return weights;
}

/** Mean and mean square of the advantages of the right and the wrong answers of a group with c right ones. */
export interface GroupMoments {
  right: number;
  wrong: number;
  /** Σ A and Σ A² over the group. */
  sum: number;
  squares: number;
}

/** Subsets of ranks between two rests of {@link momentsByCount}: some milliseconds. */
const SUBSETS_A_PART = 512;

/**
 * The moments for c = 0 … G right answers, which depend on no other problem. It rests now and then, so that a page can
 * do something else in between; @see updateWeight for all at once.
 * @throws RangeError for the unlikeliness reward with groups above {@link LARGEST_RANKED_GROUP}: the ranks of right answers are
 * taken to be a random subset, all of which are enumerated.
 */
export function* momentsByCount(
  choices: AlgorithmChoices,
  G: number,
): Generator<void, GroupMoments[]> {
  const { ofGroup }: Advantage = ADVANTAGES[choices.advantage];
  const counts = Array.from({ length: G + 1 }, (_, c) => c);
  const moments = (rewards: readonly number[], isRight: (i: number) => boolean): GroupMoments => {
    const advantages = ofGroup(rewards, choices);
    const total = (from: readonly number[]): number => from.reduce((sum, a) => sum + a, 0);
    const right = advantages.filter((_, i) => isRight(i));
    const wrong = advantages.filter((_, i) => !isRight(i));
    return {
      right: right.length > 0 ? mean(right) : 0,
      wrong: wrong.length > 0 ? mean(wrong) : 0,
      sum: total(advantages),
      squares: total(advantages.map((a) => a * a)),
    };
  };
  if (rewardSeen(choices) !== 'unlikeliness')
    return counts.map((c) =>
      moments(
        Array.from({ length: G }, (_, i) => Number(i < c)),
        (i) => i < c,
      ),
    );
  if (G > LARGEST_RANKED_GROUP)
    throw new RangeError(
      `w(p) of the unlikeliness reward is computed for groups of up to ${LARGEST_RANKED_GROUP}, not ${G}`,
    );
  const sums = counts.map(() => ({ right: 0, wrong: 0, sum: 0, squares: 0, subsets: 0 }));
  for (let subset = 0; subset < 1 << G; subset++) {
    if (subset % SUBSETS_A_PART === SUBSETS_A_PART - 1) yield;
    const isRight = (rank: number): boolean => ((subset >> rank) & 1) === 1;
    const rewards = Array.from({ length: G }, (_, rank) =>
      isRight(rank) ? 1 - (choices.unlikeliness * rank) / G : 0,
    );
    const of = moments(rewards, isRight);
    const into = sums[rewards.filter((_, rank) => isRight(rank)).length]!;
    for (const key of ['right', 'wrong', 'sum', 'squares'] as const) into[key] += of[key];
    into.subsets++;
  }
  return sums.map(({ right, wrong, sum, squares, subsets }) => ({
    right: right / subsets,
    wrong: wrong / subsets,
    sum: sum / subsets,
    squares: squares / subsets,
  }));
}

/** w(p) of a row of choices for groups of G, among problems with the success probabilities `others`. */
export function updateWeight(
  choices: AlgorithmChoices,
  G: number,
  others: readonly number[],
): UpdateWeight {
  for (const parts = momentsByCount(choices, G); ;) {
    const next = parts.next();
    if (next.done) return updateWeightFrom(next.value, choices, G, others);
  }
}

/** {@link updateWeight} from the moments of the groups. */
export function updateWeightFrom(
  groups: readonly GroupMoments[],
  choices: Pick<AlgorithmChoices, 'filter' | 'normalisation'>,
  G: number,
  others: readonly number[],
): UpdateWeight {
  const moments = groups.slice();
  let divisor = 1;
  if (choices.filter === 'mixed') {
    // Groups that are all right or all wrong are replaced by others.
    for (const c of [0, G]) moments[c] = { right: 0, wrong: 0, sum: 0, squares: 0 };
    divisor *= mean(others.map((p) => 1 - powerOf(p, G) - powerOf(1 - p, G)));
  }
  if (choices.normalisation === 'batch') {
    const expect = (of: (moments: GroupMoments) => number): number =>
      mean(others.map((p) => binomial(G, p).reduce((sum, w, c) => sum + w * of(moments[c]!), 0)));
    const kept = G * (choices.filter === 'mixed' ? divisor : 1);
    const centre = expect(({ sum }) => sum) / kept;
    divisor *= Math.sqrt(expect(({ squares }) => squares) / kept - centre * centre);
  }
  const gaps = Array.from({ length: G }, (_, c) => moments[c + 1]!.right - moments[c]!.wrong);
  const scores = gaps.reduce((sums, gap) => [...sums, sums.at(-1)! + gap / G], [0]);
  const expected = (n: number, p: number, values: readonly number[]): number =>
    divisor === 0
      ? 0
      : binomial(n, p).reduce((sum, weight, c) => sum + weight * values[c]!, 0) / divisor;
  return {
    of: (p) => expected(G - 1, p, gaps),
    integral: (p) => expected(G, p, scores),
  };
}
