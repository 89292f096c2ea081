/** Categorical distributions over a small vocabulary, given by logits. Natural logarithms, entropy in nats. */

import { exp, log } from './elementary.ts';

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
    sum += exp(scaled);
  }
  const logSum = log(sum);
  for (let v = 0; v < size; v++) logProbsV[v]! -= logSum;
}

/** H = −Σ_v π_v log π_v in nats, in [0, log V]. A probability that underflows to 0 contributes 0; NaN stays NaN. */
export function entropy(logProbsV: ArrayLike<number>): number {
  let sum = 0;
  for (let v = 0; v < logProbsV.length; v++) {
    const probability = exp(logProbsV[v]!);
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
    const probability = exp(logProbsV[v]!);
    if (probability > 0) lastPossible = v;
    cumulative += probability;
    if (cumulative > u) return v;
  }
  return lastPossible;
}

/**
 * Far above what float32 rounds a sum of some dozen probabilities by (1e-7), far below what anybody sets top-p to: so the
 * engines keep the same outcomes where the sum reaches top-p exactly, as 0.5 + 0.3 does 0.8.
 */
export const NUCLEUS_SLACK = 1e-6;

/**
 * Nucleus sampling: keeps the smallest set of likeliest outcomes whose probability reaches `topP`, up to a slack of
 * 1e-6 for rounding, and renormalises in place; the others get −∞. Of equally likely outcomes the one with the lower
 * index is the likelier. So v is kept where
 *
 *   Σ π_u over the u likelier than v  <  topP − 1e-6,
 *
 * and the likeliest always is. O(V²), without sorting, as the shader does it (policy/webgl/programs/prediction.ts).
 * With topP = 1 nothing changes, whatever the sum rounds to.
 *
 * Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.1.
 * @throws RangeError unless 0 < topP ≤ 1.
 */
export function keepNucleus(logProbsV: Float64Array, topP: number): void {
  if (!(topP > 0 && topP <= 1))
    throw new RangeError(`top-p must be above 0 and at most 1, got ${topP}`);
  if (topP === 1) return;
  const V = logProbsV.length;
  const kept: boolean[] = [];
  let mass = 0;
  for (let v = 0; v < V; v++) {
    let above = 0;
    for (let u = 0; u < V; u++)
      if (logProbsV[u]! > logProbsV[v]! || (logProbsV[u] === logProbsV[v] && u < v))
        above += exp(logProbsV[u]!);
    // Above the likeliest there is nothing.
    kept.push(above === 0 || above < topP - NUCLEUS_SLACK);
    if (kept[v]) mass += exp(logProbsV[v]!);
  }
  for (let v = 0; v < V; v++) logProbsV[v] = kept[v] ? logProbsV[v]! - log(mass) : -Infinity;
}
