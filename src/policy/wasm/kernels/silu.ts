import { constant, exp4, F32, ONE } from './elementary';

/** σ(u) = 1 / (1 + e⁻ᵘ) */
function sigmoid4(u: v128): v128 {
  const one = constant(ONE);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(u))));
}

/** u · σ(u) of `count` numbers, a multiple of 4. */
export function silu(output: usize, input: usize, count: i32): void {
  const size = <usize>count * F32;
  for (let at: usize = 0; at < size; at += 16) {
    const u = v128.load(input + at);
    v128.store(output + at, f32x4.div(u, f32x4.add(constant(ONE), exp4(f32x4.neg(u)))));
  }
}

/** d ← d · σ(u) · (1 + u · (1 − σ(u))) */
export function siluBackward(d: usize, input: usize, count: i32): void {
  const size = <usize>count * F32;
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < size; at += 16) {
    const u = v128.load(input + at);
    const s = sigmoid4(u);
    const slope = f32x4.mul(s, f32x4.add(one, f32x4.mul(u, f32x4.sub(one, s))));
    v128.store(d + at, f32x4.mul(v128.load(d + at), slope));
  }
}
