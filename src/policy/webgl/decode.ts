import * as tf from '@tensorflow/tfjs';
import type { DecodeConstants } from './constants.ts';
import type { Activations } from './network.ts';
import { linear, normalise, softmax } from './operations.ts';
import type { Layer, Weights } from './weights.ts';

/** Keys and values of all positions so far, [B, N, D], 0 where nothing was computed yet. */
export type LayerCache = { keys: tf.Tensor3D; values: tf.Tensor3D };

/** The cache of P prompts, given their activations, repeated for the G responses of each: [P·G, N, D]. */
export function cacheOfPrompts(
  activations: Activations,
  constants: DecodeConstants,
  groupSize: number,
): LayerCache[] {
  const repeat = tf.ones([1, groupSize, 1, 1]);
  const spread = (promptsPND: tf.Tensor3D): tf.Tensor3D => {
    const filled = tf.matMul(constants.fillCache, promptsPND);
    const [P, N, D] = filled.shape as [number, number, number];
    return tf.reshape(tf.mul(tf.reshape(filled, [P, 1, N, D]), repeat), [P * groupSize, N, D]);
  };
  return activations.layers.map(({ keys, values }) => ({
    keys: spread(keys),
    values: spread(values),
  }));
}

/**
 * Computes one position of B sequences: returns [B, R + 1] logits and value, and the caches with that position added.
 * The shapes do not depend on the position, so every step runs the same programs on the same textures.
 */
export function decodeStep(
  weights: Weights,
  constants: DecodeConstants,
  average: tf.Tensor2D,
  twoHot: tf.Tensor2D,
  position: number,
  caches: LayerCache[],
): { output: tf.Tensor2D; caches: LayerCache[] } {
  let x: tf.Tensor2D = tf.matMul(twoHot, weights.embedding);
  const nextCaches = weights.layers.map((layer, index) => {
    const normed = normalise(x, average).output;
    const cache = extend(caches[index]!, normed, layer, constants, position);
    const attended = attend(linear(normed, layer.query), cache, constants, position);
    x = tf.add(x, linear(attended, layer.attentionOut)) as tf.Tensor2D;
    const hidden = linear(normalise(x, average).output, layer.mlpIn);
    const activated = tf.mul(hidden, tf.sigmoid(hidden)) as tf.Tensor2D;
    x = tf.add(x, linear(activated, layer.mlpOut)) as tf.Tensor2D;
    return cache;
  });
  return { output: linear(normalise(x, average).output, weights.head), caches: nextCaches };
}

function extend(
  { keys, values }: LayerCache,
  normed: tf.Tensor2D,
  layer: Layer,
  constants: DecodeConstants,
  position: number,
): LayerCache {
  const [B, D] = normed.shape;
  const put = (cache: tf.Tensor3D, row: tf.Tensor2D): tf.Tensor3D =>
    tf.add(cache, tf.mul(constants.placeAt[position]!, tf.reshape(row, [B, 1, D])));
  return {
    keys: put(keys, linear(normed, layer.key)),
    values: put(values, linear(normed, layer.value)),
  };
}

function attend(
  query: tf.Tensor2D,
  { keys, values }: LayerCache,
  constants: DecodeConstants,
  position: number,
): tf.Tensor2D {
  const [B, D] = query.shape;
  const queries = tf.mul(tf.reshape(query, [B, 1, D]), constants.scaledHeadMask) as tf.Tensor3D;
  const scores = tf.add(
    tf.matMul(queries, keys, false, true),
    constants.visibleFrom[position]!,
  ) as tf.Tensor3D;
  const heads = tf.mul(
    tf.matMul(softmax(scores, constants.ones), values),
    constants.headMask,
  ) as tf.Tensor3D;
  return tf.reshape(tf.matMul(constants.joinHeads, heads), [B, D]);
}
