/**
 * The constants behind `elementary.ts`, worked out when the module loads, in about three milliseconds: in whole numbers
 * that stand for multiples of 2⁻¹²⁸. ECMAScript specifies BigInt arithmetic and its rounding to a float64 exactly, so every
 * machine makes the same tables, and none of their digits has to be believed.
 */

const BITS = 128n;
const ONE = 1n << BITS;
const UNIT = 1 / Number(ONE);

/** The float64 nearest to a multiple of 2⁻¹²⁸: dividing by a power of two rounds nothing. */
const nearest = (fixed: bigint): number => Number(fixed) * UNIT;

/** The multiple of 2⁻⁴² below: it has room for a factor of some thousands in a float64's 53 bits. */
const short = (fixed: bigint): bigint => (fixed >> (BITS - 42n)) << (BITS - 42n);

/** A number as the exact sum of a short head and its nearest tail. */
const split = (fixed: bigint): [head: number, tail: number] => [
  nearest(short(fixed)),
  nearest(fixed - short(fixed)),
];

/** 2 artanh(1/n) = 2 Σ 1 / ((2j + 1) n^(2j + 1)) = ln((n + 1) / (n − 1)). */
function logOfNeighbours(n: bigint): bigint {
  let power = (2n * ONE) / n;
  let sum = 0n;
  for (let odd = 1n; power > 0n; odd += 2n) {
    sum += power / odd;
    power /= n * n;
  }
  return sum;
}

const LN2 = logOfNeighbours(3n);

/** ln 2, the head with 42 bits: its product with any exponent of a float64 is exact. */
export const [LN2_HEAD, LN2_TAIL] = split(LN2);

/** In how many parts an octave is cut for the exponential. */
export const PARTS = 128;

/** ln 2 / 128, the head with 35 bits: its product with 128 times any exponent of a float64 is exact. */
export const [PART_HEAD, PART_TAIL] = split(LN2 / BigInt(PARTS));

/** 2^e of the whole numbers e from −1074 to 1023 is at e + 1074. */
export const POWERS_OF_TWO = new Float64Array(1074 + 1024);
POWERS_OF_TWO[1074] = 1;
for (let e = 1; e <= 1023; e++) POWERS_OF_TWO[1074 + e] = 2 * POWERS_OF_TWO[1073 + e]!;
for (let e = -1; e >= -1074; e--) POWERS_OF_TWO[1074 + e] = POWERS_OF_TWO[1075 + e]! / 2;

/** 2^(i/128) as a head at 2i and a tail at 2i + 1. */
export const ROOTS_OF_TWO = new Float64Array(2 * PARTS);
{
  let root = ONE; // e^(ln 2 / 128) by its series
  for (let n = 1n, term = ONE; term > 0n; n += 1n) {
    term = (term * LN2) / (BigInt(PARTS) * n * ONE);
    root += term;
  }
  for (let i = 0, power = ONE; i < PARTS; i++) {
    ROOTS_OF_TWO[2 * i] = nearest(power);
    ROOTS_OF_TWO[2 * i + 1] = nearest(power - BigInt(ROOTS_OF_TWO[2 * i]! / UNIT));
    power = (power * root) >> BITS;
  }
}

/**
 * The mantissas from 0.6875 to 1.375 lie in 128 cells by the leading bits of a float64: 80 of width 1/256 below 1, then
 * 48 of width 1/128. Cell i has at 3i a number m/256 near the reciprocal of its middle, so short that its product with
 * a float32 is exact; at 3i + 1 and 3i + 2 the head and the tail of ln(256/m). The two cells that meet at 1 have m = 256,
 * so that nothing cancels there. A mantissa times the m/256 of its cell is less than 2⁻⁷ away from 1.
 */
export const LOG_CELLS = new Float64Array(3 * 128);
{
  const logs = new Map([[256, 0n]]);
  for (let m = 257; m < 384; m++)
    logs.set(m, logs.get(m - 1)! - logOfNeighbours(BigInt(2 * m - 1)));
  for (let m = 255; m > 180; m--)
    logs.set(m, logs.get(m + 1)! + logOfNeighbours(BigInt(2 * m + 1)));
  for (let i = 0; i < 128; i++) {
    const middle = i < 80 ? 0.6875 + (i + 0.5) / 256 : 1 + (i - 80 + 0.5) / 128;
    const m = i === 79 || i === 80 ? 256 : Math.round(256 / middle);
    LOG_CELLS.set([m / 256, ...split(logs.get(m)!)], 3 * i);
  }
}
