import * as tf from '@tensorflow/tfjs';
import { fold, type FoldedHead, type FoldedLayout, type FoldedLinear } from './folding.ts';

/** W [A, B] and c [B] on the backend; no c where the map only adds to another. */
export interface Linear {
  weight: tf.Tensor2D;
  bias: tf.Tensor1D | null;
}

export type Head = { [name in keyof FoldedHead]: Linear };

export interface Layer {
  heads: Head[];
  mlpIn: Linear;
  mlpOut: Linear;
}

/** The parameters on the GPU, folded as `folding.ts` describes. */
export interface Weights {
  /** [V + L, D] */
  embedding: tf.Tensor2D;
  layers: Layer[];
  /** To the logits and the value. */
  output: Linear;
  dispose(): void;
}

export function uploadWeights(layout: FoldedLayout, parameters: Float32Array): Weights {
  const held: tf.Tensor[] = [];
  const hold = <T extends tf.Tensor>(tensor: T): T => {
    held.push(tensor);
    return tensor;
  };
  const upload = (data: Float32Array, rows: number, columns: number): tf.Tensor2D =>
    hold(tf.tensor2d(data, [rows, columns]));
  const linear = (folded: FoldedLinear): Linear => {
    const { weight, bias } = fold(parameters, folded);
    return {
      weight: upload(weight, folded.inner, folded.columns),
      bias: folded.biased ? hold(tf.tensor1d(bias)) : null,
    };
  };
  const { rows, columns } = layout.embedding;
  return {
    // A copy, since tfjs uploads at first use and the optimiser writes to `parameters` in place.
    embedding: upload(parameters.slice(0, rows * columns), rows, columns),
    layers: layout.layers.map(({ heads, mlpIn, mlpOut }) => ({
      heads: heads.map(({ query, key, value, out }) => ({
        query: linear(query),
        key: linear(key),
        value: linear(value),
        out: linear(out),
      })),
      mlpIn: linear(mlpIn),
      mlpOut: linear(mlpOut),
    })),
    output: linear(layout.output),
    dispose: () => tf.dispose(held),
  };
}
