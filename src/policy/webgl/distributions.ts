import { logSoftmax } from '../../core/categorical.ts';
import type { Batch } from '../policy.ts';
import { positionCount, type PolicyShape } from '../shape.ts';
import type { Device } from './device.ts';
import { startOf, type Arrangement } from './rows.ts';
import type { Texture } from './textures.ts';

/** The logits of a whole forward pass, and where each row of it stands. */
export interface Logits {
  texture: Texture;
  rows: Arrangement;
}

/**
 * Reads the logits of a batch back and writes log π of every output token, [B, T, R], into `distributions` from token
 * `offset` on. The normalisation runs here, in float64: it is asked for too seldom to be worth a program that every
 * page would have to compile.
 */
export async function readDistributions(
  device: Device,
  shape: PolicyShape,
  { texture, rows }: Logits,
  { lengths }: Batch,
  temperature: number,
  distributions: Float32Array,
  offset: number,
): Promise<void> {
  const { promptLength, responseLength: T, outputs: R } = shape;
  const y = startOf(shape, rows, promptLength - 1);
  const height = startOf(shape, rows, positionCount(shape)) - y;
  const width = Math.ceil(R / 4);
  const floats = await device.readRows(texture, { y, width, height });
  const logProbsV = new Float64Array(R);
  for (let b = 0; b < lengths.length; b++)
    for (let t = 0; t < lengths[b]!; t++) {
      // A group shares the last row of its prompt, which predicts the first token; see programs/prediction.ts.
      const row = t === 0 ? rows.promptOf[b]! : b;
      const quad = startOf(shape, rows, promptLength - 1 + t) + (row >> 2) - y;
      logSoftmax(floats, 4 * width * (height * (row & 3) + quad), temperature, logProbsV);
      distributions.set(logProbsV, (offset + b * T + t) * R);
    }
}
