import { F32 } from './elementary';

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
  product(y, x, <usize>inputs * F32, F32, weight, bias, adding, rows, inputs, outputs);
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
  product(dx, dy, <usize>outputs * F32, F32, transposed, 0, false, rows, outputs, inputs);
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
    const xPart = x + <usize>from * xRow;
    const yPart = dy + <usize>from * yRow;
    product(dWeight, xPart, F32, xRow, yPart, 0, true, inputs, length, outputs);
    for (let column: usize = 0; column < yRow; column += 16) {
      let sum = v128.load(dBias + column);
      for (let row = 0; row < length; row++)
        sum = f32x4.add(sum, v128.load(yPart + <usize>row * yRow + column));
      v128.store(dBias + column, sum);
    }
  }
}

/** [rows, columns] → [columns, rows] */
export function transpose(to: usize, from: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      store<f32>(to + <usize>(j * rows + i) * F32, load<f32>(from));
      from += F32;
    }
}

/**
 * C = A·B, plus the row `bias` where there is one, plus C where `adding`. C [rows, columns] and B [inner, columns] are row by
 * row, A [rows, inner] has any strides in bytes; columns are a multiple of 4. Each sum is formed in the order of `inner`,
 * whatever tile it falls into: a row has the same bits in any block.
 */
function product(
  c: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bias: usize,
  adding: bool,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  const stride = <usize>columns * F32;
  const wholeTiles = rows & ~3;
  for (let i = 0; i < wholeTiles; i += 4) {
    let at: usize = 0;
    for (; at + 32 <= stride; at += 32)
      tile4x8(c + at, a, aRow, aStep, b + at, stride, bias ? bias + at : 0, adding, inner);
    if (at < stride)
      for (let row: usize = 0; row < 4; row++)
        tile1x4(
          c + at + row * stride,
          a + row * aRow,
          aStep,
          b + at,
          stride,
          bias ? bias + at : 0,
          adding,
          inner,
        );
    c += 4 * stride;
    a += 4 * aRow;
  }
  for (let i = wholeTiles; i < rows; i++) {
    for (let at: usize = 0; at < stride; at += 16)
      tile1x4(c + at, a, aStep, b + at, stride, bias ? bias + at : 0, adding, inner);
    c += stride;
    a += aRow;
  }
}

/** 4 rows by 8 columns: eight sums, two vectors of B and one number of A fill the sixteen registers of x86 without a spill. */
function tile4x8(
  c0: usize,
  a0: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  stride: usize,
  bias: usize,
  adding: bool,
  inner: i32,
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
  for (let l = 0; l < inner; l++) {
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
    a0 += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += stride;
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

function tile1x4(
  c: usize,
  a: usize,
  aStep: usize,
  b: usize,
  stride: usize,
  bias: usize,
  adding: bool,
  inner: i32,
): void {
  let sum = bias ? v128.load(bias) : f32x4.splat(0);
  if (adding) sum = f32x4.add(sum, v128.load(c));
  for (let l = 0; l < inner; l++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load_splat<f32>(a), v128.load(b)));
    a += aStep;
    b += stride;
  }
  v128.store(c, sum);
}
