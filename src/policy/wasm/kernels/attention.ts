import { exp4, F32, sums4 } from './elementary';

/**
 * Causal attention of four heads at a time, one in each lane; heads are padded to a multiple of four, and the channels of
 * each to a multiple of 4, `head` bytes. A row of `qkv` has the queries of all heads, then the keys, then the values. A row
 * attends to the rows of its history, [rows, L]; its weights stand in [rows, L, heads].
 */

/** The four dot products of four heads. */
function dots(x: usize, y: usize, head: usize): v128 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let at: usize = 0; at < head; at += 16) {
    const xAt = x + at;
    const yAt = y + at;
    a = f32x4.add(a, f32x4.mul(v128.load(xAt), v128.load(yAt)));
    b = f32x4.add(b, f32x4.mul(v128.load(xAt + head), v128.load(yAt + head)));
    c = f32x4.add(c, f32x4.mul(v128.load(xAt + 2 * head), v128.load(yAt + 2 * head)));
    d = f32x4.add(d, f32x4.mul(v128.load(xAt + 3 * head), v128.load(yAt + 3 * head)));
  }
  return sums4(a, b, c, d);
}

/** y += w·x of four heads, whose four weights stand at `w`. */
function addWeighted(y: usize, w: usize, x: usize, head: usize): void {
  for (let h: usize = 0; h < 4; h++) {
    const weight = v128.load_splat<f32>(w + h * F32);
    for (let at: usize = 0; at < head; at += 16)
      v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.mul(weight, v128.load(x + at))));
    y += head;
    x += head;
  }
}

/** Rows `from` to `to`: weights_j = softmax_{j ≤ i}(scale · q·k_j), output = Σ_j weights_j · v_j. */
export function attention(
  output: usize,
  weights: usize,
  qkv: usize,
  history: usize,
  positions: usize,
  from: i32,
  to: i32,
  L: i32,
  heads: i32,
  channels: i32,
  scale: f32,
): void {
  const head = <usize>channels * F32;
  const width = <usize>heads * head;
  const perKey = <usize>heads * F32;
  const scales = f32x4.splat(scale);
  for (let row: usize = from; row < <usize>to; row++) {
    const last = load<i32>(positions + row * 4);
    const before = history + row * <usize>L * 4;
    for (let group: usize = 0; group < <usize>heads; group += 4) {
      const at = group * head;
      const w = weights + row * <usize>L * perKey + group * F32;
      const query = qkv + row * 3 * width + at;
      const keys = qkv + width + at;
      const out = output + row * width + at;
      let largest = f32x4.splat(-Infinity);
      for (let j: usize = 0; j <= <usize>last; j++) {
        const key = keys + <usize>load<i32>(before + j * 4) * 3 * width;
        const score = f32x4.mul(dots(query, key, head), scales);
        v128.store(w + j * perKey, score);
        largest = f32x4.pmax(largest, score);
      }
      let sum = f32x4.splat(0);
      for (let j: usize = 0; j <= <usize>last; j++) {
        const unnormalised = exp4(f32x4.sub(v128.load(w + j * perKey), largest));
        v128.store(w + j * perKey, unnormalised);
        sum = f32x4.add(sum, unnormalised);
      }
      const inverse = f32x4.div(f32x4.splat(1), sum);
      for (let c: usize = 0; c < 4 * head; c += 16) v128.store(out + c, f32x4.splat(0));
      for (let j: usize = 0; j <= <usize>last; j++) {
        const weight = w + j * perKey;
        v128.store(weight, f32x4.mul(v128.load(weight), inverse));
        const value = keys + width + <usize>load<i32>(before + j * 4) * 3 * width;
        addWeighted(out, weight, value, head);
      }
    }
  }
}

/**
 * Adds to dQkv from rows `from` to `to`. With e_j = dOutput·v_j:  dv_j += w_j · dOutput,
 * ds_j = scale · w_j · (e_j − Σ_k w_k e_k),  dq += ds_j · k_j,  dk_j += ds_j · q. `scratch` has room for L × 4 numbers.
 */
export function attentionBackward(
  dQkv: usize,
  dOutput: usize,
  weights: usize,
  qkv: usize,
  history: usize,
  positions: usize,
  scratch: usize,
  from: i32,
  to: i32,
  L: i32,
  heads: i32,
  channels: i32,
  scale: f32,
): void {
  const head = <usize>channels * F32;
  const width = <usize>heads * head;
  const perKey = <usize>heads * F32;
  const scales = f32x4.splat(scale);
  for (let row: usize = from; row < <usize>to; row++) {
    const last = load<i32>(positions + row * 4);
    const before = history + row * <usize>L * 4;
    for (let group: usize = 0; group < <usize>heads; group += 4) {
      const at = group * head;
      const w = weights + row * <usize>L * perKey + group * F32;
      const upstream = dOutput + row * width + at;
      const query = row * 3 * width + at;
      let mean = f32x4.splat(0);
      for (let j: usize = 0; j <= <usize>last; j++) {
        const value = <usize>load<i32>(before + j * 4) * 3 * width + 2 * width + at;
        const alignment = dots(upstream, qkv + value, head);
        v128.store(scratch + j * 16, alignment);
        mean = f32x4.add(mean, f32x4.mul(v128.load(w + j * perKey), alignment));
        addWeighted(dQkv + value, w + j * perKey, upstream, head);
      }
      for (let j: usize = 0; j <= <usize>last; j++) {
        const key = <usize>load<i32>(before + j * 4) * 3 * width + width + at;
        const slope = scratch + j * 16;
        const centred = f32x4.sub(v128.load(slope), mean);
        v128.store(slope, f32x4.mul(f32x4.mul(v128.load(w + j * perKey), centred), scales));
        addWeighted(dQkv + query, slope, qkv + key, head);
        addWeighted(dQkv + key, slope, qkv + query, head);
      }
    }
  }
}
