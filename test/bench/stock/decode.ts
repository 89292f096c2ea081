import * as tf from '@tensorflow/tfjs';
import type { DecodeConstants, PassConstants } from './constants.ts';
import type { Activations } from './network.ts';
import { linear, normalise, softmax } from './operations.ts';
import { product } from './product.ts';
import type { Head, Weights } from './weights.ts';

/** One head's keys and values at all positions so far, [B, N, D/H], 0 where nothing was computed yet. */
export type HeadCache = { keys: tf.Tensor3D; values: tf.Tensor3D };

/** Caches by layer, then by head. */
export type Cache = HeadCache[][];

/** The cache of P prompts, given their activations, repeated for the G responses of each: [P·G, N, D/H]. */
export function cacheOfPrompts(
  activations: Activations,
  constants: DecodeConstants,
  groupSize: number,
): Cache {
  const repeat = tf.ones([1, groupSize, 1, 1]);
  const spread = (promptsPNC: tf.Tensor3D): tf.Tensor3D => {
    const filled = product(constants.fillCache, promptsPNC);
    const [P, N, C] = filled.shape as [number, number, number];
    return tf.reshape(tf.mul(tf.reshape(filled, [P, 1, N, C]), repeat), [P * groupSize, N, C]);
  };
  return activations.layers.map(({ heads }) =>
    heads.map(({ keys, values }) => ({ keys: spread(keys), values: spread(values) })),
  );
}

/**
 * Computes one position of B sequences: returns [B, R + 1] logits and value, and the cache with that position added.
 * The shapes do not depend on the position, so every step runs the same programs on the same textures.
 */
export function decodeStep(
  weights: Weights,
  pass: PassConstants,
  decoding: DecodeConstants,
  twoHot: tf.Tensor2D,
  position: number,
  cache: Cache,
): { output: tf.Tensor2D; cache: Cache } {
  let x: tf.Tensor2D = product(twoHot, weights.embedding);
  const place = decoding.placeAt[position]!;
  const visible = decoding.visibleFrom[position]!;
  const nextCache = weights.layers.map((layer, index) => {
    const normed = normalise(x, pass.average).output;
    const heads = layer.heads.map((head, h) => {
      const extended = extend(cache[index]![h]!, normed, head, place);
      const query = linear(normed, head.query);
      x = tf.add(x, linear(attend(query, extended, visible, pass.ones), head.out));
      return extended;
    });
    const hidden = linear(normalise(x, pass.average).output, layer.mlpIn);
    const activated = tf.mul(hidden, tf.sigmoid(hidden)) as tf.Tensor2D;
    x = tf.add(x, linear(activated, layer.mlpOut));
    return heads;
  });
  const output = linear(normalise(x, pass.average).output, weights.output);
  return { output, cache: nextCache };
}

/** [B, C] → [B, 1, C] */
const asPosition = (row: tf.Tensor2D): tf.Tensor3D =>
  tf.reshape(row, [row.shape[0], 1, row.shape[1]]);

function extend(
  { keys, values }: HeadCache,
  normed: tf.Tensor2D,
  head: Head,
  place: tf.Tensor3D,
): HeadCache {
  const put = (cached: tf.Tensor3D, row: tf.Tensor2D): tf.Tensor3D =>
    tf.add(cached, tf.mul(place, asPosition(row)));
  return {
    keys: put(keys, linear(normed, head.key)),
    values: put(values, linear(normed, head.value)),
  };
}

/** softmax(q·kᵀ)·v over the positions that are visible, [B, C]. */
function attend(
  query: tf.Tensor2D,
  { keys, values }: HeadCache,
  visible: tf.Tensor3D,
  ones: tf.Tensor3D,
): tf.Tensor2D {
  const scores = tf.add(
    product(asPosition(query), keys, { transposeB: true }),
    visible,
  ) as tf.Tensor3D;
  return tf.reshape(product(softmax(scores, ones), values), query.shape);
}
