import { log } from '../core/elementary.ts';
import { meanPassAtK } from '../core/passAtK.ts';
import { isSolvable, SOLVABLE_K } from './solvable.ts';
import { requireSameProblems } from './support.ts';

/** One problem, by its index, with its exact success probability then and now. */
export interface MovedProblem {
  index: number;
  base: number;
  now: number;
}

/**
 * The problems that only the base, or only the trained policy, solves at least half of the time with 256 samples (see
 * `isSolvable`), each list in order of how many times rarer or likelier they have become, |ln p_now − ln p_base|, the
 * largest change first, then by index.
 * @throws RangeError if the two do not hold the same problems.
 */
export function movedProblems(
  baseP: readonly number[],
  nowP: readonly number[],
): { lost: MovedProblem[]; gained: MovedProblem[] } {
  requireSameProblems(baseP, nowP);
  const all = baseP.map((base, index): MovedProblem => ({ index, base, now: nowP[index]! }));
  // One of the two is at least 0.0027, so that a change may be infinite but never 0/0; two infinite ones are equal.
  const change = ({ base, now }: MovedProblem): number => Math.abs(log(now / base));
  const byChange = (a: MovedProblem, b: MovedProblem): number =>
    change(a) === change(b) ? a.index - b.index : change(b) - change(a);
  return {
    lost: all.filter(({ base, now }) => isSolvable(base) && !isSolvable(now)).sort(byChange),
    gained: all.filter(({ base, now }) => !isSolvable(base) && isSolvable(now)).sort(byChange),
  };
}

/**
 * The sampling efficiency gap Δ_SE = pass@256 of the base − pass@1 of the trained policy, from −1 to 1: how much less one
 * sample now solves than 256 of the base did. 0 would be a policy that turns all that the base finds into its first try.
 *
 * Source: Yue et al. 2025, arXiv 2504.13837, section 4.3.
 */
export function samplingEfficiencyGap(baseP: readonly number[], nowP: readonly number[]): number {
  return meanPassAtK(baseP, SOLVABLE_K) - meanPassAtK(nowP, 1);
}
