import * as tf from '@tensorflow/tfjs';
import type { HeadConstants } from './constants.ts';
import {
  linear,
  normalise,
  normaliseBackward,
  softmax,
  softmaxBackward,
  type Normalised,
} from './operations.ts';
import { LAYER_LINEARS, type Layer, type Linear, type Weights } from './weights.ts';

/**
 * The network of `shape.ts` on all positions at once, forward and backward, as tfjs operations.
 *
 * Rows are ordered sequence by sequence, N = even number of positions each: row b·N + i. So [B·N, D] and [B, N, D] are
 * the same texture, and changing between them is free.
 */
export interface Activations {
  /** [B·N, V + L] two-hot: the token and the position */
  twoHot: tf.Tensor2D;
  layers: LayerActivations[];
  finalNorm: Normalised;
  /** [B·N, R + 1] logits and, in the last column, the value */
  output: tf.Tensor2D;
}

interface LayerActivations {
  norm1: Normalised;
  /** [B, H·N, D], heads stacked and scaled */
  queries: tf.Tensor3D;
  /** [B, N, D] */
  keys: tf.Tensor3D;
  values: tf.Tensor3D;
  /** [B, H·N, N] */
  attentionWeights: tf.Tensor3D;
  /** [B·N, D] */
  attended: tf.Tensor2D;
  norm2: Normalised;
  /** [B·N, F]: σ(u) and silu(u) = u·σ(u) */
  gate: tf.Tensor2D;
  activated: tf.Tensor2D;
}

/** Gradients in the order of {@link gradientOrder}: matrices [A, B] and, for a bias, [2, B] with two equal rows. */
export type Gradients = tf.Tensor2D[];

export function forward(
  weights: Weights,
  constants: HeadConstants,
  average: tf.Tensor2D,
  twoHot: tf.Tensor2D,
): Activations {
  let x: tf.Tensor2D = tf.matMul(twoHot, weights.embedding);
  const layers = weights.layers.map((layer) => {
    const [next, activations] = forwardLayer(x, layer, constants, average);
    x = next;
    return activations;
  });
  const finalNorm = normalise(x, average);
  return { twoHot, layers, finalNorm, output: linear(finalNorm.output, weights.head) };
}

function forwardLayer(
  x: tf.Tensor2D,
  layer: Layer,
  constants: HeadConstants,
  average: tf.Tensor2D,
): [tf.Tensor2D, LayerActivations] {
  const rows = x.shape[0];
  const D = x.shape[1];
  const N = constants.positions;
  const bySequence = (tensor: tf.Tensor2D): tf.Tensor3D => tf.reshape(tensor, [rows / N, N, D]);

  const norm1 = normalise(x, average);
  const query = bySequence(linear(norm1.output, layer.query));
  const keys = bySequence(linear(norm1.output, layer.key));
  const values = bySequence(linear(norm1.output, layer.value));
  const queries = tf.mul(
    tf.matMul(constants.joinHeads, query, true, false),
    constants.scaledHeadMask,
  ) as tf.Tensor3D;
  const scores = tf.add(tf.matMul(queries, keys, false, true), constants.causal) as tf.Tensor3D;
  const attentionWeights = softmax(scores, constants.ones);
  const heads = tf.mul(tf.matMul(attentionWeights, values), constants.headMask) as tf.Tensor3D;
  const attended = tf.reshape(tf.matMul(constants.joinHeads, heads), [rows, D]) as tf.Tensor2D;
  const attentive = tf.add(x, linear(attended, layer.attentionOut)) as tf.Tensor2D;

  const norm2 = normalise(attentive, average);
  const hidden = linear(norm2.output, layer.mlpIn);
  const gate = tf.sigmoid(hidden);
  const activated = tf.mul(hidden, gate) as tf.Tensor2D;
  const next = tf.add(attentive, linear(activated, layer.mlpOut)) as tf.Tensor2D;
  return [
    next,
    { norm1, queries, keys, values, attentionWeights, attended, norm2, gate, activated },
  ];
}

