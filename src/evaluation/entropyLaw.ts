import { exp } from '../core/elementary.ts';
import { mean } from '../core/statistics.ts';

/** One step of a run: the mean entropy of its sampled tokens in nats, and its mean reward. */
export interface EntropyReward {
  entropy: number;
  reward: number;
}

/** R = −a e^H + b. */
export interface EntropyLaw {
  /** Reward bought for each unit of e^H given up; negative where reward fell with entropy. */
  a: number;
  b: number;
  /** b − a, the fitted reward at H = 0: what the law says a policy without entropy left to trade would reach. */
  ceiling: number;
  /**
   * R² = 1 − Σ (R − fitted)² / Σ (R − mean R)², the share of the variance of R that the fit explains, from 0 to 1; null
   * where R does not vary.
   */
  rSquared: number | null;
}

/** The reward that a fit has at an entropy in nats. */
export function rewardAt({ a, b }: EntropyLaw, entropy: number): number {
  return b - a * exp(entropy);
}

/**
 * The least-squares fit of R = −a e^H + b, which is linear regression of R on x = e^H:
 * −a = Σ (x − x̄)(R − R̄) / Σ (x − x̄)², b = R̄ + a x̄. Points that are not finite are left out.
 *
 * @returns null for fewer than 3 points, or where every H is the same.
 * Source: Cui et al. 2025, "The Entropy Mechanism of Reinforcement Learning for Reasoning Language Models",
 * arXiv 2505.22617, equation 1.
 */
export function fitEntropyLaw(points: readonly EntropyReward[]): EntropyLaw | null {
  const finite = points.filter(
    ({ entropy, reward }) => Number.isFinite(entropy) && Number.isFinite(reward),
  );
  if (finite.length < 3 || finite.every(({ entropy }) => entropy === finite[0]!.entropy))
    return null;
  const xs = finite.map(({ entropy }) => exp(entropy));
  const rewards = finite.map(({ reward }) => reward);
  const [meanX, meanR] = [mean(xs), mean(rewards)];
  let [spreadX, spreadR, together] = [0, 0, 0];
  xs.forEach((x, i) => {
    const [offX, offR] = [x - meanX, rewards[i]! - meanR];
    spreadX += offX * offX;
    spreadR += offR * offR;
    together += offX * offR;
  });
  const a = -together / spreadX;
  const b = meanR + a * meanX;
  const constant = rewards.every((reward) => reward === rewards[0]);
  // Of a least-squares line, R² is the squared correlation.
  const rSquared = constant ? null : (together * together) / (spreadX * spreadR);
  return { a, b, ceiling: b - a, rSquared };
}
