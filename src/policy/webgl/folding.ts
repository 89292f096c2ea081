import { parameterLayout, positionCount, type PolicyShape } from '../shape.ts';

/**
 * The parameters as the GPU sees them: linear maps only, with the gains and biases of layer norms folded in.
 *
 * A layer norm's output only ever enters linear maps: (gain · n + bias)·W + c = n·W′ + c′ with
 *   W′ = diag(gain)·W,  c′ = bias·W + c.
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
  /** What stands side by side in W, each part a block of columns with its own place in the flat vector. */
  parts: { weightAt: number; rowStride: number; biasAt: number; columns: number }[];
}

export interface FoldedLayer {
  query: FoldedLinear;
  key: FoldedLinear;
  value: FoldedLinear;
  attentionOut: FoldedLinear;
  mlpIn: FoldedLinear;
  mlpOut: FoldedLinear;
}

export interface FoldedLayout {
  /** Token and position embeddings are neighbours in the flat vector: one matrix [V + L, D] for two-hot rows. */
  embedding: { rows: number; columns: number };
  layers: FoldedLayer[];
  /** Logits and, in the last column, the value. */
  head: FoldedLinear;
}

/** Where in the flat vector each linear map of the network stands. */
export function foldedLayout(shape: PolicyShape): FoldedLayout {
  const D = shape.width;
  const at = new Map(parameterLayout(shape).map(({ name, offset }) => [name, offset]));
  const place = (name: string): number => at.get(name)!;
  const norm = (name: string) => ({ gainAt: place(`${name}.gain`), biasAt: place(`${name}.bias`) });
  const whole = (
    name: string,
    inner: number,
    columns: number,
    before: string | null,
  ): FoldedLinear => ({
    inner,
    columns,
    norm: before === null ? null : norm(before),
    parts: [
      {
        weightAt: place(`${name}.weight`),
        rowStride: columns,
        biasAt: place(`${name}.bias`),
        columns,
      },
    ],
  });
  const third = (layer: string, index: number): FoldedLinear => ({
    inner: D,
    columns: D,
    norm: norm(`${layer}.norm1`),
    parts: [
      {
        weightAt: place(`${layer}.qkv.weight`) + index * D,
        rowStride: 3 * D,
        biasAt: place(`${layer}.qkv.bias`) + index * D,
        columns: D,
      },
    ],
  });
  const head = whole('head', D, shape.outputs, 'finalNorm');
  return {
    embedding: { rows: shape.vocabulary + positionCount(shape), columns: D },
    layers: Array.from({ length: shape.layers }, (_, index) => {
      const layer = `layer${index}`;
      return {
        query: third(layer, 0),
        key: third(layer, 1),
        value: third(layer, 2),
        attentionOut: whole(`${layer}.attentionOut`, D, D, null),
        mlpIn: whole(`${layer}.mlpIn`, D, 4 * D, `${layer}.norm2`),
        mlpOut: whole(`${layer}.mlpOut`, 4 * D, D, null),
      };
    }),
    head: {
      ...head,
      columns: shape.outputs + 1,
      parts: [
        ...head.parts,
        {
          weightAt: place('value.weight'),
          rowStride: 1,
          biasAt: place('value.bias'),
          columns: 1,
        },
      ],
    },
  };
}

/** W′ [inner, columns] and c′ [columns]. */
export function fold(
  parameters: Float32Array,
  { inner, columns, norm, parts }: FoldedLinear,
): { weight: Float32Array; bias: Float32Array } {
  const weight = new Float32Array(inner * columns);
  const bias = new Float32Array(columns);
  let first = 0;
  for (const part of parts) {
    for (let j = 0; j < part.columns; j++) {
      let sum = parameters[part.biasAt + j]!;
      for (let i = 0; i < inner; i++) {
        const original = parameters[part.weightAt + i * part.rowStride + j]!;
        weight[i * columns + first + j] = norm ? parameters[norm.gainAt + i]! * original : original;
        if (norm) sum += parameters[norm.biasAt + i]! * original;
      }
      bias[first + j] = sum;
    }
    first += part.columns;
  }
  return { weight, bias };
}

/** Adds the gradients of W, c, gain and bias to the flat `gradient`, given those of W′ and c′. */
export function unfoldGradient(
  gradient: Float64Array,
  parameters: Float32Array,
  { inner, columns, norm, parts }: FoldedLinear,
  dWeight: Float32Array,
  dBias: Float32Array,
): void {
  let first = 0;
  for (const part of parts) {
    for (let j = 0; j < part.columns; j++) {
      const dc = dBias[first + j]!;
      gradient[part.biasAt + j]! += dc;
      for (let i = 0; i < inner; i++) {
        const place = part.weightAt + i * part.rowStride + j;
        const dW = dWeight[i * columns + first + j]!;
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
