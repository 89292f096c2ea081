import { exp } from '../../core/elementary.ts';
import { parameterLayout, positionCount, type PolicyShape } from '../shape.ts';
import { attention, attentionBackward } from './attention.ts';
import { layerNorm, layerNormBackward, type NormActivations, type NormPlace } from './layerNorm.ts';
import { linear, linearBackward, type LinearPlace } from './linear.ts';
import type { RealArray, RealArrayConstructor } from './matrix.ts';
import { runsFrom, type Rows, type Run } from '../rows.ts';

/** The network of `shape.ts`, forward and backward, in plain loops over up to `capacity` rows. */
export interface Network {
  readonly capacity: number;
  /** [capacity, R] and [capacity], of rows that predict. */
  readonly logits: RealArray;
  readonly values: RealArray;
  /** ∂J/∂logits and ∂J/∂values, which {@link backward} starts from. */
  readonly dLogits: RealArray;
  readonly dValues: RealArray;
  /** Computes rows `from` to `to`; the earlier ones must have been computed with the same parameters. */
  forward(parameters: RealArray, rows: Rows, from: number, to: number): void;
  /**
   * Adds ∇J to `gradient` after a whole forward pass, from the rows of `runs`; no other carries any. In steps, to be gone
   * through to the end.
   */
  backward(
    parameters: RealArray,
    gradient: RealArray,
    rows: Rows,
    runs: readonly Run[],
  ): Generator<void, void>;
  /** Every array held, for the accounting of memory. */
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

const sigmoid = (u: number): number => 1 / (1 + exp(-u));

export function createNetwork(
  shape: PolicyShape,
  capacity: number,
  Real: RealArrayConstructor,
): Network {
  const { width: D, heads, layers, outputs: R } = shape;
  const L = positionCount(shape);
  const F = 4 * D;
  const attentionSizes = { positions: L, width: D, heads };

  const offsets = new Map(parameterLayout(shape).map(({ name, offset }) => [name, offset]));
  const place = (name: string): number => offsets.get(name)!;
  const linearPlace = (name: string, inputs: number, outputs: number): LinearPlace => ({
    weightAt: place(`${name}.weight`),
    biasAt: place(`${name}.bias`),
    inputs,
    outputs,
  });
  const normPlace = (name: string): NormPlace => ({
    gainAt: place(`${name}.gain`),
    biasAt: place(`${name}.bias`),
  });
  const layerPlaces = Array.from({ length: layers }, (_, index) => ({
    norm1: normPlace(`layer${index}.norm1`),
    qkv: linearPlace(`layer${index}.qkv`, D, 3 * D),
    attentionOut: linearPlace(`layer${index}.attentionOut`, D, D),
    norm2: normPlace(`layer${index}.norm2`),
    mlpIn: linearPlace(`layer${index}.mlpIn`, D, F),
    mlpOut: linearPlace(`layer${index}.mlpOut`, F, D),
  }));
  const finalNormPlace = normPlace('finalNorm');
  const headPlace = linearPlace('head', D, R);
  const valuePlace = linearPlace('value', D, 1);
  const tokenAt = place('tokenEmbedding');
  const positionAt = place('positionEmbedding');

  const arrays: RealArray[] = [];
  const allocate = (columns: number): RealArray => {
    const array = new Real(capacity * columns);
    arrays.push(array);
    return array;
  };
  const allocateNorm = (): NormActivations => ({
    normalised: allocate(D),
    inverseDeviation: allocate(1),
    output: allocate(D),
  });
  const stream = allocate(D);
  const activations: LayerActivations[] = layerPlaces.map(() => ({
    norm1: allocateNorm(),
    qkv: allocate(3 * D),
    attentionWeights: allocate(heads * L),
    attended: allocate(D),
    norm2: allocateNorm(),
    hidden: allocate(F),
    activated: allocate(F),
  }));
  const finalNorm = allocateNorm();
  const logits = allocate(R);
  const values = allocate(1);
  const dLogits = allocate(R);
  const dValues = allocate(1);
  const dStream = allocate(D);
  const dNormed = allocate(D);
  const dQkv = allocate(3 * D);
  const dHidden = allocate(F);

  function forward(parameters: RealArray, rows: Rows, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      const token = tokenAt + rows.tokens[row]! * D;
      const position = positionAt + rows.position[row]! * D;
      for (let d = 0; d < D; d++)
        stream[row * D + d] = parameters[token + d]! + parameters[position + d]!;
    }
    layerPlaces.forEach((places, index) => {
      const a = activations[index]!;
      layerNorm(a.norm1, stream, parameters, places.norm1, D, from, to);
      linear(a.qkv, a.norm1.output, parameters, places.qkv, from, to);
      attention(a.attended, a.attentionWeights, a.qkv, rows, attentionSizes, from, to);
      linear(stream, a.attended, parameters, places.attentionOut, from, to, true);
      layerNorm(a.norm2, stream, parameters, places.norm2, D, from, to);
      linear(a.hidden, a.norm2.output, parameters, places.mlpIn, from, to);
      for (let i = from * F; i < to * F; i++) a.activated[i] = a.hidden[i]! * sigmoid(a.hidden[i]!);
      linear(stream, a.activated, parameters, places.mlpOut, from, to, true);
    });
    const first = Math.max(from, rows.firstPredicting);
    layerNorm(finalNorm, stream, parameters, finalNormPlace, D, first, to);
    linear(logits, finalNorm.output, parameters, headPlace, first, to);
    linear(values, finalNorm.output, parameters, valuePlace, first, to);
  }

