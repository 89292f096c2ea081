import type { Interval } from '../../core/studentT.ts';

/** As many digits more as a small interval may need before it is told in powers of ten. */
const MORE_DIGITS = 2;

const vanishes = (value: number, digits: number): boolean =>
  value !== 0 && Math.abs(value) < 0.5 * 10 ** -digits;

/** A number with so many digits after the point, or in powers of ten where they would all be 0. */
export function showNumber(value: number, digits: number): string {
  if (vanishes(value, digits)) return value.toExponential(1);
  // No minus before a rounded zero.
  return (value === 0 ? 0 : value).toFixed(digits);
}

/** What the sums over equal values leave of an interval that has no width. */
const RESIDUE = 1e-12;

/** Whether all values of an interval are the same, up to the rounding of their sums. */
export function isConstant({ mean, half }: Interval): boolean {
  return half !== null && half <= RESIDUE * Math.abs(mean);
}

/** `mean ± half` with as many digits as the interval needs to be seen. */
export function showInterval({ mean, half }: Interval, digits: number): string {
  if (half === null) return `${showNumber(mean, digits)} (one seed)`;
  if (isConstant({ mean, half })) return `${showNumber(mean, digits)} ± ${showNumber(0, digits)}`;
  let enough = digits;
  while (enough < digits + MORE_DIGITS && vanishes(half, enough)) enough++;
  return `${showNumber(mean, enough)} ± ${showNumber(half, enough)}`;
}
