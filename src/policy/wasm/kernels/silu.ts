import { constant, exp4, F32, ONE } from './elementary';

/** output = u · σ(u) of `count` numbers u, a multiple of 4; and gate = σ(u) = 1 / (1 + e⁻ᵘ), for the way back. */
export function silu(output: usize, gate: usize, input: usize, count: i32): void {
  const size = <usize>count * F32;
  const one = constant(ONE);
  for (let at: usize = 0; at < size; at += 16) {
    const u = v128.load(input + at);
    const divisor = f32x4.add(one, exp4(f32x4.neg(u)));
    v128.store(gate + at, f32x4.div(one, divisor));
    v128.store(output + at, f32x4.div(u, divisor));
  }
}

/** d ← d · σ(u) · (1 + u · (1 − σ(u))) */
export function siluBackward(d: usize, gate: usize, input: usize, count: i32): void {
  const size = <usize>count * F32;
  const one = constant(ONE);
  for (let at: usize = 0; at < size; at += 16) {
    const u = v128.load(input + at);
    const s = v128.load(gate + at);
    const slope = f32x4.mul(s, f32x4.add(one, f32x4.mul(u, f32x4.sub(one, s))));
    v128.store(d + at, f32x4.mul(v128.load(d + at), slope));
  }
}
