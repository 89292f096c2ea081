import { LAYER_NORM_EPSILON } from '../shape.ts';
import type { Run } from '../rows.ts';
import type { RealArray } from './matrix.ts';

/** What a layer norm leaves for its backward pass. */
export interface NormActivations {
  /** [rows, D] (x − mean) / √(var + ε) */
  normalised: RealArray;
  /** [rows] 1 / √(var + ε) */
  inverseDeviation: RealArray;
  /** [rows, D] gain · normalised + bias */
  output: RealArray;
}

/** Where the gain and the bias stand in the parameter vector. */
export interface NormPlace {
  gainAt: number;
  biasAt: number;
}

/** Rows `from` to `to` of output = gain · (x − mean) / √(var + ε) + bias. */
export function layerNorm(
  activations: NormActivations,
  input: RealArray,
  parameters: RealArray,
  { gainAt, biasAt }: NormPlace,
  width: number,
  from: number,
  to: number,
): void {
  const { normalised, inverseDeviation, output } = activations;
  for (let row = from; row < to; row++) {
    const start = row * width;
    let sum = 0;
    for (let d = 0; d < width; d++) sum += input[start + d]!;
    const centre = sum / width;
    let squares = 0;
    for (let d = 0; d < width; d++) {
      const centred = input[start + d]! - centre;
      squares += centred * centred;
    }
    const inverse = 1 / Math.sqrt(squares / width + LAYER_NORM_EPSILON);
    inverseDeviation[row] = inverse;
    for (let d = 0; d < width; d++) {
      const value = (input[start + d]! - centre) * inverse;
      normalised[start + d] = value;
      output[start + d] = value * parameters[gainAt + d]! + parameters[biasAt + d]!;
    }
  }
}

/**
 * With ĝ = gain · dOutput:  dInput += (ĝ − mean(ĝ) − normalised · mean(ĝ · normalised)) / √(var + ε),
 * dGain += Σ_rows dOutput · normalised,  dBias += Σ_rows dOutput.
 */
export function layerNormBackward(
  dInput: RealArray,
  gradient: RealArray,
  dOutput: RealArray,
  activations: NormActivations,
  parameters: RealArray,
  { gainAt, biasAt }: NormPlace,
  width: number,
  { from, to }: Run,
): void {
  const { normalised, inverseDeviation } = activations;
  for (let row = from; row < to; row++) {
    const start = row * width;
    let sum = 0;
    let projection = 0;
    for (let d = 0; d < width; d++) {
      const upstream = dOutput[start + d]!;
      const scaled = upstream * parameters[gainAt + d]!;
      sum += scaled;
      projection += scaled * normalised[start + d]!;
      gradient[gainAt + d]! += upstream * normalised[start + d]!;
      gradient[biasAt + d]! += upstream;
    }
    const inverse = inverseDeviation[row]!;
    for (let d = 0; d < width; d++)
      dInput[start + d]! +=
        inverse *
        (dOutput[start + d]! * parameters[gainAt + d]! -
          sum / width -
          (normalised[start + d]! * projection) / width);
  }
}
