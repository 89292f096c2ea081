import { log } from './elementary.ts';

interface Point {
  x: number;
  y: number;
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

/** The same, linear over log x between the points; all x are above 0. */
export const valueOverLog = (points: readonly Point[], x: number): number =>
  valueBetween(
    points.map((point) => ({ x: log(point.x), y: point.y })),
    log(x),
  );

/** The index of the range that a value lies in; a value on an edge belongs to the range above it, but for the last edge. */
export function rangeOf(edges: readonly number[], value: number): number {
  const found = edges.findIndex((edge, i) => i > 0 && value < edge);
  return Math.max(0, found === -1 ? edges.length - 2 : found - 1);
}
