/**
 * Elementary functions with the same bits on every machine. ECMAScript leaves the results of Math.exp, Math.log, Math.pow,
 * `**`, Math.cos and their kin to the implementation, and browsers do differ in the last bit; it fixes + − · / Math.sqrt
 * and Math.fround of float64 exactly. These functions are made of the latter alone, so that a seed gives the same
 * parameters, the same tokens and the same rows wherever it runs.
 *
 * Errors are in units in the last place (ulp) of the exact result, the largest over the generated inputs of
 * test/core/elementary.test.ts, 100,000 of each kind, against BigInt arithmetic of 320 bits. All are below 1, so a result
 * that a float64 has is met exactly: exp(0) = 1, log(1) = 0, power(2, 10) = 1024. NaN gives NaN.
 *
 * Method: a table takes the argument to within 2⁻⁷ or less, where the Taylor series is short; the table's and the
 * reduction's own rounding errors are carried along as a tail.
 * Source: Tang 1989, "Table-driven implementation of the exponential function in IEEE floating-point arithmetic", and
 * 1990, "… of the logarithm function …", ACM TOMS 15(2) and 16(4); the cells of the logarithm are those of Arm's
 * Optimized Routines. The tables are worked out in elementaryTables.ts; the coefficients are 1/n! and ±1/n.
 */
import * as tables from './elementaryTables.ts';

export { cosineOfTurn } from './cosineOfTurn.ts';

// Bound here, since not every bundler and test runner makes the reading of an import as fast as that of a constant.
const { LN2_HEAD, LN2_TAIL, PART_HEAD, PART_TAIL, PARTS } = tables;
const { LOG_CELLS, POWERS_OF_TWO, ROOTS_OF_TWO } = tables;

/** 1.5 · 2⁵²: added and taken away again, it rounds a small number to a whole one, halves to even. */
const ROUNDER = 6755399441055744;
const PARTS_PER_UNIT = PARTS / Math.LN2;
/** Less than this beside 1 is nothing. */
const TINY = 1 / 18014398509481984;
const LEAST_NORMAL = 2.2250738585072014e-308;

/** Through which the upper half of a float64, with sign, exponent and 20 bits of the mantissa, is read. */
const float = new Float64Array(1);
const halves = new Int32Array(float.buffer);
float[0] = 1;
const UPPER = halves[1] === 0 ? 0 : 1;

/**
 * e^(x + tail), |tail| ≪ |x|, over the whole range of a float64, also where the result is subnormal (rounded once) or too
 * large for one (∞).
 */
function expOfSum(x: number, tail: number): number {
  if (x > 710) return Infinity;
  if (!(x >= -746)) return x < 0 ? 0 : x;
  const rounded = x * PARTS_PER_UNIT + ROUNDER - ROUNDER;
  const part = rounded | 0;
  const r = x - rounded * PART_HEAD - rounded * PART_TAIL + tail;
  const p = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
  const i = 2 * (part & (PARTS - 1));
  const mantissa = ROOTS_OF_TWO[i]! + (ROOTS_OF_TWO[i + 1]! + ROOTS_OF_TWO[i]! * p);
  const e = part >> 7;
  // In two factors, of which the first rounds nothing.
  const half = e >> 1;
  return mantissa * POWERS_OF_TWO[1074 + half]! * POWERS_OF_TWO[1074 + e - half]!;
}

// The exponential is spelled out in the two functions below as well: they stand in the innermost loops.

/**
 * e^x. Error below 0.52 ulp, and below 0.76 where the result is subnormal.
 *
 *   e^x = 2^e · 2^(i/128) · e^r,  x = (128 e + i) ln 2 / 128 + r,  |r| ≤ ln 2 / 256
 */
