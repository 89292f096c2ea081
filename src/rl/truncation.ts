import { exp } from '../core/elementary.ts';
import type { Policy, Rollouts } from '../policy/policy.ts';
import { limited } from './surrogates.ts';

/** Rollouts of a step, and the [B, T] advantages of their tokens. */
interface Weighed {
  rollouts: Rollouts;
  advantages: Float64Array;
}

/**
 * Truncated importance weights of rollouts that an older policy π_old has drawn. Each token's advantage is multiplied by
 *
 *   min(π(y_t | x, y_<t) / π_old(y_t | x, y_<t), C),
 *
 * π being the policy at the beginning of the step, and the weight a constant. After that π counts as the policy that drew:
 * the rollouts come back with its log-probabilities and entropies, so that ratios and their bounds are of what the updates
 * of the step change, and the first of them is as on-policy.
 *
 * Source: Yao et al. 2025, "Your Efficient RL Framework Secretly Brings You Off-Policy RL Training", for the same policy
 * on two engines; the ratio apart from the weight: Hilton et al. 2022, arXiv 2110.00641, equation 3. The weights are of
 * tokens; those of whole answers, which alone are without bias, are not here.
 */
export async function truncated(
  policy: Policy,
  { rollouts, advantages }: Weighed,
  temperature: number,
  C: number,
): Promise<Weighed> {
  const { logProbs, entropies } = await policy.score({ batch: rollouts, temperature });
  const weighed = advantages.map(
    (advantage, at) =>
      advantage * Math.min(exp(limited(logProbs[at]! - rollouts.logProbs[at]!)), C),
  );
  return { rollouts: { ...rollouts, logProbs, entropies }, advantages: weighed };
}
