// The slow twin of src/core/elementary.ts: whole numbers that stand for multiples of 2⁻³²⁰, and the obvious series.
const BITS = 320n;
export const ONE = 1n << BITS;
export const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;

/** A float64 as a multiple of 2⁻³²⁰; exact from 2⁻²⁶⁸ in size. */
export function fixed(x: number): bigint {
  let [mantissa, e] = [x, 0];
  while (!Number.isInteger(mantissa)) [mantissa, e] = [mantissa * 2, e - 1];
  const whole = BigInt(mantissa) << BITS;
  return whole / (1n << BigInt(-e));
}

function series(first: bigint, next: (term: bigint, n: bigint) => bigint): bigint {
  let sum = 0n;
  for (let [term, n] = [first, 1n]; term !== 0n && term !== -1n; term = next(term, n++))
    sum += term;
  return sum;
}

/** 2 artanh y = ln((1 + y) / (1 − y)) */
function twiceArtanh(y: bigint): bigint {
  const square = times(y, y);
  let sum = 0n;
  for (let [power, odd] = [2n * y, 1n]; power !== 0n && power !== -1n; odd += 2n) {
    sum += power / odd;
    power = times(power, square);
  }
  return sum;
}

export const LN2 = twiceArtanh(ONE / 3n);
/** Machin 1706: π = 16 arctan(1/5) − 4 arctan(1/239). */
const arctanOfInverse = (n: bigint): bigint => {
  let sum = 0n;
  for (let [power, odd] = [ONE / n, 1n]; power !== 0n; odd += 2n) {
    sum += odd % 4n === 1n ? power / odd : -power / odd;
    power /= n * n;
  }
  return sum;
};
export const PI = 16n * arctanOfInverse(5n) - 4n * arctanOfInverse(239n);

/** A real number as `mantissa` · 2^(e − 320). */
export interface Real {
  mantissa: bigint;
  e: number;
}

export function exactExp(x: bigint): Real {
  const e = x / LN2;
  const r = x - e * LN2;
  return { mantissa: series(ONE, (term, n) => times(term, r) / n), e: Number(e) };
}

export const exactExpm1 = (x: bigint): Real => {
  const { mantissa, e } = exactExp(x);
  return { mantissa: (e < 0 ? mantissa >> BigInt(-e) : mantissa << BigInt(e)) - ONE, e: 0 };
};

/** ln of a positive multiple of 2⁻³²⁰ times 2^e. */
export function exactLog(x: bigint, e = 0): bigint {
  const k = BigInt(x.toString(2).length) - BITS - 1n;
  const z = k < 0n ? x << -k : x >> k;
  return twiceArtanh(((z - ONE) << BITS) / (z + ONE)) + (k + BigInt(e)) * LN2;
}

/** ln of any positive float64, from its own digits. */
export function exactLogOf(x: number): bigint {
  let [near, e] = [x, 0];
  while (near > 2) [near, e] = [near / 2, e + 1];
  while (near < 1) [near, e] = [near * 2, e - 1];
  return exactLog(fixed(near), e);
}

export const exactCosine = (u: number): bigint => {
  const angle = times(2n * PI, fixed(u));
  const square = times(angle, angle);
  return series(ONE, (term, n) => -times(term, square) / (2n * n * (2n * n - 1n)));
};

export const real = (mantissa: bigint): Real => ({ mantissa, e: 0 });

/** How many units in the last place of the exact number lie between it and the computed one. */
export function ulps(computed: number, { mantissa, e }: Real): number {
  const size = mantissa < 0n ? -mantissa : mantissa;
  const leading = size.toString(2).length - 1 - Number(BITS) + e;
  const last = Math.max(leading - 52, -1074);
  // Both in ulps times 2⁶⁰: dividing by 2^last in two steps keeps the power in range.
  const half = Math.trunc(last / 2);
  const found = BigInt((computed / 2 ** half / 2 ** (last - half)) * 2) << 59n;
  const shift = e - Number(BITS) - last + 60;
  const exact = shift < 0 ? mantissa >> BigInt(-shift) : mantissa << BigInt(shift);
  return Math.abs(Number(found - exact)) / 2 ** 60;
}
