import { scaleLinear } from 'd3-scale';
import type { MarkPoint } from './markers.ts';
import type { BandPoint, Point } from './series.ts';

/** A point with half the width of the interval of its y; null where it is not known. */
export interface IntervalPoint extends Point {
  half: number | null;
}

/** The intervals of points as a band; none where none is known. */
export const bandOf = (points: readonly IntervalPoint[]): BandPoint[] | undefined =>
  points.some(({ half }) => half !== null && half > 0)
    ? points.map(({ x, y, half }) => ({ x, low: y - (half ?? 0), high: y + (half ?? 0) }))
    : undefined;

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

/** A named point of a plane with intervals in both directions. */
export interface PlanePoint extends MarkPoint {
  label: string;
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
  /** How they are written; as numbers unless given. */
  xTick?: ((x: number) => string) | undefined;
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
