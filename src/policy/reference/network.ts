import { entropy } from '../../core/categorical.ts';
import { parameterLayout, positionCount, type PolicyShape } from '../shape.ts';
import { attention, attentionBackward } from './attention.ts';
import { layerNorm, layerNormBackward, type NormActivations } from './layerNorm.ts';
import {
  multiplyAdd,
  rowMajor,
  transposed,
  type RealArray,
  type RealArrayConstructor,
} from './matrix.ts';

/**
 * The network of `shape.ts`, forward and backward, in plain loops.
 *
 * Rows are ordered position by position: the row of position i in sequence b is i·B + b. One position of all
 * sequences is then a contiguous block of rows, so that drawing the next token is the same forward pass on the next
 * block, and the cache of keys and values is simply the rows before it.
 */
export interface Network {
  /** The tokens that stand at each row; fill them before {@link forward}. */
  readonly tokens: Int32Array;
  /** [T·B, R]: the logits of response token t of sequence b are row t·B + b. */
  readonly logits: RealArray;
  /** [T·B] */
  readonly values: RealArray;
  readonly sequences: number;
  /** Computes positions `from` to `to`; the earlier ones must have been computed with the same parameters. */
  forward(parameters: RealArray, from: number, to: number): void;
  /** Adds ∇J to `gradient`, given ∂J/∂logits [T·B, R] and ∂J/∂value [T·B], after a whole forward pass. */
  backward(
    parameters: RealArray,
    gradient: RealArray,
    dLogits: RealArray,
    dValues: RealArray,
  ): void;
  readonly arrays: RealArray[];
}

interface LayerActivations {
  norm1: NormActivations;
  qkv: RealArray;
  attentionWeights: RealArray;
  attended: RealArray;
  norm2: NormActivations;
  hidden: RealArray;
  activated: RealArray;
}

const sigmoid = (u: number): number => 1 / (1 + Math.exp(-u));

