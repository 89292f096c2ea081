import { exp } from '../../core/elementary.ts';
import type { RealArray } from './matrix.ts';
import type { Rows, Run } from '../rows.ts';

/**
 * Causal multi-head attention. A row of `qkv` holds the query, the key and the value, D channels each, of all heads;
 * a row attends to the rows of its history. Weights are kept in [rows, H, L].
 */
export interface AttentionSizes {
  positions: number;
  width: number;
  heads: number;
}

/** For rows `from` to `to`: weights_j = softmax_{j ≤ i}(q·k_j / √(D/H)), output = Σ_j weights_j · v_j. */
export function attention(
  output: RealArray,
  weights: RealArray,
  qkv: RealArray,
  rows: Rows,
  { positions: L, width: D, heads }: AttentionSizes,
  from: number,
  to: number,
): void {
  const channels = D / heads;
  const scale = 1 / Math.sqrt(channels);
  const { history, position } = rows;
  for (let row = from; row < to; row++) {
    const i = position[row]!;
    for (let head = 0; head < heads; head++) {
      const query = row * 3 * D + head * channels;
      const at = (row * heads + head) * L;
      let largest = -Infinity;
      for (let j = 0; j <= i; j++) {
        const key = history[row * L + j]! * 3 * D + D + head * channels;
        let dot = 0;
        for (let c = 0; c < channels; c++) dot += qkv[query + c]! * qkv[key + c]!;
        const score = dot * scale;
        weights[at + j] = score;
        if (score > largest) largest = score;
      }
      let sum = 0;
      for (let j = 0; j <= i; j++) {
        const unnormalised = exp(weights[at + j]! - largest);
        weights[at + j] = unnormalised;
        sum += unnormalised;
      }
      const out = row * D + head * channels;
      for (let c = 0; c < channels; c++) output[out + c] = 0;
      for (let j = 0; j <= i; j++) {
        const weight = weights[at + j]! / sum;
        weights[at + j] = weight;
        const value = history[row * L + j]! * 3 * D + 2 * D + head * channels;
        for (let c = 0; c < channels; c++) output[out + c]! += weight * qkv[value + c]!;
      }
    }
  }
}

/**
 * Adds to dQkv from the rows of a run. With e_j = dOutput·v_j and w the row's weights:  dv_j += w_j · dOutput,
 * ds_j = w_j · (e_j − Σ_k w_k e_k),  dq += ds_j · k_j / √(D/H),  dk_j += ds_j · q / √(D/H).
 */
export function attentionBackward(
  dQkv: RealArray,
  dOutput: RealArray,
  weights: RealArray,
  qkv: RealArray,
  rows: Rows,
  { positions: L, width: D, heads }: AttentionSizes,
  { from, to }: Run,
): void {
  const channels = D / heads;
  const scale = 1 / Math.sqrt(channels);
  const { history, position } = rows;
  const alignment = new Float64Array(L);
  for (let row = from; row < to; row++) {
    const i = position[row]!;
    for (let head = 0; head < heads; head++) {
      const query = row * 3 * D + head * channels;
      const out = row * D + head * channels;
      const at = (row * heads + head) * L;
      let mean = 0;
      for (let j = 0; j <= i; j++) {
        const value = history[row * L + j]! * 3 * D + 2 * D + head * channels;
        const weight = weights[at + j]!;
        let dot = 0;
        for (let c = 0; c < channels; c++) {
          dot += dOutput[out + c]! * qkv[value + c]!;
          dQkv[value + c]! += weight * dOutput[out + c]!;
        }
        alignment[j] = dot;
        mean += weight * dot;
      }
      for (let j = 0; j <= i; j++) {
        const key = history[row * L + j]! * 3 * D + D + head * channels;
        const dScore = weights[at + j]! * (alignment[j]! - mean) * scale;
        for (let c = 0; c < channels; c++) {
          dQkv[query + c]! += dScore * qkv[key + c]!;
          dQkv[key + c]! += dScore * qkv[query + c]!;
        }
      }
    }
  }
}
