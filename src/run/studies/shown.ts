import { powerOf } from '../../core/elementary.ts';
import type { Interval } from '../../core/studentT.ts';

/** As many digits more as a small interval may need before it is told in powers of ten. */
const MORE_DIGITS = 2;

const vanishes = (value: number, digits: number): boolean =>
  value !== 0 && Math.abs(value) < 0.5 * powerOf(10, -digits);

/** Below this, powers of ten are easier to read than zeros. */
const SMALLEST_FIXED = 1e-5;

/** With a true minus, and with commas between the thousands before the point. */
function written(value: number, digits: number): string {
  const [whole, ...rest] = value.toFixed(digits).split('.') as [string, ...string[]];
  const grouped = whole.replace('-', '−').replace(/\B(?=(\d{3})+$)/g, ',');
  return [grouped, ...rest].join('.');
}

/** A number with so many digits after the point; two that count where they would all be 0, of the smallest in powers of ten. */
export function showNumber(value: number, digits: number): string {
  if (!vanishes(value, digits)) return written(value === 0 ? 0 : value, digits); // No minus before a rounded zero.
  if (Math.abs(value) < SMALLEST_FIXED) return value.toExponential(1).replace(/^-/, '−');
  return written(value, 1 - Number(value.toExponential().split('e')[1]));
}

/** What the sums over equal values leave of an interval that has no width. */
const RESIDUE = 1e-12;

/** Whether all values of an interval are the same, up to the rounding of their sums. */
export function isConstant({ mean, half }: Interval): boolean {
  return half !== null && half <= RESIDUE * Math.abs(mean);
}

/** `mean ± half` with as many digits as the interval needs to be seen; the number alone where every seed has the same. */
export function showInterval({ mean, half }: Interval, digits: number): string {
  if (half === null) return `${showNumber(mean, digits)} (one seed)`;
  if (isConstant({ mean, half })) return showNumber(mean, digits);
  let enough = digits;
  while (enough < digits + MORE_DIGITS && vanishes(half, enough)) enough++;
  return `${showNumber(mean, enough)} ± ${showNumber(half, enough)}`;
}
