import {
  scaleLinear,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3';
import type { Point } from './series.ts';

/** A point with half the width of the interval of its y; null where it is not known. */
export interface IntervalPoint extends Point {
  half: number | null;
}

/** A line through means, with their intervals as a band or as bars. */
export interface IntervalSeries {
  id: string;
  label: string;
  color: string;
  /** SVG dash pattern, so that lines differ by more than colour. */
  dash: string;
  /** Points in ascending order of x. */
  points: readonly IntervalPoint[];
}

/** The marks of points that differ by more than colour. */
export const MARKERS = {
  circle: symbolCircle,
  square: symbolSquare,
  triangle: symbolTriangle,
  diamond: symbolDiamond,
  cross: symbolCross,
  star: symbolStar,
  wye: symbolWye,
} as const;
export type Marker = keyof typeof MARKERS;

/** A named point of a plane with intervals in both directions. */
export interface PlanePoint {
  id: string;
  label: string;
  color: string;
  marker: Marker;
  x: number;
  y: number;
  xHalf: number | null;
  yHalf: number | null;
}

/** The outline of a mark about (0, 0), of `area` square pixels. */
export const markerPath = (marker: Marker, area = 70): string => symbol(MARKERS[marker], area)()!;

/**
 * Round bounds around values with their intervals: those from 0 on begin at 0 unless they would then fill less than half
 * of the axis; `within` is never left. Where all values are the same there is room around them.
 */
export function roundDomain(
  values: readonly { value: number; half: number | null }[],
  within: readonly [number, number] = [-Infinity, Infinity],
): [number, number] {
  let low = Math.min(...values.map(({ value, half }) => value - (half ?? 0)));
  let high = Math.max(...values.map(({ value, half }) => value + (half ?? 0)));
  if (!(low <= high)) return [0, 1];
  if (low === high) {
    const room = Math.abs(low) / 10 || 1;
    [low, high] = [low - room, high + room];
  }
  if (low > 0 && low < high / 2) low = 0;
  const inside = (value: number): number => Math.min(within[1], Math.max(within[0], value));
  const [from, to] = scaleLinear()
    .domain([inside(low), inside(high)])
    .nice(5)
    .domain();
  return [inside(from!), inside(to!)];
}