export function createNetwork(
  shape: PolicyShape,
  sequences: number,
  Real: RealArrayConstructor,
): Network {
  const { width: D, heads, layers, outputs: R, promptLength, responseLength: T } = shape;
  const B = sequences;
  const L = positionCount(shape);
  const F = 4 * D;
  const rows = L * B;
  const firstScored = (promptLength - 1) * B;
  const scored = T * B;
  const at = Object.fromEntries(parameterLayout(shape).map(({ name, offset }) => [name, offset]));
  const place = (name: string): number => at[name]!;
  const attentionSizes = { sequences: B, positions: L, width: D, heads };

  const arrays: RealArray[] = [];
  const allocate = (length: number): RealArray => {
    const array = new Real(length);
    arrays.push(array);
    return array;
  };
  const allocateNorm = (): NormActivations => ({
    normalised: allocate(rows * D),
    inverseDeviation: allocate(rows),
    output: allocate(rows * D),
  });

  const tokens = new Int32Array(rows);
  const stream = allocate(rows * D);
  const layerActivations: LayerActivations[] = Array.from({ length: layers }, () => ({
    norm1: allocateNorm(),
    qkv: allocate(rows * 3 * D),
    attentionWeights: allocate(B * heads * L * L),
    attended: allocate(rows * D),
    norm2: allocateNorm(),
    hidden: allocate(rows * F),
    activated: allocate(rows * F),
  }));
  const finalNorm = allocateNorm();
  const logits = allocate(scored * R);
  const values = allocate(scored);
  const dStream = allocate(rows * D);
  const dNormed = allocate(rows * D);
  const dQkv = allocate(rows * 3 * D);
  const dHidden = allocate(rows * F);

  /** output[from…to) = input·W + b, added to output where `residual`. */
  function linear(
    parameters: RealArray,
    name: string,
    output: RealArray,
    input: RealArray,
    inner: number,
    columns: number,
    from: number,
    to: number,
    residual = false,
  ): void {
    const biasAt = place(`${name}.bias`);
    for (let row = from; row < to; row++)
      for (let j = 0; j < columns; j++) {
        const bias = parameters[biasAt + j]!;
        if (residual) output[row * columns + j]! += bias;
        else output[row * columns + j] = bias;
      }
    multiplyAdd(
      rowMajor(output, from * columns, columns),
      rowMajor(input, from * inner, inner),
      rowMajor(parameters, place(`${name}.weight`), columns),
      to - from,
      inner,
      columns,
    );
  }

  /** dInput += dOutput·Wᵀ, dW += inputᵀ·dOutput, db += Σ_rows dOutput, over `count` rows from the given offsets. */
  function linearBackward(
    parameters: RealArray,
    gradient: RealArray,
    name: string,
    dInput: RealArray,
    dOutput: RealArray,
    input: RealArray,
    inner: number,
    columns: number,
    count: number,
    inputRow = 0,
  ): void {
    const weightAt = place(`${name}.weight`);
    const biasAt = place(`${name}.bias`);
    for (let row = 0; row < count; row++)
      for (let j = 0; j < columns; j++) gradient[biasAt + j]! += dOutput[row * columns + j]!;
    const dOutputView = rowMajor(dOutput, 0, columns);
    multiplyAdd(
      rowMajor(gradient, weightAt, columns),
      transposed(rowMajor(input, inputRow * inner, inner)),
      dOutputView,
      inner,
      count,
      columns,
    );
    multiplyAdd(
      rowMajor(dInput, inputRow * inner, inner),
      dOutputView,
      transposed(rowMajor(parameters, weightAt, columns)),
      count,
      columns,
      inner,
    );
  }

  function forward(parameters: RealArray, fromPosition: number, toPosition: number): void {
    const from = fromPosition * B;
    const to = toPosition * B;
    const tokenAt = place('tokenEmbedding');
    const positionAt = place('positionEmbedding');
    for (let row = from; row < to; row++) {
      const token = tokenAt + tokens[row]! * D;
      const position = positionAt + Math.floor(row / B) * D;
      for (let d = 0; d < D; d++)
        stream[row * D + d] = parameters[token + d]! + parameters[position + d]!;
    }
    layerActivations.forEach((layer, index) => {
      const name = `layer${index}`;
      const norm = (which: 'norm1' | 'norm2'): void =>
        layerNorm(
          layer[which],
          stream,
          parameters,
          place(`${name}.${which}.gain`),
          place(`${name}.${which}.bias`),
          D,
          from,
          to,
        );
      norm('norm1');
      linear(parameters, `${name}.qkv`, layer.qkv, layer.norm1.output, D, 3 * D, from, to);
      attention(
        layer.attended,
        layer.attentionWeights,
        layer.qkv,
        attentionSizes,
        fromPosition,
        toPosition,
      );
      linear(parameters, `${name}.attentionOut`, stream, layer.attended, D, D, from, to, true);
      norm('norm2');
      linear(parameters, `${name}.mlpIn`, layer.hidden, layer.norm2.output, D, F, from, to);
      for (let i = from * F; i < to * F; i++)
        layer.activated[i] = layer.hidden[i]! * sigmoid(layer.hidden[i]!);
      linear(parameters, `${name}.mlpOut`, stream, layer.activated, F, D, from, to, true);
    });

    const scoredFrom = Math.max(from, firstScored);
    if (scoredFrom >= to) return;
    layerNorm(
      finalNorm,
      stream,
      parameters,
      place('finalNorm.gain'),
      place('finalNorm.bias'),
      D,
      scoredFrom,
      to,
    );
    const valueAt = place('value.weight');
    const headBiasAt = place('head.bias');
    for (let row = scoredFrom; row < to; row++) {
      const scoredRow = row - firstScored;
      for (let v = 0; v < R; v++) logits[scoredRow * R + v] = parameters[headBiasAt + v]!;
      let value = parameters[place('value.bias')]!;
      for (let d = 0; d < D; d++)
        value += finalNorm.output[row * D + d]! * parameters[valueAt + d]!;
      values[scoredRow] = value;
    }
    multiplyAdd(
      rowMajor(logits, (scoredFrom - firstScored) * R, R),
      rowMajor(finalNorm.output, scoredFrom * D, D),
      rowMajor(parameters, place('head.weight'), R),
      to - scoredFrom,
      D,
      R,
    );
  }

  function backward(
    parameters: RealArray,
    gradient: RealArray,
    dLogits: RealArray,
    dValues: RealArray,
  ): void {
    const normBackward = (name: string, activations: NormActivations, from: number): void =>
      layerNormBackward(
        dStream,
        dNormed,
        activations,
        parameters,
        gradient,
        place(`${name}.gain`),
        place(`${name}.bias`),
        D,
        from,
        rows,
      );

    dStream.fill(0);
    dNormed.fill(0);
    linearBackward(
      parameters,
      gradient,
      'head',
      dNormed,
      dLogits,
      finalNorm.output,
      D,
      R,
      scored,
      firstScored,
    );
    const valueAt = place('value.weight');
    for (let row = 0; row < scored; row++) {
      const dValue = dValues[row]!;
      if (dValue === 0) continue;
      gradient[place('value.bias')]! += dValue;
      for (let d = 0; d < D; d++) {
        const place = (firstScored + row) * D + d;
        gradient[valueAt + d]! += dValue * finalNorm.output[place]!;
        dNormed[place]! += dValue * parameters[valueAt + d]!;
      }
    }
    normBackward('finalNorm', finalNorm, firstScored);

    for (let index = layers - 1; index >= 0; index--) {
      const layer = layerActivations[index]!;
      const name = `layer${index}`;
      dHidden.fill(0);
      linearBackward(
        parameters,
        gradient,
        `${name}.mlpOut`,
        dHidden,
        dStream,
        layer.activated,
        F,
        D,
        rows,
      );
      for (let i = 0; i < rows * F; i++) {
        const u = layer.hidden[i]!;
        const s = sigmoid(u);
        dHidden[i]! *= s * (1 + u * (1 - s));
      }
      dNormed.fill(0);
      linearBackward(
        parameters,
        gradient,
        `${name}.mlpIn`,
        dNormed,
        dHidden,
        layer.norm2.output,
        D,
        F,
        rows,
      );
      normBackward(`${name}.norm2`, layer.norm2, 0);

      dNormed.fill(0);
      linearBackward(
        parameters,
        gradient,
        `${name}.attentionOut`,
        dNormed,
        dStream,
        layer.attended,
        D,
        D,
        rows,
      );
      dQkv.fill(0);
      attentionBackward(dQkv, dNormed, layer.attentionWeights, layer.qkv, attentionSizes);
      dNormed.fill(0);
      linearBackward(
        parameters,
        gradient,
        `${name}.qkv`,
        dNormed,
        dQkv,
        layer.norm1.output,
        D,
        3 * D,
        rows,
      );
      normBackward(`${name}.norm1`, layer.norm1, 0);
    }

    const tokenAt = place('tokenEmbedding');
    const positionAt = place('positionEmbedding');
    for (let row = 0; row < rows; row++) {
      const token = tokenAt + tokens[row]! * D;
      const position = positionAt + Math.floor(row / B) * D;
      for (let d = 0; d < D; d++) {
        gradient[token + d]! += dStream[row * D + d]!;
        gradient[position + d]! += dStream[row * D + d]!;
      }
    }
  }

  return { tokens, logits, values, sequences, forward, backward, arrays };
}

/**
 * ∂J/∂z of one token's logits z, added to `dLogits` at `offset`, where log π = log softmax(z / τ):
 * (logProbWeight · (1[v = token] − π_v) − entropyWeight · π_v (log π_v + H)) / τ.
 */
export function addLogitGradient(
  dLogits: RealArray,
  offset: number,
  logProbsV: Float64Array,
  token: number,
  temperature: number,
  logProbWeight: number,
  entropyWeight: number,
): void {
  const H = entropyWeight === 0 ? 0 : entropy(logProbsV);
  for (let v = 0; v < logProbsV.length; v++) {
    const probability = Math.exp(logProbsV[v]!);
    let slope = logProbWeight * ((v === token ? 1 : 0) - probability);
    if (entropyWeight !== 0 && probability > 0)
      slope -= entropyWeight * probability * (logProbsV[v]! + H);
    dLogits[offset + v]! += slope / temperature;
  }
}
