import * as tf from '@tensorflow/tfjs';
import { fold, type FoldedLayer, type FoldedLayout, type FoldedLinear } from './folding.ts';

/** W [A, B] and c [1, B] on the GPU. */
export interface Linear {
  weight: tf.Tensor2D;
  bias: tf.Tensor2D;
}

export type Layer = { [name in keyof FoldedLayer]: Linear };

/** The parameters on the GPU, folded as `folding.ts` describes. */
export interface Weights {
  /** [V + L, D] */
  embedding: tf.Tensor2D;
  layers: Layer[];
  head: Linear;
  dispose(): void;
}

/** The linear maps of a layer in the order in which tensors and gradients are listed. */
export const LAYER_LINEARS = [
  'query',
  'key',
  'value',
  'attentionOut',
  'mlpIn',
  'mlpOut',
] as const satisfies readonly (keyof FoldedLayer)[];

export function uploadWeights(layout: FoldedLayout, parameters: Float32Array): Weights {
  const held: tf.Tensor[] = [];
  const upload = (data: Float32Array, rows: number, columns: number): tf.Tensor2D => {
    const tensor = tf.tensor2d(data, [rows, columns]);
    held.push(tensor);
    return tensor;
  };
  const linear = (folded: FoldedLinear): Linear => {
    const { weight, bias } = fold(parameters, folded);
    return {
      weight: upload(weight, folded.inner, folded.columns),
      bias: upload(bias, 1, folded.columns),
    };
  };
  const { rows, columns } = layout.embedding;
  return {
    // A copy, since tfjs uploads at first use and the optimiser writes to `parameters` in place.
    embedding: upload(parameters.slice(0, rows * columns), rows, columns),
    layers: layout.layers.map(
      (layer) =>
        Object.fromEntries(LAYER_LINEARS.map((name) => [name, linear(layer[name])])) as Layer,
    ),
    head: linear(layout.head),
    dispose: () => tf.dispose(held),
  };
}
