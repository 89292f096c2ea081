/** Bytes of a number, as offsets count them. */
export const F32: usize = 4;

/**
 * eˣ in four lanes, within 1 ulp: eˣ = 2ⁿ·eʳ with n = round(x / ln 2) and r = x − n·ln 2, |r| ≤ ½ ln 2, and a polynomial for
 * eʳ. Below −87 it is 0; above 88 it is e⁸⁸; NaN stays NaN, whatever its bits.
 *
 * Source of the coefficients: Moshier, Cephes Mathematical Library, expf.
 */
export function exp4(x: v128): v128 {
  const clamped = f32x4.pmax(f32x4.pmin(x, constant(LARGEST)), constant(SMALLEST));
  // A sum with 1.5·2²³ has no bits for fractions: it is rounded, and the integer stands in its lowest bits.
  const shifted = f32x4.add(f32x4.mul(clamped, constant(PER_LN2)), constant(ROUNDING));
  const n = f32x4.sub(shifted, constant(ROUNDING));
  // ln 2 in two parts, of which n times the first is exact.
  let r = f32x4.sub(clamped, f32x4.mul(n, constant(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, constant(LN2_LOW)));
  let p = constant(COEFFICIENTS);
  for (let i = 1; i < 6; i++) p = f32x4.add(f32x4.mul(p, r), constant(COEFFICIENTS + i));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), constant(ONE));
  // Times 2ⁿ: n is added to the exponent.
  const result = i32x4.add(p, i32x4.shl(shifted, 23));
  const inRange = v128.andnot(result, f32x4.lt(x, constant(SMALLEST)));
  return v128.bitselect(inRange, x, f32x4.eq(x, x));
}

/** From memory, which V8 is quicker to load than to make a vector of a constant in each turn of a loop. */
const CONSTANTS = memory.data<f32>(
  [
    88, -87, 1.4426950408889634, 12582912, 0.693359375, -2.1219444e-4, 1.98756915e-4,
    1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1,
  ],
  16,
);
const LARGEST: usize = 0;
const SMALLEST: usize = 1;
const PER_LN2: usize = 2;
const ROUNDING: usize = 3;
const LN2_HIGH: usize = 4;
const LN2_LOW: usize = 5;
const COEFFICIENTS: usize = 6;
export const ONE: usize = 12;

export function constant(index: usize): v128 {
  return v128.load_splat<f32>(CONSTANTS + index * F32);
}

/**
 * ln x of a normal x > 0 in double precision, rounded: x = 2ᵉ·m with m in (√½, √2], and ln m = 2 artanh s with
 * s = (m − 1) / (m + 1), |s| < 0.172, whose series is cut where s¹⁵ is below a float's rounding. NaN stays NaN.
 */
export function log1(x: f32): f32 {
  if (x != x) return x;
  const bits = reinterpret<u64>(<f64>x);
  let e = <i32>(bits >> 52) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    e++;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let series: f64 = 2.0 / 13;
  series = series * z + 2.0 / 11;
  series = series * z + 2.0 / 9;
  series = series * z + 2.0 / 7;
  series = series * z + 2.0 / 5;
  series = series * z + 2.0 / 3;
  return <f32>(<f64>e * 0.6931471805599453 + (2 * s + s * z * series));
}

/** The sum of four lanes. */
export function sum1(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 2) +
    (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3))
  );
}

/** The sums of the lanes of four vectors, in four lanes. */
export function sums4(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}
