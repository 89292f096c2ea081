import { scaleLinear } from 'd3';
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

/** How many corners a mark has, how far it is turned, and how far in the places between its corners are. */
interface Outline {
  corners: number;
  /** In turns, from the top. */
  turn?: number;
  /** As a share of the radius; without it the sides are straight. */
  waist?: number;
}

/** The marks of points that differ by more than colour. Not those of d3, which would weigh on the page's first load. */
export const MARKERS = {
  circle: { corners: 24 },
  square: { corners: 4, turn: 1 / 8 },
  triangle: { corners: 3 },
  diamond: { corners: 4 },
  star: { corners: 5, waist: 0.45 },
  cross: { corners: 4, waist: 0.35 },
  wye: { corners: 3, turn: 1 / 2 },
  saltire: { corners: 4, turn: 1 / 8, waist: 0.35 },
} as const satisfies Record<string, Outline>;
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

/** What every figure with intervals says in words. */
interface FigureWords {
  title: string;
  /** In plain words: what the reader sees. */
  caption: string;
  /** What a screen reader says in place of the drawing. */
  summary: string;
  xLabel: string;
  yLabel: string;
  xDomain: [number, number];
  yDomain: [number, number];
}

/** Lines through means over seeds, all that their figure needs. */
export interface IntervalView extends FigureWords {
  xScale: 'linear' | 'log2' | 'log10';
  /** In place of round numbers. */
  xTicks?: readonly number[] | undefined;
  intervals: 'band' | 'bars';
  /** At least one, none without points. */
  series: readonly IntervalSeries[];
  format: (y: number) => string;
  /** Where the values in the legend are read, such as `at k = 16`. */
  at: (x: number) => string;
}

/** Points of a plane, all that their figure needs. */
export interface PlaneView extends FigureWords {
  points: readonly PlanePoint[];
}

/** The outline of a mark about (0, 0), with its corners `radius` pixels away. */
export function markerPath(marker: Marker, radius = 7): string {
  const { corners, turn = 0, waist }: Outline = MARKERS[marker];
  const radii = waist === undefined ? [1] : [1, waist];
  const places = corners * radii.length;
  const points = Array.from({ length: places }, (_, i) => {
    const angle = 2 * Math.PI * (turn + i / places);
    const away = radius * radii[i % radii.length]!;
    return `${(away * Math.sin(angle)).toFixed(2)},${(-away * Math.cos(angle)).toFixed(2)}`;
  });
  return `M${points.join('L')}Z`;
}

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
