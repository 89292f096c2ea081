import type { RealArray } from './matrix.ts';

/**
 * Causal multi-head attention over sequences whose rows are ordered position by position: the row of position i in
 * sequence b is i·B + b. A row of `qkv` holds the query, the key and the value, D channels each, of all heads.
 */
export interface AttentionSizes {
  sequences: number;
  positions: number;
  width: number;
  heads: number;
}

/** Index of the weight that position i of sequence b gives to position 0, in [B, H, L, L]. */
function weightsAt(sizes: AttentionSizes, b: number, head: number, i: number): number {
  return ((b * sizes.heads + head) * sizes.positions + i) * sizes.positions;
}

/** For positions `from` to `to`: weights_ij = softmax_{j ≤ i}(q_i·k_j / √(D/H)), output_i = Σ_j weights_ij · v_j. */
export function attention(
  output: RealArray,
  weightsBHLL: RealArray,
  qkv: RealArray,
  sizes: AttentionSizes,
  from: number,
  to: number,
): void {
  const { sequences: B, width: D, heads } = sizes;
  const channels = D / heads;
  const scale = 1 / Math.sqrt(channels);
  for (let i = from; i < to; i++)
    for (let b = 0; b < B; b++)
      for (let head = 0; head < heads; head++) {
        const queryAt = (i * B + b) * 3 * D + head * channels;
        const at = weightsAt(sizes, b, head, i);
        let largest = -Infinity;
        for (let j = 0; j <= i; j++) {
          const keyAt = (j * B + b) * 3 * D + D + head * channels;
          let dot = 0;
          for (let c = 0; c < channels; c++) dot += qkv[queryAt + c]! * qkv[keyAt + c]!;
          const score = dot * scale;
          weightsBHLL[at + j] = score;
          if (score > largest) largest = score;
        }
        let sum = 0;
        for (let j = 0; j <= i; j++) {
          const unnormalised = Math.exp(weightsBHLL[at + j]! - largest);
          weightsBHLL[at + j] = unnormalised;
          sum += unnormalised;
        }
        const outputAt = (i * B + b) * D + head * channels;
        for (let c = 0; c < channels; c++) output[outputAt + c] = 0;
        for (let j = 0; j <= i; j++) {
          const weight = weightsBHLL[at + j]! / sum;
          weightsBHLL[at + j] = weight;
          const valueAt = (j * B + b) * 3 * D + 2 * D + head * channels;
          for (let c = 0; c < channels; c++) output[outputAt + c]! += weight * qkv[valueAt + c]!;
        }
      }
}

/**
 * Adds to dQkv. With e_j = dOutput_i·v_j and w = weights_i:  dv_j += w_j · dOutput_i,
 * ds_j = w_j · (e_j − Σ_k w_k e_k),  dq_i += ds_j · k_j / √(D/H),  dk_j += ds_j · q_i / √(D/H).
 */
export function attentionBackward(
  dQkv: RealArray,
  dOutput: RealArray,
  weightsBHLL: RealArray,
  qkv: RealArray,
  sizes: AttentionSizes,
): void {
  const { sequences: B, positions: L, width: D, heads } = sizes;
  const channels = D / heads;
  const scale = 1 / Math.sqrt(channels);
  const alignment = new Float64Array(L);
  for (let i = 0; i < L; i++)
    for (let b = 0; b < B; b++)
      for (let head = 0; head < heads; head++) {
        const queryAt = (i * B + b) * 3 * D + head * channels;
        const outputAt = (i * B + b) * D + head * channels;
        const at = weightsAt(sizes, b, head, i);
        let mean = 0;
        for (let j = 0; j <= i; j++) {
          const valueAt = (j * B + b) * 3 * D + 2 * D + head * channels;
          const weight = weightsBHLL[at + j]!;
          let dot = 0;
          for (let c = 0; c < channels; c++) {
            dot += dOutput[outputAt + c]! * qkv[valueAt + c]!;
            dQkv[valueAt + c]! += weight * dOutput[outputAt + c]!;
          }
          alignment[j] = dot;
          mean += weight * dot;
        }
        for (let j = 0; j <= i; j++) {
          const keyAt = (j * B + b) * 3 * D + D + head * channels;
          const dScore = weightsBHLL[at + j]! * (alignment[j]! - mean) * scale;
          for (let c = 0; c < channels; c++) {
            dQkv[queryAt + c]! += dScore * qkv[keyAt + c]!;
            dQkv[keyAt + c]! += dScore * qkv[queryAt + c]!;
          }
        }
      }
}