/** dW = inputᵀ·dOutput, dc = Σ_rows dOutput and dInput = dOutput·Wᵀ. `twoOnes` is [2, rows] of 1. */
function linearBackward(
  dOutput: tf.Tensor2D,
  input: tf.Tensor2D,
  { weight }: Linear,
  twoOnes: tf.Tensor2D,
): { dInput: tf.Tensor2D; gradients: [tf.Tensor2D, tf.Tensor2D] } {
  return {
    dInput: tf.matMul(dOutput, weight, false, true),
    // Two equal rows, since tfjs takes a slower path of two programs for the product of a single long row.
    gradients: [tf.matMul(input, dOutput, true, false), tf.matMul(twoOnes, dOutput)],
  };
}

/** All gradients of J, given ∂J/∂output [B·N, R + 1]. */
export function backward(
  weights: Weights,
  constants: HeadConstants,
  average: tf.Tensor2D,
  twoOnes: tf.Tensor2D,
  activations: Activations,
  dOutput: tf.Tensor2D,
): Gradients {
  const head = linearBackward(dOutput, activations.finalNorm.output, weights.head, twoOnes);
  let dx = normaliseBackward(head.dInput, activations.finalNorm, average);
  const layerGradients: Gradients[] = [];
  for (let index = weights.layers.length - 1; index >= 0; index--) {
    const layer = weights.layers[index]!;
    const result = backwardLayer(
      dx,
      activations.layers[index]!,
      layer,
      constants,
      average,
      twoOnes,
    );
    dx = result.dx;
    layerGradients.unshift(result.gradients);
  }
  const embedding = tf.matMul(activations.twoHot, dx, true, false);
  return [embedding, ...layerGradients.flat(), ...head.gradients];
}

function backwardLayer(
  dNext: tf.Tensor2D,
  activations: LayerActivations,
  layer: Layer,
  constants: HeadConstants,
  average: tf.Tensor2D,
  twoOnes: tf.Tensor2D,
): { dx: tf.Tensor2D; gradients: Gradients } {
  const [rows, D] = dNext.shape;
  const N = constants.positions;
  const byRow = (tensor: tf.Tensor3D): tf.Tensor2D => tf.reshape(tensor, [rows, D]);
  const { norm1, norm2, gate, activated, attentionWeights, queries, keys, values } = activations;

  const mlpOut = linearBackward(dNext, activated, layer.mlpOut, twoOnes);
  // silu′(u) = σ + u·σ·(1 − σ) = σ + a − a·σ
  const slope = tf.sub(tf.add(gate, activated), tf.mul(activated, gate));
  const dHidden = tf.mul(mlpOut.dInput, slope) as tf.Tensor2D;
  const mlpIn = linearBackward(dHidden, norm2.output, layer.mlpIn, twoOnes);
  const dAttentive = tf.add(dNext, normaliseBackward(mlpIn.dInput, norm2, average)) as tf.Tensor2D;

  const out = linearBackward(dAttentive, activations.attended, layer.attentionOut, twoOnes);
  const dAttended = tf.reshape(out.dInput, [rows / N, N, D]) as tf.Tensor3D;
  const dHeads = tf.mul(
    tf.matMul(constants.joinHeads, dAttended, true, false),
    constants.headMask,
  ) as tf.Tensor3D;
  const dScores = softmaxBackward(
    tf.matMul(dHeads, values, false, true),
    attentionWeights,
    constants.ones,
  );
  const dQueries = tf.mul(tf.matMul(dScores, keys), constants.scaledHeadMask) as tf.Tensor3D;
  const dQuery = byRow(tf.matMul(constants.joinHeads, dQueries));
  const dKeys = byRow(tf.matMul(dScores, queries, true, false));
  const dValues = byRow(tf.matMul(attentionWeights, dHeads, true, false));

  const query = linearBackward(dQuery, norm1.output, layer.query, twoOnes);
  const key = linearBackward(dKeys, norm1.output, layer.key, twoOnes);
  const value = linearBackward(dValues, norm1.output, layer.value, twoOnes);
  const dNormed = tf.add(tf.add(query.dInput, key.dInput), value.dInput) as tf.Tensor2D;
  const byName = { query, key, value, attentionOut: out, mlpIn, mlpOut };
  return {
    dx: tf.add(dAttentive, normaliseBackward(dNormed, norm1, average)),
    gradients: LAYER_LINEARS.flatMap((name) => byName[name].gradients),
  };
}
