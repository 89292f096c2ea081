import { multiplyAdd, rowMajor, transposed, type RealArray } from './matrix.ts';

/** Where a linear layer's matrix [inputs, outputs] and bias [outputs] stand in the parameter vector. */
export interface LinearPlace {
  weightAt: number;
  biasAt: number;
  inputs: number;
  outputs: number;
}

/** A block of consecutive rows of an array. */
export interface RowBlock {
  data: RealArray;
  firstRow: number;
}

/** output = input·W + b over `count` rows, or output += input·W + b where `residual`. */
export function linear(
  output: RowBlock,
  input: RowBlock,
  parameters: RealArray,
  { weightAt, biasAt, inputs, outputs }: LinearPlace,
  count: number,
  residual = false,
): void {
  const y = output.data;
  for (let row = 0; row < count; row++) {
    const at = (output.firstRow + row) * outputs;
    if (residual) for (let j = 0; j < outputs; j++) y[at + j]! += parameters[biasAt + j]!;
    else for (let j = 0; j < outputs; j++) y[at + j] = parameters[biasAt + j]!;
  }
  multiplyAdd(
    rowMajor(y, output.firstRow * outputs, outputs),
    rowMajor(input.data, input.firstRow * inputs, inputs),
    rowMajor(parameters, weightAt, outputs),
    count,
    inputs,
    outputs,
  );
}

/** dInput += dOutput·Wᵀ, dW += inputᵀ·dOutput, db += Σ_rows dOutput; dInput stands at the rows of `input`. */
export function linearBackward(
  dInput: RealArray,
  gradient: RealArray,
  dOutput: RealArray,
  input: RowBlock,
  parameters: RealArray,
  { weightAt, biasAt, inputs, outputs }: LinearPlace,
  count: number,
): void {
  for (let row = 0; row < count; row++)
    for (let j = 0; j < outputs; j++) gradient[biasAt + j]! += dOutput[row * outputs + j]!;
  const upstream = rowMajor(dOutput, 0, outputs);
  const inputAt = input.firstRow * inputs;
  multiplyAdd(
    rowMajor(gradient, weightAt, outputs),
    transposed(rowMajor(input.data, inputAt, inputs)),
    upstream,
    inputs,
    count,
    outputs,
  );
  multiplyAdd(
    rowMajor(dInput, inputAt, inputs),
    upstream,
    transposed(rowMajor(parameters, weightAt, outputs)),
    count,
    outputs,
    inputs,
  );
}
