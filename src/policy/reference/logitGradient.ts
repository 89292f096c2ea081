import { entropy } from '../../core/categorical.ts';
import { exp } from '../../core/elementary.ts';
import type { RealArray } from './matrix.ts';

/**
 * ∂J/∂z of one token's logits z, added to `dLogits` at `offset`, where log π = log softmax(z / τ):
 * (logProbWeight · (1[v = token] − π_v) − entropyWeight · π_v (log π_v + H)) / τ.
 */
export function addLogitGradient(
  dLogits: RealArray,
  offset: number,
  logProbsV: Float64Array,
  token: number,
  temperature: number,
  logProbWeight: number,
  entropyWeight: number,
): void {
  const H = entropyWeight === 0 ? 0 : entropy(logProbsV);
  for (let v = 0; v < logProbsV.length; v++) {
    const probability = exp(logProbsV[v]!);
    let slope = logProbWeight * ((v === token ? 1 : 0) - probability);
    if (entropyWeight !== 0 && probability > 0)
      slope -= entropyWeight * probability * (logProbsV[v]! + H);
    dLogits[offset + v]! += slope / temperature;
  }
}
