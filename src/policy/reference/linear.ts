import type { Run } from '../rows.ts';
import { multiplyAdd, rowMajor, transposed, type RealArray } from './matrix.ts';

/** Where a linear layer's matrix [inputs, outputs] and bias [outputs] stand in the parameter vector. */
export interface LinearPlace {
  weightAt: number;
  biasAt: number;
  inputs: number;
  outputs: number;
}

/** Rows `from` to `to` of output = input·W + b, or of output += input·W + b where `residual`. */
export function linear(
  output: RealArray,
  input: RealArray,
  parameters: RealArray,
  { weightAt, biasAt, inputs, outputs }: LinearPlace,
  from: number,
  to: number,
  residual = false,
): void {
  for (let row = from; row < to; row++) {
    const at = row * outputs;
    if (residual) for (let j = 0; j < outputs; j++) output[at + j]! += parameters[biasAt + j]!;
    else for (let j = 0; j < outputs; j++) output[at + j] = parameters[biasAt + j]!;
  }
  multiplyAdd(
    rowMajor(output, from * outputs, outputs),
    rowMajor(input, from * inputs, inputs),
    rowMajor(parameters, weightAt, outputs),
    to - from,
    inputs,
    outputs,
  );
}

/** Over the rows of a run: dInput += dOutput·Wᵀ, dW += inputᵀ·dOutput, db += Σ_rows dOutput. */
export function linearBackward(
  dInput: RealArray,
  gradient: RealArray,
  dOutput: RealArray,
  input: RealArray,
  parameters: RealArray,
  { weightAt, biasAt, inputs, outputs }: LinearPlace,
  { from, to }: Run,
): void {
  for (let row = from; row < to; row++)
    for (let j = 0; j < outputs; j++) gradient[biasAt + j]! += dOutput[row * outputs + j]!;
  const upstream = rowMajor(dOutput, from * outputs, outputs);
  multiplyAdd(
    rowMajor(gradient, weightAt, outputs),
    transposed(rowMajor(input, from * inputs, inputs)),
    upstream,
    inputs,
    to - from,
    outputs,
  );
  multiplyAdd(
    rowMajor(dInput, from * inputs, inputs),
    upstream,
    transposed(rowMajor(parameters, weightAt, outputs)),
    to - from,
    outputs,
    inputs,
  );
}
