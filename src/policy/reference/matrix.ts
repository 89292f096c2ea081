/** The arrays that the reference engine computes with. Sums are formed in float64 and rounded when stored. */
export type RealArray = Float32Array | Float64Array;

export interface RealArrayConstructor {
  new (length: number): RealArray;
}

/** A matrix inside an array: element (i, j) stands at `offset + i · rowStride + j · columnStride`. */
export interface MatrixView {
  data: RealArray;
  offset: number;
  rowStride: number;
  columnStride: number;
}

/** A [rows, columns] matrix stored row by row from `offset`. */
export function rowMajor(data: RealArray, offset: number, columns: number): MatrixView {
  return { data, offset, rowStride: columns, columnStride: 1 };
}

/** The same elements with rows and columns exchanged. */
export function transposed(view: MatrixView): MatrixView {
  return { ...view, rowStride: view.columnStride, columnStride: view.rowStride };
}

/** Terms of a sum that are handled together, so that the operands of a weight gradient stay in the first-level cache. */
const CHUNK = 128;

/**
 * C ← C + A·B with A [rows, inner], B [inner, columns], C [rows, columns] and C row-major.
 *
 * The three products of a linear layer are this one: forward Y += X·W, input gradient dX += dY·Wᵀ and weight
 * gradient dW += Xᵀ·dY. Blocks of 4 × 4 results are held in local variables, so that 8 loads serve 16 products.
 */
export function multiplyAdd(
  C: MatrixView,
  A: MatrixView,
  B: MatrixView,
  rows: number,
  inner: number,
  columns: number,
): void {
  const blockRows = rows - (rows % 4);
  const blockColumns = columns - (columns % 4);
  for (let start = 0; start < inner; start += CHUNK) {
    const length = Math.min(CHUNK, inner - start);
    for (let i = 0; i < blockRows; i += 4)
      for (let j = 0; j < blockColumns; j += 4) addBlock(C, A, B, i, j, start, length);
    for (let i = 0; i < rows; i++)
      for (let j = i < blockRows ? blockColumns : 0; j < columns; j++)
        addElement(C, A, B, i, j, start, length);
  }
}

function addElement(
  C: MatrixView,
  A: MatrixView,
  B: MatrixView,
  i: number,
  j: number,
  start: number,
  length: number,
): void {
  const a = A.data;
  const b = B.data;
  let ia = A.offset + i * A.rowStride + start * A.columnStride;
  let ib = B.offset + start * B.rowStride + j * B.columnStride;
  let sum = 0;
  for (let l = 0; l < length; l++) {
    sum += a[ia]! * b[ib]!;
    ia += A.columnStride;
    ib += B.rowStride;
  }
  C.data[C.offset + i * C.rowStride + j]! += sum;
}

/** The 4 × 4 block of C whose first element is (i, j). */
function addBlock(
  C: MatrixView,
  A: MatrixView,
  B: MatrixView,
  i: number,
  j: number,
  start: number,
  length: number,
): void {
  const a = A.data;
  const b = B.data;
  const aRow = A.rowStride;
  const aStep = A.columnStride;
  const bColumn = B.columnStride;
  const bStep = B.rowStride;
  let ia = A.offset + i * aRow + start * aStep;
  let ib = B.offset + start * bStep + j * bColumn;
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0; // prettier-ignore
  let s10 = 0, s11 = 0, s12 = 0, s13 = 0; // prettier-ignore
  let s20 = 0, s21 = 0, s22 = 0, s23 = 0; // prettier-ignore
  let s30 = 0, s31 = 0, s32 = 0, s33 = 0; // prettier-ignore
  for (let l = 0; l < length; l++) {
    const a0 = a[ia]!;
    const a1 = a[ia + aRow]!;
    const a2 = a[ia + 2 * aRow]!;
    const a3 = a[ia + 3 * aRow]!;
    const b0 = b[ib]!;
    const b1 = b[ib + bColumn]!;
    const b2 = b[ib + 2 * bColumn]!;
    const b3 = b[ib + 3 * bColumn]!;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3; // prettier-ignore
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3; // prettier-ignore
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3; // prettier-ignore
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3; // prettier-ignore
    ia += aStep;
    ib += bStep;
  }
  const c = C.data;
  let ic = C.offset + i * C.rowStride + j;
  c[ic]! += s00;
  c[ic + 1]! += s01;
  c[ic + 2]! += s02;
  c[ic + 3]! += s03; // prettier-ignore
  ic += C.rowStride;
  c[ic]! += s10;
  c[ic + 1]! += s11;
  c[ic + 2]! += s12;
  c[ic + 3]! += s13; // prettier-ignore
  ic += C.rowStride;
  c[ic]! += s20;
  c[ic + 1]! += s21;
  c[ic + 2]! += s22;
  c[ic + 3]! += s23; // prettier-ignore
  ic += C.rowStride;
  c[ic]! += s30;
  c[ic + 1]! += s31;
  c[ic + 2]! += s32;
  c[ic + 3]! += s33; // prettier-ignore
}
