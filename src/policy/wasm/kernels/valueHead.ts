import { F32, sum1 } from './elementary';

/** output = input·w + b, row by row. */
export function values(
  output: usize,
  input: usize,
  weight: usize,
  bias: usize,
  rows: i32,
  width: i32,
): void {
  const stride = <usize>width * F32;
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < stride; at += 16)
      sum = f32x4.add(sum, f32x4.mul(v128.load(input + at), v128.load(weight + at)));
    store<f32>(output, sum1(sum) + load<f32>(bias));
    input += stride;
    output += F32;
  }
}

/** dInput += dOutput·wᵀ, dw += inputᵀ·dOutput, db += Σ dOutput; most methods have no weight on values. */
export function valuesBackward(
  dInput: usize,
  dWeight: usize,
  dBias: usize,
  dOutput: usize,
  input: usize,
  weight: usize,
  rows: i32,
  width: i32,
): void {
  const stride = <usize>width * F32;
  for (let row = 0; row < rows; row++) {
    const upstream = load<f32>(dOutput);
    if (upstream != 0) {
      store<f32>(dBias, load<f32>(dBias) + upstream);
      const slope = f32x4.splat(upstream);
      for (let at: usize = 0; at < stride; at += 16) {
        v128.store(
          dInput + at,
          f32x4.add(v128.load(dInput + at), f32x4.mul(slope, v128.load(weight + at))),
        );
        v128.store(
          dWeight + at,
          f32x4.add(v128.load(dWeight + at), f32x4.mul(slope, v128.load(input + at))),
        );
      }
    }
    input += stride;
    dInput += stride;
    dOutput += F32;
  }
}
