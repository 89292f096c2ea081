import { mean, sampleStandardDeviation } from '../core/statistics.ts';

/**
 * How rewards become advantages. Every estimator maps the rewards of one group (G ≥ 1 samples of one prompt) to one
 * advantage a sample, which all tokens of the sample share.
 */
export type AdvantageEstimator = (groupRewards: readonly number[]) => number[];

/** Keeps (r − mean) / std finite where all rewards are equal; the value of TRL. */
const STANDARD_DEVIATION_EPSILON = 1e-4;

export const ADVANTAGES = {
  /**
   * A_i = (r_i − mean(r)) / (std(r) + 1e-4), with the sample standard deviation (divisor G − 1).
   * Source: GRPO, Shao et al. 2024 (DeepSeekMath), section 4.1.2; ε and the divisor as in TRL.
   */
  'group-standardized': (rewards) => {
    const centre = mean(rewards);
    const deviation = sampleStandardDeviation(rewards);
    return rewards.map((reward) => (reward - centre) / (deviation + STANDARD_DEVIATION_EPSILON));
  },

  /** A_i = r_i − mean(r). Source: Dr. GRPO, Liu et al. 2025, "Understanding R1-Zero-Like Training". */
  'group-centered': (rewards) => {
    const centre = mean(rewards);
    return rewards.map((reward) => reward - centre);
  },

  /**
   * A_i = r_i − mean of the other G − 1 rewards; 0 for a group of one, which has no others.
   * Source: Kool et al. 2019, "Buy 4 REINFORCE Samples, Get a Baseline for Free"; Ahmadian et al. 2024 (RLOO).
   */
  'leave-one-out': (rewards) => {
    const sum = rewards.reduce((total, reward) => total + reward, 0);
    const others = rewards.length - 1;
    return rewards.map((reward) => (others === 0 ? 0 : reward - (sum - reward) / others));
  },
} satisfies Record<string, AdvantageEstimator>;

export type AdvantageName = keyof typeof ADVANTAGES;

/** Applies an estimator to each group of `groupSize` consecutive rewards. */
export function groupAdvantages(
  name: AdvantageName,
  rewards: readonly number[],
  groupSize: number,
): number[] {
  const advantages: number[] = [];
  for (let start = 0; start < rewards.length; start += groupSize)
    advantages.push(...ADVANTAGES[name](rewards.slice(start, start + groupSize)));
  return advantages;
}
