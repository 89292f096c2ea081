import { F32, sum1 } from './elementary';

/**
 * normalised = (x − mean) / √(var + ε) and output = gain · normalised + bias, row by row, over the first `channels` of
 * `width`; the others are padding, whose `mask` is 0 where that of channels is all ones, and stay 0.
 */
export function layerNorm(
  normalised: usize,
  inverseDeviation: usize,
  output: usize,
  input: usize,
  gain: usize,
  bias: usize,
  mask: usize,
  rows: i32,
  width: i32,
  channels: i32,
  epsilon: f32,
): void {
  const stride = <usize>width * F32;
  const count = <f32>channels;
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < stride; at += 16) sum = f32x4.add(sum, v128.load(input + at));
    const mean = f32x4.splat(sum1(sum) / count);
    let squares = f32x4.splat(0);
    for (let at: usize = 0; at < stride; at += 16) {
      const x = v128.and(f32x4.sub(v128.load(input + at), mean), v128.load(mask + at));
      v128.store(normalised + at, x);
      squares = f32x4.add(squares, f32x4.mul(x, x));
    }
    const inverse: f32 = 1 / sqrt<f32>(sum1(squares) / count + epsilon);
    store<f32>(inverseDeviation, inverse);
    const scale = f32x4.splat(inverse);
    for (let at: usize = 0; at < stride; at += 16) {
      const x = f32x4.mul(v128.load(normalised + at), scale);
      v128.store(normalised + at, x);
      v128.store(output + at, f32x4.add(f32x4.mul(x, v128.load(gain + at)), v128.load(bias + at)));
    }
    input += stride;
    normalised += stride;
    output += stride;
    inverseDeviation += F32;
  }
}

/**
 * With ĝ = gain · dOutput:  dInput += (ĝ − mean(ĝ) − normalised · mean(ĝ · normalised)) / √(var + ε),
 * dGain += Σ_rows dOutput · normalised,  dBias += Σ_rows dOutput.
 */
export function layerNormBackward(
  dInput: usize,
  dGain: usize,
  dBias: usize,
  dOutput: usize,
  normalised: usize,
  inverseDeviation: usize,
  gain: usize,
  mask: usize,
  rows: i32,
  width: i32,
  channels: i32,
): void {
  const stride = <usize>width * F32;
  const count = <f32>channels;
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0);
    let projection = f32x4.splat(0);
    for (let at: usize = 0; at < stride; at += 16) {
      const upstream = v128.load(dOutput + at);
      const x = v128.load(normalised + at);
      const scaled = f32x4.mul(upstream, v128.load(gain + at));
      sum = f32x4.add(sum, scaled);
      projection = f32x4.add(projection, f32x4.mul(scaled, x));
      v128.store(dGain + at, f32x4.add(v128.load(dGain + at), f32x4.mul(upstream, x)));
      v128.store(dBias + at, f32x4.add(v128.load(dBias + at), upstream));
    }
    const mean = f32x4.splat(sum1(sum) / count);
    const slope = f32x4.splat(sum1(projection) / count);
    const inverse = v128.load_splat<f32>(inverseDeviation);
    for (let at: usize = 0; at < stride; at += 16) {
      const scaled = f32x4.mul(v128.load(dOutput + at), v128.load(gain + at));
      const centred = f32x4.sub(
        f32x4.sub(scaled, mean),
        f32x4.mul(v128.load(normalised + at), slope),
      );
      const step = v128.and(f32x4.mul(inverse, centred), v128.load(mask + at));
      v128.store(dInput + at, f32x4.add(v128.load(dInput + at), step));
    }
    dInput += stride;
    dOutput += stride;
    normalised += stride;
    inverseDeviation += F32;
  }
}
