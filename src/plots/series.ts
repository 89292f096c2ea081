/** A line of a figure, as plain numbers. */
export interface Series {
  id: string;
  label: string;
  /** A CSS colour, as a rule one of the theme's variables. */
  color: string;
  /** SVG dash pattern, so that lines differ by more than colour. */
  dash?: string;
  points: readonly Point[];
}

/** x and y of one point; a y that is not finite leaves a gap in the line. */
export interface Point {
  x: number;
  y: number;
}

/** A point with the standard error of its y. */
export interface ErrorPoint extends Point {
  error: number;
}

/**
 * Moves labels apart: the given heights in ascending order become at least `distance` apart, as near to where they
 * were as a pass down and a pass up allow, and stay within [lowest, highest] as long as they fit.
 */
export function spreadLabels(
  heights: readonly number[],
  distance: number,
  lowest: number,
  highest: number,
): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!);
  const spread = heights.slice();
  let limit = lowest;
  for (const i of order) {
    spread[i] = Math.max(spread[i]!, limit);
    limit = spread[i]! + distance;
  }
  limit = highest;
  for (const i of order.reverse()) {
    spread[i] = Math.min(spread[i]!, limit);
    limit = spread[i]! - distance;
  }
  return spread;
}

/** The y of the last point at or before x, or null. Points are in ascending order of x. */
export function valueAt(points: readonly Point[], x: number): number | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle]!.x <= x) low = middle + 1;
    else high = middle;
  }
  const point = points[low - 1];
  return point && Number.isFinite(point.y) ? point.y : null;
}

/**
 * The powers of `base` within `domain`, from the lowest on; or every second, fourth … of them, so that there are at
 * most `most` intervals between them.
 */
export function powersOf(
  base: number,
  [from, to]: readonly [number, number],
  most: number,
): number[] {
  // A quotient of logarithms is a hair off a whole number.
  const exponentOf = (value: number): number => Math.log(value) / Math.log(base);
  const [low, high] = [Math.ceil(exponentOf(from) - 1e-9), Math.floor(exponentOf(to) + 1e-9)];
  let stride = 1;
  while ((high - low) / stride > Math.max(1, most)) stride *= 2;
  return Array.from(
    { length: Math.floor((high - low) / stride) + 1 },
    (_, i) => base ** (low + i * stride),
  );
}
