import { exp, expm1 } from '../core/elementary.ts';
import type { Described } from './described.ts';

/**
 * Estimates of KL(π ‖ π_ref) from one token, with d = log π − log π_ref and log w = log π − log π_old in nats, and their
 * slopes ∂/∂log π. Only one of them minds that π_old drew the token; the others take it for one of π's own.
 * Source: Schulman 2020, "Approximating KL divergence".
 *
 * In a loss the mean of slope · ∇log π counts, and an unbiased value does not make it the gradient of the value's mean:
 * for tokens of π it is 0 for k1, ∇KL(π ‖ π_ref) for k2 and for k3 with its ratio, ∇KL(π_ref ‖ π) for k3.
 */
export interface KlEstimator extends Described {
  value(d: number, logRatio: number): number;
  slope(d: number, logRatio: number): number;
}

export const KL_ESTIMATORS = {
  k1: {
    label: 'k1',
    help: 'd = log π − log π_ref: unbiased, can be negative. In the loss its expected gradient is 0, so it belongs in the reward.',
    value: (d) => d,
    slope: () => 1,
  },
  k2: {
    label: 'k2',
    help: 'd²/2: biased, never negative; its expected gradient on-policy is that of KL(π ‖ π_ref) itself.',
    value: (d) => (d * d) / 2,
    slope: (d) => d,
  },
  k3: {
    label: 'k3',
    help: 'exp(−d) − 1 + d: a value without bias, never negative. In the loss its expected gradient on-policy is that of KL(π_ref ‖ π), the distance the other way round. What verl calls low_var_kl; TRL before 1.10.',
    value: (d) => expm1(-d) + d,
    slope: (d) => -expm1(-d),
  },
  /**
   * ∂(w · k3)/∂log π = w · (k3 + 1 − exp(−d)) = w · d. TRL takes the ratio of the sequence where its surrogate does;
   * here it is always the token's, as in the source: DeepSeek-V3.2, 2025, arXiv 2512.02556.
   */
  'k3-weighted': {
    label: 'w · k3',
    help: 'k3 times the ratio w = π / π_old: without bias off-policy too, and its expected gradient, of slope w · d, is that of KL(π ‖ π_ref). TRL from 1.10 on.',
    value: (d, logRatio) => exp(logRatio) * (expm1(-d) + d),
    slope: (d, logRatio) => exp(logRatio) * d,
  },
} satisfies Record<string, KlEstimator>;

export type KlEstimatorName = keyof typeof KL_ESTIMATORS;

/** Where a penalty on the KL distance from the base stands. */
export const KL_PLACEMENTS = {
  loss: {
    inLoss: true,
    label: 'in the loss',
    help: 'The estimate is added to the loss of each token, and its gradient is followed.',
  },
  reward: {
    inLoss: false,
    label: 'in the reward',
    help: 'The estimate is subtracted from the reward of each token, before advantages are made.',
  },
} satisfies Record<string, Described & { inLoss: boolean }>;

export type KlPlacementName = keyof typeof KL_PLACEMENTS;
