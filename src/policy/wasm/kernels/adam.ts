import { F32 } from './elementary';

/** Σ x² of `count` numbers, in double precision. */
export function squares(x: usize, count: i32): f64 {
  let sum: f64 = 0;
  const end = x + <usize>count * F32;
  for (; x < end; x += F32) sum += <f64>load<f32>(x) * <f64>load<f32>(x);
  return sum;
}

/**
 * One step uphill with the gradient times `clip`: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
 * θ ← θ + rate · m / (√(v / correction) + ε), with rate = learningRate / (1−β₁ⁿ) and correction = 1−β₂ⁿ. `count` is a
 * multiple of 4.
 */
export function adam(
  parameters: usize,
  gradient: usize,
  firstMoment: usize,
  secondMoment: usize,
  count: i32,
  clip: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  rate: f32,
  correction: f32,
  epsilon: f32,
): void {
  const size = <usize>count * F32;
  for (let at: usize = 0; at < size; at += 16) {
    const g = f32x4.mul(v128.load(gradient + at), f32x4.splat(clip));
    const m = f32x4.add(
      f32x4.mul(f32x4.splat(beta1), v128.load(firstMoment + at)),
      f32x4.mul(f32x4.splat(rest1), g),
    );
    const v = f32x4.add(
      f32x4.mul(f32x4.splat(beta2), v128.load(secondMoment + at)),
      f32x4.mul(f32x4.splat(rest2), f32x4.mul(g, g)),
    );
    v128.store(firstMoment + at, m);
    v128.store(secondMoment + at, v);
    const deviation = f32x4.sqrt(f32x4.div(v, f32x4.splat(correction)));
    const step = f32x4.div(
      f32x4.mul(f32x4.splat(rate), m),
      f32x4.add(deviation, f32x4.splat(epsilon)),
    );
    v128.store(parameters + at, f32x4.add(v128.load(parameters + at), step));
  }
}
