/**
 * Estimates of KL(π ‖ π_ref) from one token drawn from π, with d = log π − log π_ref in nats, and their slopes ∂/∂log π.
 * Source: Schulman 2020, "Approximating KL divergence".
 */
export interface KlEstimator {
  label: string;
  help: string;
  value(d: number): number;
  slope(d: number): number;
}

export const KL_ESTIMATORS = {
  k1: {
    label: 'k1',
    help: 'd = log π − log π_ref: unbiased, can be negative. In the loss its expected gradient is 0; it belongs in the reward.',
    value: (d) => d,
    slope: () => 1,
  },
  k2: {
    label: 'k2',
    help: 'd²/2: biased, never negative; its expected gradient on-policy is that of the KL itself.',
    value: (d) => (d * d) / 2,
    slope: (d) => d,
  },
  k3: {
    label: 'k3',
    help: 'exp(−d) − 1 + d: unbiased and never negative; the default of TRL and verl.',
    value: (d) => Math.expm1(-d) + d,
    slope: (d) => -Math.expm1(-d),
  },
} satisfies Record<string, KlEstimator>;

export type KlEstimatorName = keyof typeof KL_ESTIMATORS;
