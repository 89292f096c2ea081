import { exactPassAtK, meanPassAtK } from '../core/passAtK.ts';

/** The sample budget at which a problem counts as solvable, and the probability that it must be solved with. */
export const SOLVABLE_K = 256;
const SOLVABLE_PROBABILITY = 0.5;

/** Whether at least half of all tries with 256 samples solve a problem of success probability p (p ≥ 0.0027). */
export function isSolvable(p: number): boolean {
  return exactPassAtK(p, SOLVABLE_K) >= SOLVABLE_PROBABILITY;
}

/** How many problems the base and the trained policy can solve; the four counts add up to all problems. */
export interface SolvableSets {
  both: number;
  baseOnly: number;
  rlOnly: number;
  neither: number;
}

export function solvableSets(baseP: readonly number[], nowP: readonly number[]): SolvableSets {
  const sets: SolvableSets = { both: 0, baseOnly: 0, rlOnly: 0, neither: 0 };
  baseP.forEach((p, i) => {
    const base = isSolvable(p);
    const now = isSolvable(nowP[i]!);
    sets[base ? (now ? 'both' : 'baseOnly') : now ? 'rlOnly' : 'neither']++;
  });
  return sets;
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
