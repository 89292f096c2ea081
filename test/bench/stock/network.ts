import * as tf from '@tensorflow/tfjs';
import type { PassConstants } from './constants.ts';
import {
  linear,
  linearBackward,
  normalise,
  normaliseBackward,
  softmax,
  softmaxBackward,
  type LinearGradient,
  type Normalised,
} from './operations.ts';
import { product } from './product.ts';
import type { Head, Layer, Weights } from './weights.ts';

/**
 * The network of `shape.ts` on all positions at once, forward and backward, as tfjs operations.
 *
 * Rows are ordered sequence by sequence with N (even) positions each: row b·N + i. So [B·N, D] and [B, N, D] are the
 * same texture, and changing between them is free.
 */
export interface Activations {
  /** [B·N, V + L] the token and the position */
  twoHot: tf.Tensor2D;
  layers: LayerActivations[];
  finalNorm: Normalised;
  /** [B·N, R + 1] logits and, in the last column, the value */
  output: tf.Tensor2D;
}

interface LayerActivations {
  norm1: Normalised;
  heads: HeadActivations[];
  norm2: Normalised;
  /** [B·N, F]: σ(u) and silu(u) = u·σ(u) */
  gate: tf.Tensor2D;
  activated: tf.Tensor2D;
}

/** [B, N, D/H] each, the queries scaled; the weights [B, N, N]. */
interface HeadActivations {
  queries: tf.Tensor3D;
  keys: tf.Tensor3D;
  values: tf.Tensor3D;
  weights: tf.Tensor3D;
  attended: tf.Tensor2D;
}

/** The gradients of {@link Weights}, in the same arrangement. */
export interface WeightGradients {
  embedding: tf.Tensor2D;
  layers: {
    heads: { [name in keyof Head]: LinearGradient }[];
    mlpIn: LinearGradient;
    mlpOut: LinearGradient;
  }[];
  output: LinearGradient;
}

const byRow = (tensor: tf.Tensor3D): tf.Tensor2D =>
  tf.reshape(tensor, [tensor.shape[0] * tensor.shape[1], tensor.shape[2]]);

const bySequence = (tensor: tf.Tensor2D, N: number): tf.Tensor3D =>
  tf.reshape(tensor, [tensor.shape[0] / N, N, tensor.shape[1]]);

export function forward(
  weights: Weights,
  constants: PassConstants,
  twoHot: tf.Tensor2D,
): Activations {
  let x: tf.Tensor2D = product(twoHot, weights.embedding);
  const layers = weights.layers.map((layer) => {
    const [next, activations] = forwardLayer(x, layer, constants);
    x = next;
    return activations;
  });
  const finalNorm = normalise(x, constants.average);
  return { twoHot, layers, finalNorm, output: linear(finalNorm.output, weights.output) };
}

function forwardLayer(
  x: tf.Tensor2D,
  layer: Layer,
  constants: PassConstants,
): [tf.Tensor2D, LayerActivations] {
  const norm1 = normalise(x, constants.average);
  let stream = x;
  const heads = layer.heads.map((head) => {
    const activations = forwardHead(norm1.output, head, constants);
    stream = tf.add(stream, linear(activations.attended, head.out));
    return activations;
  });
  const norm2 = normalise(stream, constants.average);
  const hidden = linear(norm2.output, layer.mlpIn);
  const gate = tf.sigmoid(hidden) as tf.Tensor2D;
  const activated = tf.mul(hidden, gate) as tf.Tensor2D;
  const next = tf.add(stream, linear(activated, layer.mlpOut)) as tf.Tensor2D;
  return [next, { norm1, heads, norm2, gate, activated }];
}

function forwardHead(
  normed: tf.Tensor2D,
  head: Head,
  { positions: N, causal, ones }: PassConstants,
): HeadActivations {
  const queries = bySequence(linear(normed, head.query), N);
  const keys = bySequence(linear(normed, head.key), N);
  const values = bySequence(linear(normed, head.value), N);
  const scores = tf.add(product(queries, keys, { transposeB: true }), causal) as tf.Tensor3D;
  const weights = softmax(scores, ones);
  return { queries, keys, values, weights, attended: byRow(product(weights, values)) };
}

/** All gradients of J, given ∂J/∂output [B·N, R + 1]. `twoOnes` is [2, B·N] of 1. */
export function backward(
  weights: Weights,
  constants: PassConstants,
  twoOnes: tf.Tensor2D,
  activations: Activations,
  dOutput: tf.Tensor2D,
): WeightGradients {
  const output = linearBackward(dOutput, activations.finalNorm.output, weights.output, twoOnes);
  let dx = normaliseBackward(output.dInput, activations.finalNorm, constants.average);
  const layers: WeightGradients['layers'] = [];
  for (let index = weights.layers.length - 1; index >= 0; index--) {
    const { dInput, ...gradients } = backwardLayer(
      dx,
      activations.layers[index]!,
      weights.layers[index]!,
      constants,
      twoOnes,
    );
    dx = dInput;
    layers.unshift(gradients);
  }
  return { embedding: product(activations.twoHot, dx, { transposeA: true }), layers, output };
}

function backwardLayer(
  dNext: tf.Tensor2D,
  { norm1, heads, norm2, gate, activated }: LayerActivations,
  layer: Layer,
  constants: PassConstants,
  twoOnes: tf.Tensor2D,
): WeightGradients['layers'][number] & { dInput: tf.Tensor2D } {
  const { average } = constants;
  const mlpOut = linearBackward(dNext, activated, layer.mlpOut, twoOnes);
  // silu′(u) = σ + u·σ·(1 − σ) = σ + a − a·σ
  const slope = tf.sub(tf.add(gate, activated), tf.mul(activated, gate)) as tf.Tensor2D;
  const dHidden = tf.mul(mlpOut.dInput, slope) as tf.Tensor2D;
  const mlpIn = linearBackward(dHidden, norm2.output, layer.mlpIn, twoOnes);
  const dStream = tf.add(dNext, normaliseBackward(mlpIn.dInput, norm2, average)) as tf.Tensor2D;

  const headGradients = layer.heads.map((head, index) =>
    backwardHead(dStream, norm1.output, heads[index]!, head, constants, twoOnes),
  );
  const dNormed = headGradients
    .flatMap(({ query, key, value }) => [query.dInput, key.dInput, value.dInput])
    .reduce((sum, term) => tf.add(sum, term));
  return {
    heads: headGradients,
    mlpIn,
    mlpOut,
    dInput: tf.add(dStream, normaliseBackward(dNormed, norm1, average)),
  };
}

function backwardHead(
  dStream: tf.Tensor2D,
  normed: tf.Tensor2D,
  { queries, keys, values, weights, attended }: HeadActivations,
  head: Head,
  { positions: N, ones }: PassConstants,
  twoOnes: tf.Tensor2D,
): { [name in keyof Head]: LinearGradient } {
  const out = linearBackward(dStream, attended, head.out, twoOnes);
  const dAttended = bySequence(out.dInput, N);
  const dWeights = product(dAttended, values, { transposeB: true }) as tf.Tensor3D;
  const dScores = softmaxBackward(dWeights, weights, ones);
  const dQueries = byRow(product(dScores, keys));
  const dKeys = byRow(product(dScores, queries, { transposeA: true }));
  const dValues = byRow(product(weights, dAttended, { transposeA: true }));
  return {
    query: linearBackward(dQueries, normed, head.query, twoOnes),
    key: linearBackward(dKeys, normed, head.key, twoOnes),
    value: linearBackward(dValues, normed, head.value, twoOnes),
    out,
  };
}