export function exp(x: number): number {
  if (!(x >= -708 && x <= 709)) return expOfSum(x, 0);
  const rounded = x * PARTS_PER_UNIT + ROUNDER - ROUNDER;
  const part = rounded | 0;
  const r = x - rounded * PART_HEAD - rounded * PART_TAIL;
  const p = r + r * r * (1 / 2 + r * (1 / 6) + r * r * (1 / 24 + r * (1 / 120)));
  const i = 2 * (part & (PARTS - 1));
  const root = ROOTS_OF_TWO[i]!;
  return POWERS_OF_TWO[1074 + (part >> 7)]! * (root + (ROOTS_OF_TWO[i + 1]! + root * p));
}

/**
 * e^x − 1, precise near 0, where e^x − 1 would cancel. Error below 0.65 ulp.
 *
 * As {@link exp}, with the 1 taken from its largest term; from −1/32 to 1/32 the Taylor series.
 */
export function expm1(x: number): number {
  if (x > -1 / 32 && x < 1 / 32) {
    if (x > -TINY && x < TINY) return x; // −0 too
    const xx = x * x;
    return (
      x +
      xx *
        (1 / 2 +
          x * (1 / 6) +
          xx * (1 / 24 + x * (1 / 120) + xx * (1 / 720 + x * (1 / 5040) + xx * (1 / 40320))))
    );
  }
  if (!(x >= -38 && x <= 40)) return x < -38 ? -1 : exp(x); // the other term is less than half an ulp
  const rounded = x * PARTS_PER_UNIT + ROUNDER - ROUNDER;
  const part = rounded | 0;
  const r = x - rounded * PART_HEAD - rounded * PART_TAIL;
  const p = r + r * r * (1 / 2 + r * (1 / 6) + r * r * (1 / 24 + r * (1 / 120)));
  const i = 2 * (part & (PARTS - 1));
  const scale = POWERS_OF_TWO[1074 + (part >> 7)]!;
  const head = scale * ROOTS_OF_TWO[i]!;
  const rest = scale * (ROOTS_OF_TWO[i + 1]! + ROOTS_OF_TWO[i]! * p);
  const less = head - 1;
  const lost = head > 1 ? head - less - 1 : head - (less + 1);
  return less + (lost + rest);
}

/**
 * ln(x + missing) + k ln 2 of a positive normal x; |missing| is at most half an ulp of x.
 *
 *   x = 2^j z,  r = (z + 2^−j missing) m/256 − 1,  |r| < 2⁻⁷;  the sum is (j + k) ln 2 + ln(256/m) + ln(1 + r)
 */
function logOfSum(x: number, missing: number, k: number): number {
  float[0] = x;
  const bits = halves[UPPER]! - 0x3fe60000; // 0.6875, where the cells begin
  const cell = 3 * ((bits >> 13) & 127);
  const j = bits >> 20;
  const scale = POWERS_OF_TWO[1074 - j]!;
  const z = x * scale;
  const reciprocal = LOG_CELLS[cell]!;
  // In float32 the product is exact; what that leaves of z has few bits as well.
  const near = Math.fround(z);
  const head = near * reciprocal - 1;
  const tail = (z - near + missing * scale) * reciprocal;
  const r = head + tail;
  const rr = r * r;
  const series =
    -1 / 2 + r * (1 / 3) + rr * (-1 / 4 + r * (1 / 5) + rr * (-1 / 6 + r * (1 / 7) - rr * (1 / 8)));
  const exponent = j + k;
  const most = exponent * LN2_HEAD + LOG_CELLS[cell + 1]!; // exact
  const sum = most + r;
  const lost = most - sum + r + (head - r + tail);
  return sum + (lost + (exponent * LN2_TAIL + LOG_CELLS[cell + 2]!) + rr * series);
}

/** ln of 0, ∞, subnormal, negative and no numbers. */
function logOfRest(x: number): number {
  if (x === 0) return -Infinity;
  if (x > 0 && x < LEAST_NORMAL) return logOfSum(x * 18014398509481984, 0, -54);
  return x > 0 ? x : NaN;
}

