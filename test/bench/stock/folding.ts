import { parameterLayout, positionCount, type PolicyShape } from '../../../src/policy/shape.ts';

/**
 * The parameters as the GPU sees them: linear maps only, with the gains and biases of layer norms folded in.
 *
 * A layer norm's output only ever enters linear maps: (gain · n + bias)·W + c = n·W′ + c′ with
 *   W′ = diag(gain)·W,  c′ = bias·W + c,
 * and the scale 1/√(D/H) of attention scores enters the maps to the queries in the same way.
 * So the GPU computes with W′ and c′, and the chain rule gives the true gradients on the CPU, from arrays no larger than
 * the parameters themselves:
 *   dW += diag(gain)·dW′ + biasᵀ·dc′,  dc += dc′,  dgain_i += Σ_j W_ij dW′_ij,  dbias_i += Σ_j W_ij dc′_j.
 */
export interface FoldedLinear {
  /** Length A of the input vector. */
  inner: number;
  /** Length B of the output vector. */
  columns: number;
  /** Offsets of the layer norm before the map, if any. */
  norm: { gainAt: number; biasAt: number } | null;
  /** W′ and c′ are multiplied by this: 1/√(D/H) for queries, else 1. */
  scale: number;
  /** False for a map that only adds to one that has a bias. */
  biased: boolean;
  /** What stands side by side in W, each part a block of columns with its own place in the flat vector. */
  parts: { weightAt: number; rowStride: number; biasAt: number; columns: number }[];
}

/** Attention is a sum over heads, each with its own columns of W_qkv and its own rows of W_o. */
export interface FoldedHead {
  query: FoldedLinear;
  key: FoldedLinear;
  value: FoldedLinear;
  out: FoldedLinear;
}

export interface FoldedLayer {
  heads: FoldedHead[];
  mlpIn: FoldedLinear;
  mlpOut: FoldedLinear;
}

export interface FoldedLayout {
  /** Token and position embeddings are neighbours in the flat vector: one matrix [V + L, D] for two-hot rows. */
  embedding: { rows: number; columns: number };
  layers: FoldedLayer[];
  /** Logits and, in the last column, the value. */
  output: FoldedLinear;
}

/** Where in the flat vector each linear map of the network stands. */
export function foldedLayout(shape: PolicyShape): FoldedLayout {
  const { width: D, heads, outputs: R } = shape;
  const channels = D / heads;
  const at = new Map(parameterLayout(shape).map(({ name, offset }) => [name, offset]));
  const place = (name: string): number => at.get(name)!;
  const norm = (name: string) => ({ gainAt: place(`${name}.gain`), biasAt: place(`${name}.bias`) });
  const part = (name: string, rowStride: number, columns = rowStride, row = 0, column = 0) => ({
    weightAt: place(`${name}.weight`) + row * rowStride + column,
    rowStride,
    biasAt: place(`${name}.bias`) + column,
    columns,
  });
  const plain = { norm: null, scale: 1, biased: true };

  const head = (layer: string, index: number): FoldedHead => {
    const third = (which: number): FoldedLinear => ({
      ...plain,
      inner: D,
      columns: channels,
      norm: norm(`${layer}.norm1`),
      parts: [part(`${layer}.qkv`, 3 * D, channels, 0, which * D + index * channels)],
    });
    return {
      query: { ...third(0), scale: 1 / Math.sqrt(channels) },
      key: third(1),
      value: third(2),
      out: {
        ...plain,
        inner: channels,
        columns: D,
        biased: index === 0,
        parts: [part(`${layer}.attentionOut`, D, D, index * channels)],
      },
    };
  };

  return {
    embedding: { rows: shape.vocabulary + positionCount(shape), columns: D },
    layers: Array.from({ length: shape.layers }, (_, index) => {
      const layer = `layer${index}`;
      return {
        heads: Array.from({ length: heads }, (_, h) => head(layer, h)),
        mlpIn: {
          ...plain,
          inner: D,
          columns: 4 * D,
          norm: norm(`${layer}.norm2`),
          parts: [part(`${layer}.mlpIn`, 4 * D)],
        },
        mlpOut: { ...plain, inner: 4 * D, columns: D, parts: [part(`${layer}.mlpOut`, D)] },
      };
    }),
    output: {
      ...plain,
      inner: D,
      columns: R + 1,
      norm: norm('finalNorm'),
      parts: [part('head', R), part('value', 1)],
    },
  };
}

/** W′ [inner, columns] and c′ [columns]. */
export function fold(
  parameters: Float32Array,
  { inner, columns, norm, scale, biased, parts }: FoldedLinear,
): { weight: Float32Array; bias: Float32Array } {
  const weight = new Float32Array(inner * columns);
  const bias = new Float32Array(columns);
  let first = 0;
  for (const part of parts) {
    for (let j = 0; j < part.columns; j++) {
      let sum = biased ? parameters[part.biasAt + j]! : 0;
      for (let i = 0; i < inner; i++) {
        const original = parameters[part.weightAt + i * part.rowStride + j]!;
        const gain = norm ? parameters[norm.gainAt + i]! : 1;
        weight[i * columns + first + j] = scale * gain * original;
        if (norm) sum += parameters[norm.biasAt + i]! * original;
      }
      bias[first + j] = scale * sum;
    }
    first += part.columns;
  }
  return { weight, bias };
}

/** Adds the gradients of W, c, gain and bias to the flat `gradient`, given those of W′ and, if it is biased, c′. */
export function unfoldGradient(
  gradient: Float64Array,
  parameters: Float32Array,
  { inner, columns, norm, scale, parts }: FoldedLinear,
  dWeight: Float32Array,
  dBias: Float32Array | null,
): void {
  let first = 0;
  for (const part of parts) {
    for (let j = 0; j < part.columns; j++) {
      const dc = dBias ? scale * dBias[first + j]! : 0;
      gradient[part.biasAt + j]! += dc;
      for (let i = 0; i < inner; i++) {
        const place = part.weightAt + i * part.rowStride + j;
        const dW = scale * dWeight[i * columns + first + j]!;
        if (norm) {
          gradient[place]! += parameters[norm.gainAt + i]! * dW + parameters[norm.biasAt + i]! * dc;
          gradient[norm.gainAt + i]! += parameters[place]! * dW;
          gradient[norm.biasAt + i]! += parameters[place]! * dc;
        } else gradient[place]! += dW;
      }
    }
    first += part.columns;
  }
}
