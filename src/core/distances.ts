interface Point {
  x: number;
  y: number;
}

/** How far a drawn curve is from what came out. */
export interface CurveDistance {
  /** The mean of |drawn − came out| over the handles that the reader could move. */
  mean: number;
  /** The handle at which they differ most. */
  worst: { x: number; drawn: number; came: number };
}

/** The y of a line at x, linear between its points; of an x outside, that of the nearest end. NaN for no points. */
export function valueBetween(points: readonly Point[], x: number): number {
  const after = points.findIndex((point) => point.x >= x);
  if (points.length === 0) return NaN;
  if (after === -1) return points.at(-1)!.y;
  const [from, to] = [points[Math.max(0, after - 1)]!, points[after]!];
  if (to.x === from.x || to.x === x) return to.y;
  return from.y + ((x - from.x) / (to.x - from.x)) * (to.y - from.y);
}

/**
 * The mean absolute difference between what was drawn and what came out, at the x of the handles:
 * Σ |drawnᵢ − came(xᵢ)| / n, and the largest of them. `fixed` handles at the beginning were given and do not count.
 * @throws RangeError if no handle is left to compare, or a line has no points.
 */
export function curveDistance(
  drawn: readonly Point[],
  cameOut: readonly Point[],
  fixed = 0,
): CurveDistance {
  const compared = drawn
    .slice(fixed)
    .map(({ x, y }) => ({ x, drawn: y, came: valueBetween(cameOut, x) }));
  if (compared.length === 0 || cameOut.length === 0)
    throw new RangeError(
      `a drawing of ${drawn.length} handles, ${fixed} of them given, and a line of ${cameOut.length} points cannot be compared`,
    );
  const off = (each: { drawn: number; came: number }): number => Math.abs(each.drawn - each.came);
  return {
    mean: compared.reduce((sum, each) => sum + off(each), 0) / compared.length,
    worst: compared.reduce((most, each) => (off(each) > off(most) ? each : most)),
  };
}

/** The index of the range that a value lies in; a value on an edge belongs to the range above it, but for the last edge. */
export function rangeOf(edges: readonly number[], value: number): number {
  const found = edges.findIndex((edge, i) => i > 0 && value < edge);
  return Math.max(0, found === -1 ? edges.length - 2 : found - 1);
}

/** How far a value lies outside a range; 0 inside. */
export function outsideBy(edges: readonly number[], range: number, value: number): number {
  if (rangeOf(edges, value) === range) return 0;
  return Math.max(edges[range]! - value, value - edges[range + 1]!, 0);
}
