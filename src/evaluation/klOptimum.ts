import { exp, log } from '../core/elementary.ts';
import { mean } from '../core/statistics.ts';

/**
 * The success probability of the policy that maximises E[r] − β KL(π ‖ π_base) over all policies, for r in {0, 1}:
 *
 *   p* = p e^(1/β) / (p e^(1/β) + 1 − p)
 *
 * The optimum is π* ∝ π_base e^(r/β), so that the odds p / (1 − p) of every problem grow by the one factor e^(1/β) while
 * right answers keep their shares among themselves. Hence p* ≥ p, and pass@k ≥ the base's at every k.
 *
 * @param inverseBeta 1/β ≥ 0 in nats a unit of reward; 0 is the base itself.
 * Source: Korbak et al. 2022, "RL with KL penalties is better viewed as Bayesian inference", arXiv 2205.11275.
 */
export function klOptimum(p: number, inverseBeta: number): number {
  // Divided by e^(1/β), which would overflow.
  return p === 0 ? 0 : p / (p + (1 - p) * exp(-inverseBeta));
}

/**
 * KL(π ‖ π*) of whole answers in nats from the optimum π* = π_base e^(r/β) / Z, by what is known of π:
 *
 *   KL(π ‖ π*) = KL(π ‖ π_base) − p / β + log Z,   Z = 1 + p_base (e^(1/β) − 1)
 *
 * π* is what FlowRL matches, with the 1/β here as its β. @see klOptimum
 *
 * @param kl KL(π ‖ π_base) in nats an answer; where it is an estimate so is the distance.
 * @param p the success probability of π, `baseP` that of the base. All may be means over problems but `baseP`.
 */
export function klFromOptimum(
  kl: number,
  p: number,
  baseP: readonly number[],
  inverseBeta: number,
): number {
  // log Z with e^(1/β), which would overflow, taken out of the sum; 0 where there is no right answer.
  const logZ = (base: number): number =>
    base === 0 ? 0 : inverseBeta + log(base + (1 - base) * exp(-inverseBeta));
  return kl - p * inverseBeta + mean(baseP.map(logZ));
}

/** There e^(1/β) is still a number, and whatever has a probability above 1e-300 is all but certain. */
const LARGEST_INVERSE_BETA = 700;

export interface MatchedOptimum {
  /** β > 0 in units of reward a nat; Infinity where the base has that pass@1 already. */
  beta: number;
  /** [problems] p* of each. */
  p: number[];
}

/**
 * The optimum of KL-regularised RL whose pass@1 is `passAt1`: "an ideal RLVR with as much pass@1". The mean of p* over
 * problems rises with 1/β, which bisection finds to 1e-12 relative.
 *
 * @returns null where there is none: below the base's pass@1 (less than the base is no optimum of a reward), or at or above
 * the share of problems that the base can solve at all (p > 0), the limit β → 0.
 */
export function optimumWithPassAt1(
  baseP: readonly number[],
  passAt1: number,
): MatchedOptimum | null {
  const possible = baseP.filter((p) => p > 0).length / baseP.length;
  if (!(passAt1 >= mean(baseP) && passAt1 < possible)) return null;
  const at = (inverseBeta: number): number[] => baseP.map((p) => klOptimum(p, inverseBeta));
  let [low, high] = [0, LARGEST_INVERSE_BETA];
  if (passAt1 === mean(baseP)) return { beta: Infinity, p: at(0) };
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (mean(at(middle)) >= passAt1) high = middle;
    else low = middle;
  }
  return { beta: 1 / high, p: at(high) };
}
