import * as tf from '@tensorflow/tfjs';
import { LAYER_NORM_EPSILON } from '../../../src/policy/shape.ts';
import { product } from './product.ts';
import type { Linear } from './weights.ts';

/**
 * The network's composite operations, forward and backward, from tfjs operations that have packed programs. Sums over
 * a row are products with a column of constants: tfjs's own reductions have no packed program and would cost two
 * conversions each.
 */

/** input·W + c for rows [n, A]. */
export function linear(input: tf.Tensor2D, { weight, bias }: Linear): tf.Tensor2D {
  return product(input, weight, { bias });
}

/** What {@link linearBackward} finds; `dBias` is [2, B], two equal rows. */
export interface LinearGradient {
  dInput: tf.Tensor2D;
  dWeight: tf.Tensor2D;
  dBias: tf.Tensor2D | null;
}

/** dInput = dOutput·Wᵀ, dW = inputᵀ·dOutput, dc = Σ_rows dOutput. `twoOnes` is [2, rows] of 1. */
export function linearBackward(
  dOutput: tf.Tensor2D,
  input: tf.Tensor2D,
  { weight, bias }: Linear,
  twoOnes: tf.Tensor2D,
): LinearGradient {
  return {
    dInput: product(dOutput, weight, { transposeB: true }),
    dWeight: product(input, dOutput, { transposeA: true }),
    // Two equal rows, since tfjs takes a slower path of two programs for the product of a single long row.
    dBias: bias ? product(twoOnes, dOutput) : null,
  };
}

/** A layer norm without gain and bias; what its backward pass needs is its own result and 1/√(var + ε) [n, 1]. */
export interface Normalised {
  output: tf.Tensor2D;
  inverseDeviation: tf.Tensor2D;
}

/** (x − mean) / √(var + ε) for rows [n, D]; `average` is [D, 1] filled with 1/D. */
export function normalise(x: tf.Tensor2D, average: tf.Tensor2D): Normalised {
  const centred = tf.sub(x, product(x, average)) as tf.Tensor2D;
  const variance = product(tf.mul(centred, centred) as tf.Tensor2D, average);
  const inverseDeviation = tf.rsqrt(tf.add(variance, LAYER_NORM_EPSILON)) as tf.Tensor2D;
  return { output: tf.mul(centred, inverseDeviation), inverseDeviation };
}

/** dx = (dn − mean(dn) − n · mean(dn · n)) / √(var + ε) */
export function normaliseBackward(
  dOutput: tf.Tensor2D,
  { output, inverseDeviation }: Normalised,
  average: tf.Tensor2D,
): tf.Tensor2D {
  const mean = product(dOutput, average);
  const projection = product(tf.mul(dOutput, output) as tf.Tensor2D, average);
  return tf.mul(
    tf.sub(tf.sub(dOutput, mean), tf.mul(output, projection)),
    inverseDeviation,
  ) as tf.Tensor2D;
}

/** Softmax over the last axis of [B, n, N]; `ones` is [1, N, 1]. */
export function softmax(scores: tf.Tensor3D, ones: tf.Tensor3D): tf.Tensor3D {
  const unnormalised = tf.exp(tf.sub(scores, tf.max(scores, -1, true))) as tf.Tensor3D;
  return tf.div(unnormalised, product(unnormalised, ones));
}

/** ds = p · (dp − Σ p dp) */
export function softmaxBackward(
  dOutput: tf.Tensor3D,
  output: tf.Tensor3D,
  ones: tf.Tensor3D,
): tf.Tensor3D {
  const weighted = tf.mul(output, dOutput) as tf.Tensor3D;
  return tf.sub(weighted, tf.mul(output, product(weighted, ones)));
}
