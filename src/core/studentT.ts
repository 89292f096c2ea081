import { powerOf } from './elementary.ts';
import { mean, standardError } from './statistics.ts';

/** The 97.5 % points of Student's t for 1 to 10 degrees of freedom, where the expansion below is too coarse. */
const SMALL = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
/** The 97.5 % point of the standard normal distribution. */
const Z = 1.959964;
const [Z3, Z5, Z7] = [powerOf(Z, 3), powerOf(Z, 5), powerOf(Z, 7)];

/**
 * The 97.5 % point of Student's t, to 5e-4: from a table up to 10 degrees of freedom d, then
 * z + (z³ + z)/4d + (5z⁵ + 16z³ + 3z)/96d² + (3z⁷ + 19z⁵ + 17z³ − 15z)/384d³.
 *
 * Source: Abramowitz & Stegun 1964, 26.7.5.
 * @throws RangeError unless d is a whole number from 1.
 */
export function studentT975(d: number): number {
  if (!Number.isInteger(d) || d < 1)
    throw new RangeError(`degrees of freedom are ${d}, expected a whole number from 1`);
  if (d <= SMALL.length) return SMALL[d - 1]!;
  return (
    Z +
    (Z3 + Z) / (4 * d) +
    (5 * Z5 + 16 * Z3 + 3 * Z) / (96 * d * d) +
    (3 * Z7 + 19 * Z5 + 17 * Z3 - 15 * Z) / (384 * d * d * d)
  );
}

/** A mean over seeds, and half the width of its 95 % interval; null where a single value leaves it unknown. */
export interface Interval {
  mean: number;
  half: number | null;
}

/** mean ± t · standard error, with t for n − 1 degrees of freedom. @throws RangeError for no values. */
export function meanInterval(values: readonly number[]): Interval {
  if (values.length === 0) throw new RangeError('there are no values to take the mean of');
  const half = values.length > 1 ? studentT975(values.length - 1) * standardError(values) : null;
  return { mean: mean(values), half };
}