  function* backward(
    parameters: RealArray,
    gradient: RealArray,
    rows: Rows,
    runs: readonly Run[],
  ): Generator<void, void> {
    const clear = (array: RealArray, columns: number): void => {
      for (const { from, to } of runs) array.fill(0, from * columns, to * columns);
    };
    const addBackThrough = (
      dInput: RealArray,
      dOutput: RealArray,
      input: RealArray,
      places: LinearPlace,
      of: readonly Run[],
    ): void => {
      for (const run of of)
        linearBackward(dInput, gradient, dOutput, input, parameters, places, run);
    };
    const backThrough: typeof addBackThrough = (dInput, dOutput, input, places, of) => {
      clear(dInput, places.inputs);
      addBackThrough(dInput, dOutput, input, places, of);
    };
    const backThroughNorm = (
      norm: NormActivations,
      places: NormPlace,
      of: readonly Run[],
    ): void => {
      for (const run of of)
        layerNormBackward(dStream, gradient, dNormed, norm, parameters, places, D, run);
    };

    const predicting = runsFrom(runs, rows.firstPredicting);
    clear(dStream, D);
    backThrough(dNormed, dLogits, finalNorm.output, headPlace, predicting);
    addBackThrough(dNormed, dValues, finalNorm.output, valuePlace, predicting);
    backThroughNorm(finalNorm, finalNormPlace, predicting);

    for (let index = layers - 1; index >= 0; index--) {
      const a = activations[index]!;
      const places = layerPlaces[index]!;
      yield;
      backThrough(dHidden, dStream, a.activated, places.mlpOut, runs);
      for (const { from, to } of runs)
        for (let i = from * F; i < to * F; i++) {
          const u = a.hidden[i]!;
          const s = sigmoid(u);
          dHidden[i]! *= s * (1 + u * (1 - s));
        }
      yield;
      backThrough(dNormed, dHidden, a.norm2.output, places.mlpIn, runs);
      yield;
      backThroughNorm(a.norm2, places.norm2, runs);
      backThrough(dNormed, dStream, a.attended, places.attentionOut, runs);
      yield;
      clear(dQkv, 3 * D);
      for (const run of runs)
        attentionBackward(dQkv, dNormed, a.attentionWeights, a.qkv, rows, attentionSizes, run);
      yield;
      backThrough(dNormed, dQkv, a.norm1.output, places.qkv, runs);
      backThroughNorm(a.norm1, places.norm1, runs);
    }

    for (const { from, to } of runs)
      for (let row = from; row < to; row++) {
        const token = tokenAt + rows.tokens[row]! * D;
        const position = positionAt + rows.position[row]! * D;
        for (let d = 0; d < D; d++) {
          gradient[token + d]! += dStream[row * D + d]!;
          gradient[position + d]! += dStream[row * D + d]!;
        }
      }
  }

  return { capacity, logits, values, dLogits, dValues, forward, backward, arrays };
}
