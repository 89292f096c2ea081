/**
 * The shape of the policy network and the layout of its parameters.
 *
 * A decoder-only transformer with pre-layer-norm and learned positions. For a prompt of `promptLength` tokens and a
 * response y_1 … y_T the network reads L = promptLength + T − 1 positions: the prompt and y_1 … y_{T−1}. Position
 * promptLength − 1 + t gives the logits of y_{t+1}. With D = width, H = heads, F = 4D, V = vocabulary, R = outputs:
 *
 *   x⁰ = tokenEmbedding[token] + positionEmbedding[position]
 *   for each layer:  x ← x + attention(layerNorm₁(x)),  x ← x + mlp(layerNorm₂(x))
 *   attention(a): (q, k, v) = a·W_qkv + b_qkv in H heads of D/H channels; causal softmax(q·kᵀ/√(D/H))·v, then ·W_o + b_o
 *   mlp(a) = silu(a·W_in + b_in)·W_out + b_out,   silu(u) = u·σ(u)
 *   h = layerNorm_f(x),  logits = h·W_head + b_head,  value = h·w_value + b_value
 *
 * layerNorm(x) = gain · (x − mean) / √(var + 1e-5) + bias, with the population variance over the D channels.
 * A matrix [A, B] is stored row by row and maps a row vector of length A to one of length B.
 */
export interface PolicyShape {
  vocabulary: number;
  outputs: number;
  promptLength: number;
  responseLength: number;
  width: number;
  layers: number;
  heads: number;
}

export const LAYER_NORM_EPSILON = 1e-5;

/** L, the number of positions that the network reads. */
export function positionCount(shape: PolicyShape): number {
  return shape.promptLength + shape.responseLength - 1;
}

/** One named array inside the flat parameter vector. */
export interface ParameterEntry {
  name: string;
  dimensions: number[];
  offset: number;
  size: number;
}

/** The named arrays of the flat parameter vector in their order, without gaps. */
export function parameterLayout(shape: PolicyShape): ParameterEntry[] {
  const { vocabulary, outputs, width: D, layers } = shape;
  const named: [string, number[]][] = [
    ['tokenEmbedding', [vocabulary, D]],
    ['positionEmbedding', [positionCount(shape), D]],
  ];
  for (let layer = 0; layer < layers; layer++)
    named.push(
      [`layer${layer}.norm1.gain`, [D]],
      [`layer${layer}.norm1.bias`, [D]],
      [`layer${layer}.qkv.weight`, [D, 3 * D]],
      [`layer${layer}.qkv.bias`, [3 * D]],
      [`layer${layer}.attentionOut.weight`, [D, D]],
      [`layer${layer}.attentionOut.bias`, [D]],
      [`layer${layer}.norm2.gain`, [D]],
      [`layer${layer}.norm2.bias`, [D]],
      [`layer${layer}.mlpIn.weight`, [D, 4 * D]],
      [`layer${layer}.mlpIn.bias`, [4 * D]],
      [`layer${layer}.mlpOut.weight`, [4 * D, D]],
      [`layer${layer}.mlpOut.bias`, [D]],
    );
  named.push(
    ['finalNorm.gain', [D]],
    ['finalNorm.bias', [D]],
    ['head.weight', [D, outputs]],
    ['head.bias', [outputs]],
    ['value.weight', [D]],
    ['value.bias', [1]],
  );
  let offset = 0;
  return named.map(([name, dimensions]) => {
    const size = dimensions.reduce((product, dimension) => product * dimension, 1);
    const entry = { name, dimensions, offset, size };
    offset += size;
    return entry;
  });
}

/** The length of the flat parameter vector. */
export function parameterCount(shape: PolicyShape): number {
  const last = parameterLayout(shape).at(-1)!;
  return last.offset + last.size;
}

/** @throws RangeError naming the first field that is not a positive integer, or a width that heads do not divide. */
export function checkShape(shape: PolicyShape): void {
  for (const [field, value] of Object.entries(shape))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`policy shape: ${field} must be a positive integer, got ${value}`);
  if (shape.width % shape.heads !== 0)
    throw new RangeError(
      `policy shape: width ${shape.width} must be a multiple of heads ${shape.heads}`,
    );
  if (shape.outputs > shape.vocabulary)
    throw new RangeError(
      `policy shape: outputs ${shape.outputs} must be at most vocabulary ${shape.vocabulary}`,
    );
}

/** @throws RangeError as {@link checkShape}, or if there are not as many parameters as the shape has. */
export function checkParameters(shape: PolicyShape, parameters: ArrayLike<number>): void {
  checkShape(shape);
  const expected = parameterCount(shape);
  if (parameters.length !== expected)
    throw new RangeError(`this shape has ${expected} parameters, got ${parameters.length}`);
}
