/** Categorical distributions over a small vocabulary, given by logits. Natural logarithms, entropy in nats. */

/**
 * log π_v = z_v / τ − log Σ_u exp(z_u / τ), written to `logProbsV` for the V logits that start at `offset`.
 * Shifted by the largest logit, so it is finite for any finite logits. τ > 0 is the temperature.
 */
export function logSoftmax(
  logits: ArrayLike<number>,
  offset: number,
  temperature: number,
  logProbsV: Float64Array,
): void {
  const size = logProbsV.length;
  let largest = -Infinity;
  for (let v = 0; v < size; v++) largest = Math.max(largest, logits[offset + v]!);
  let sum = 0;
  for (let v = 0; v < size; v++) {
    const scaled = (logits[offset + v]! - largest) / temperature;
    logProbsV[v] = scaled;
    sum += Math.exp(scaled);
  }
  const logSum = Math.log(sum);
  for (let v = 0; v < size; v++) logProbsV[v]! -= logSum;
}

/** H = −Σ_v π_v log π_v in nats, in [0, log V]. A probability that underflows to 0 contributes 0; NaN stays NaN. */
export function entropy(logProbsV: ArrayLike<number>): number {
  let sum = 0;
  for (let v = 0; v < logProbsV.length; v++) {
    const probability = Math.exp(logProbsV[v]!);
    if (probability !== 0) sum -= probability * logProbsV[v]!;
  }
  return sum;
}

/**
 * Inverse-CDF draw: the smallest v with π_0 + … + π_v > u, for u in (0, 1).
 * If rounding leaves the whole sum at or below u, the last outcome with any probability is returned.
 */
export function drawIndex(logProbsV: ArrayLike<number>, u: number): number {
  let cumulative = 0;
  let lastPossible = 0;
  for (let v = 0; v < logProbsV.length; v++) {
    const probability = Math.exp(logProbsV[v]!);
    if (probability > 0) lastPossible = v;
    cumulative += probability;
    if (cumulative > u) return v;
  }
  return lastPossible;
}
