/** Where repeated measurements lie. */
export interface Spread {
  median: number;
  /** The quartiles. */
  low: number;
  high: number;
  min: number;
  max: number;
  n: number;
}

/** The q-quantile, 0 ≤ q ≤ 1, linear between order statistics (Hyndman & Fan 1996, type 7); NaN for no values. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (at - Math.floor(at)) * (above - below);
}

export function spreadOf(values: readonly number[]): Spread {
  return {
    median: quantile(values, 0.5),
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
    min: quantile(values, 0),
    max: quantile(values, 1),
    n: values.length,
  };
}
