import { F32 } from './elementary';

/**
 * Products of matrices that are stored row by row, with numbers of columns that are multiples of 4. Sums are formed in one
 * order, whatever tile they fall into: a row has the same bits in any block. Tiles of 4 rows by 8 columns keep eight sums,
 * two vectors of B and one number of A in the sixteen registers of x86; more of either spill.
 */

/** y = x·W + b over `rows` rows of x [rows, inputs], W [inputs, outputs]; or y += x·W + b where `adding`. */
export function linear(
  y: usize,
  x: usize,
  weight: usize,
  bias: usize,
  rows: i32,
  inputs: i32,
  outputs: i32,
  adding: bool,
): void {
  product(y, x, weight, bias, adding, rows, inputs, outputs);
}

/** dx = dy·Wᵀ, where Wᵀ [outputs, inputs] stands at `transposed`. */
export function inputGradient(
  dx: usize,
  dy: usize,
  transposed: usize,
  rows: i32,
  inputs: i32,
  outputs: i32,
): void {
  product(dx, dy, transposed, 0, false, rows, outputs, inputs);
}

/** [rows, columns] → [columns, rows] */
export function transpose(to: usize, from: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      store<f32>(to + <usize>(j * rows + i) * F32, load<f32>(from));
      from += F32;
    }
}

/** C = A·B, plus the row `bias` where there is one, plus C where `adding`. A [rows, inner], B [inner, columns]. */
function product(
  c: usize,
  a: usize,
  b: usize,
  bias: usize,
  adding: bool,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  const stride = <usize>columns * F32;
  const aRow = <usize>inner * F32;
  const whole = rows & ~3;
  for (let i = 0; i < whole; i += 4) {
    let at: usize = 0;
    for (; at + 32 <= stride; at += 32)
      tile4x8(c + at, stride, a, aRow, b + at, bias ? bias + at : 0, adding);
    if (at < stride)
      for (let row: usize = 0; row < 4; row++)
        tile1x4(
          c + at + row * stride,
          stride,
          a + row * aRow,
          aRow,
          b + at,
          bias ? bias + at : 0,
          adding,
        );
    c += 4 * stride;
    a += 4 * aRow;
  }
  for (let i = whole; i < rows; i++) {
    for (let at: usize = 0; at < stride; at += 16)
      tile1x4(c + at, stride, a, aRow, b + at, bias ? bias + at : 0, adding);
    c += stride;
    a += aRow;
  }
}

