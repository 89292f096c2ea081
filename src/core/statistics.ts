/** Small statistics over plain arrays. All return NaN for no values. */

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Sample standard deviation, √(Σ (x − mean)² / (n − 1)); 0 for a single value. */
export function sampleStandardDeviation(values: ArrayLike<number>): number {
  if (values.length === 1) return 0;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = values[i]! - centre;
    squares += difference * difference;
  }
  return Math.sqrt(squares / (values.length - 1));
}

/** Standard error of the mean of independent values: sample standard deviation / √n. */
export function standardError(values: ArrayLike<number>): number {
  return sampleStandardDeviation(values) / Math.sqrt(values.length);
}

/** The middle one of an odd number of values, or the upper of the two in the middle; NaN of none. */
export function median(values: ArrayLike<number>): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? NaN;
}
