/**
 * Generalised advantage estimation with γ = 1 over [B, T] arrays: δ_t = r_t + V_{t+1} − V_t with V = 0 after the end,
 * A_t = δ_t + λ · A_{t+1}, and the returns A_t + V_t that the value output is fitted to.
 * Source: Schulman et al. 2016, "High-Dimensional Continuous Control Using Generalized Advantage Estimation", equation 16.
 */
export function generalisedAdvantages(
  rewards: Float64Array,
  values: ArrayLike<number>,
  lengths: Int32Array,
  T: number,
  lambda: number,
): { advantages: Float64Array; returns: Float64Array } {
  const advantages = new Float64Array(rewards.length);
  const returns = new Float64Array(rewards.length);
  lengths.forEach((length, b) => {
    let nextValue = 0;
    let nextAdvantage = 0;
    for (let at = b * T + length - 1; at >= b * T; at--) {
      const value = values[at]!;
      nextAdvantage = rewards[at]! + nextValue - value + lambda * nextAdvantage;
      advantages[at] = nextAdvantage;
      returns[at] = nextAdvantage + value;
      nextValue = value;
    }
  });
  return { advantages, returns };
}

/**
 * The clipped value loss of one token, ½ max((V − R)², (clip(V, V_old ± range) − R)²), and its slope ∂/∂V.
 * Source: Schulman et al., the PPO implementation of OpenAI Baselines; verl and TRL keep it.
 */
export function valueLoss(
  value: number,
  oldValue: number,
  target: number,
  range: number,
): { loss: number; slope: number } {
  const bounded = Math.min(oldValue + range, Math.max(oldValue - range, value));
  const [error, boundedError] = [value - target, bounded - target];
  const [plain, clipped] = [(error * error) / 2, (boundedError * boundedError) / 2];
  return plain >= clipped ? { loss: plain, slope: error } : { loss: clipped, slope: 0 };
}