/** ln x: −∞ at 0, NaN below. Error below 0.52 ulp. */
export function log(x: number): number {
  return x >= LEAST_NORMAL && x < Infinity ? logOfSum(x, 0, 0) : logOfRest(x);
}

/** ln(1 + x), precise near 0, where 1 + x loses x: −∞ at −1, NaN below. Error below 0.52 ulp. */
export function log1p(x: number): number {
  if (x > -TINY && x < TINY) return x; // −0 too
  const u = 1 + x;
  if (!(u > 0 && u < Infinity)) return logOfRest(u);
  return logOfSum(u, x < 1 ? x - (u - 1) : 1 - (u - x), 0);
}

/** 2²⁷ + 1: a product with it cuts a float64 into two of 26 bits, whose products are exact (Dekker 1971). */
const CUTTER = 134217729;

/**
 * base^exponent of real numbers, base ≥ 0 (NaN below): e^(exponent · ln base), with the logarithm and the product as sums
 * of two float64, since the exponential makes relative errors of absolute ones. At 0, ∞ and NaN as Math.pow. Error below
 * 0.55 ulp, and below 0.76 where the result is subnormal.
 */
export function power(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (!(base >= 0) || Number.isNaN(exponent)) return NaN;
  if (base === 0 || base === Infinity) return exponent > 0 === base > 0 ? Infinity : 0;
  let x = base;
  let k = 0;
  if (x < LEAST_NORMAL) {
    x *= 18014398509481984;
    k = -54;
  }
  float[0] = x;
  const bits = halves[UPPER]! - 0x3fe60000;
  const cell = 3 * ((bits >> 13) & 127);
  const z = x * POWERS_OF_TWO[1074 - (bits >> 20)]!;
  k += bits >> 20;
  const reciprocal = LOG_CELLS[cell]!;
  const near = Math.fround(z);
  const head = near * reciprocal - 1;
  const tail = (z - near) * reciprocal;
  const r = head + tail;
  const most = k * LN2_HEAD + LOG_CELLS[cell + 1]!;
  const first = most + r;
  const square = -0.5 * head * head; // exact, as head has 26 bits
  const second = first + square;
  const lost = most - first + r + (head - r + tail) + (first - second + square);
  const series =
    1 / 3 + r * (-1 / 4 + r * (1 / 5 + r * (-1 / 6 + r * (1 / 7 + r * (-1 / 8 + r * (1 / 9))))));
  const rest =
    lost +
    (k * LN2_TAIL + LOG_CELLS[cell + 2]!) +
    (r * r * r * series - tail * (head + 0.5 * tail));
  const logHead = second + rest;
  const logTail = second - logHead + rest;
  const product = exponent * logHead;
  if (!(product > -746 && product < 710)) return expOfSum(product, 0);
  if (product > -TINY && product < TINY) return 1;
  // What rounding the product left out: a sum of four exact products less the product.
  const logUpper = logHead * CUTTER - (logHead * CUTTER - logHead);
  const exponentUpper = exponent * CUTTER - (exponent * CUTTER - exponent);
  const logLower = logHead - logUpper;
  const exponentLower = exponent - exponentUpper;
  const missing =
    exponentUpper * logUpper -
    product +
    exponentUpper * logLower +
    exponentLower * logUpper +
    exponentLower * logLower;
  return expOfSum(product, missing + exponent * logTail);
}

/**
 * base^n of any base and a whole number n, by repeated squaring; 1 / base^−n for n < 0. Exact where every product on the
 * way is; otherwise the relative error is below |n| · 2⁻⁵³.
 * @throws RangeError unless n is whole.
 */
export function powerOf(base: number, n: number): number {
  if (!Number.isInteger(n)) throw new RangeError(`the exponent is ${n}, expected a whole number`);
  let product = 1;
  let square = base;
  for (let left = Math.abs(n); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) product *= square;
    square *= square;
  }
  return n < 0 ? 1 / product : product;
}