/** Four rows of C by eight of its columns, `stride` bytes a row of B and C, `aRow` of A; more terms a turn were slower. */
function tile4x8(
  c0: usize,
  stride: usize,
  a0: usize,
  aRow: usize,
  b: usize,
  bias: usize,
  adding: bool,
): void {
  const c1 = c0 + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  let s00 = bias ? v128.load(bias) : f32x4.splat(0);
  let s01 = bias ? v128.load(bias, 16) : f32x4.splat(0);
  let s10 = s00;
  let s11 = s01;
  let s20 = s00;
  let s21 = s01;
  let s30 = s00;
  let s31 = s01;
  if (adding) {
    s00 = f32x4.add(s00, v128.load(c0));
    s01 = f32x4.add(s01, v128.load(c0, 16));
    s10 = f32x4.add(s10, v128.load(c1));
    s11 = f32x4.add(s11, v128.load(c1, 16));
    s20 = f32x4.add(s20, v128.load(c2));
    s21 = f32x4.add(s21, v128.load(c2, 16));
    s30 = f32x4.add(s30, v128.load(c3));
    s31 = f32x4.add(s31, v128.load(c3, 16));
  }
  let a1 = a0 + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  const end = a1;
  while (a0 < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a0);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a1);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a2);
    s20 = f32x4.add(s20, f32x4.mul(x, b0));
    s21 = f32x4.add(s21, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a3);
    s30 = f32x4.add(s30, f32x4.mul(x, b0));
    s31 = f32x4.add(s31, f32x4.mul(x, b1));
    b += stride;
    a0 += F32;
    a1 += F32;
    a2 += F32;
    a3 += F32;
  }
  v128.store(c0, s00);
  v128.store(c0, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

/** One row of C by four of its columns. */
function tile1x4(
  c: usize,
  stride: usize,
  a: usize,
  aRow: usize,
  b: usize,
  bias: usize,
  adding: bool,
): void {
  let sum = bias ? v128.load(bias) : f32x4.splat(0);
  if (adding) sum = f32x4.add(sum, v128.load(c));
  const end = a + aRow;
  for (; a < end; a += F32) {
    sum = f32x4.add(sum, f32x4.mul(v128.load_splat<f32>(a), v128.load(b)));
    b += stride;
  }
  v128.store(c, sum);
}

/** Rows whose products are summed together, so that both operands stay in the first-level cache. */
const CHUNK: i32 = 32;

/** dW += xᵀ·dy, db += Σ over the rows of dy. */
export function weightGradient(
  dWeight: usize,
  dBias: usize,
  x: usize,
  dy: usize,
  rows: i32,
  inputs: i32,
  outputs: i32,
): void {
  const xRow = <usize>inputs * F32;
  const yRow = <usize>outputs * F32;
  for (let from = 0; from < rows; from += CHUNK) {
    const length = min(CHUNK, rows - from);
    for (let i: usize = 0; i < xRow; i += 16) {
      const c = dWeight + (i / F32) * yRow;
      let at: usize = 0;
      for (; at + 32 <= yRow; at += 32) outer4x8(c + at, yRow, x + i, xRow, dy + at, length);
      if (at < yRow) outer4x4(c + at, yRow, x + i, xRow, dy + at, length);
    }
    for (let at: usize = 0; at < yRow; at += 16) {
      let sum = v128.load(dBias + at);
      for (let row = 0; row < length; row++)
        sum = f32x4.add(sum, v128.load(dy + <usize>row * yRow + at));
      v128.store(dBias + at, sum);
    }
    x += <usize>length * xRow;
    dy += <usize>length * yRow;
  }
}

/** Adds the outer products of four inputs and eight outputs over some rows. */
function outer4x8(c0: usize, stride: usize, x: usize, xRow: usize, dy: usize, rows: i32): void {
  const c1 = c0 + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  let s00 = v128.load(c0);
  let s01 = v128.load(c0, 16);
  let s10 = v128.load(c1);
  let s11 = v128.load(c1, 16);
  let s20 = v128.load(c2);
  let s21 = v128.load(c2, 16);
  let s30 = v128.load(c3);
  let s31 = v128.load(c3, 16);
  for (let row = 0; row < rows; row++) {
    const y0 = v128.load(dy);
    const y1 = v128.load(dy, 16);
    let input = v128.load_splat<f32>(x);
    s00 = f32x4.add(s00, f32x4.mul(input, y0));
    s01 = f32x4.add(s01, f32x4.mul(input, y1));
    input = v128.load_splat<f32>(x, 4);
    s10 = f32x4.add(s10, f32x4.mul(input, y0));
    s11 = f32x4.add(s11, f32x4.mul(input, y1));
    input = v128.load_splat<f32>(x, 8);
    s20 = f32x4.add(s20, f32x4.mul(input, y0));
    s21 = f32x4.add(s21, f32x4.mul(input, y1));
    input = v128.load_splat<f32>(x, 12);
    s30 = f32x4.add(s30, f32x4.mul(input, y0));
    s31 = f32x4.add(s31, f32x4.mul(input, y1));
    x += xRow;
    dy += stride;
  }
  v128.store(c0, s00);
  v128.store(c0, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

/** Of four outputs. */
function outer4x4(c0: usize, stride: usize, x: usize, xRow: usize, dy: usize, rows: i32): void {
  const c1 = c0 + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  let s0 = v128.load(c0);
  let s1 = v128.load(c1);
  let s2 = v128.load(c2);
  let s3 = v128.load(c3);
  for (let row = 0; row < rows; row++) {
    const y = v128.load(dy);
    s0 = f32x4.add(s0, f32x4.mul(v128.load_splat<f32>(x), y));
    s1 = f32x4.add(s1, f32x4.mul(v128.load_splat<f32>(x, 4), y));
    s2 = f32x4.add(s2, f32x4.mul(v128.load_splat<f32>(x, 8), y));
    s3 = f32x4.add(s3, f32x4.mul(v128.load_splat<f32>(x, 12), y));
    x += xRow;
    dy += stride;
  }
  v128.store(c0, s0);
  v128.store(c1, s1);
  v128.store(c2, s2);
  v128.store(c3, s3);
}
