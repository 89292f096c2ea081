import { bisector } from 'd3-array';

/** A line of a figure, as plain numbers. */
export interface Series {
  id: string;
  label: string;
  /** A CSS colour, as a rule one of the theme's variables. */
  color: string;
  /** SVG dash pattern, so that lines differ by more than colour. */
  dash?: string;
  /** What stands at the end of the line, in place of the label; nothing for ''. */
  endLabel?: string;
  /** Thin and not in the legend: something to hold the other lines against. */
  isFaint?: boolean;
  /** Faded, since another line is pointed at. */
  isDimmed?: boolean;
  points: readonly Point[];
  /** A dot at each point: it is known there, and the line only joins them. */
  hasDots?: boolean;
  /** What the line is in the middle of, such as the range of several runs: an area in its colour. */
  band?: readonly BandPoint[] | undefined;
}

/** x and y of one point; a y that is not finite leaves a gap in the line. */
export interface Point {
  x: number;
  y: number;
}

/** How far a band reaches at one x. */
export interface BandPoint {
  x: number;
  low: number;
  high: number;
}

/** One marked place, such as a crossing; without a y the whole height is marked. */
export interface Marked {
  x: number;
  y?: number;
  label: string;
}

/** A range of the x axis that is told apart; it goes on where its end lies beyond the axis, as Infinity does. */
export interface Span {
  from: number;
  to: number;
  color: string;
}

/** A pane of lines: its y axis and what is drawn on it. */
export interface LinePaneView {
  /** What a screen reader says in place of the drawing. */
  summary: string;
  yLabel: string;
  yDomain: [number, number];
  /** On a logarithmic axis, ticks are powers of ten, and what lies below the domain is not drawn. */
  yScale?: 'linear' | 'log10';
  /** The text of a tick of the y axis, instead of its number. */
  yTick?: (y: number) => string;
  format: (y: number) => string;
  series: readonly Series[];
  /** Where no number may be missing: what to say of one that is, such as `NaN at step 12`. */
  faultAt?: (x: number) => string;
}

/** A point with the standard error of its y. */
export interface ErrorPoint extends Point {
  error: number;
}

/** Estimates with their standard errors, drawn as circles with bars in the colour given. */
export interface Estimates {
  label: string;
  color: string;
  points: readonly ErrorPoint[];
}

/** Places along the x axis, each a tick below it; those outside stand at its ends. */
export interface Rug {
  label: string;
  color: string;
  values: readonly number[];
}

const byX = bisector(({ x }: Point) => x);

/** The y of the last point at or before x, or null. Points are in ascending order of x. */
export function valueAt(points: readonly Point[], x: number): number | null {
  const point = points[byX.right(points, x) - 1];
  return point && Number.isFinite(point.y) ? point.y : null;
}

/** The x of the first point whose y is not finite, over all lines; null where there is none. */
export function firstFault(series: readonly Series[]): number | null {
  const faults = series.flatMap(({ points }) => {
    const point = points.find(({ y }) => !Number.isFinite(y));
    return point ? [point.x] : [];
  });
  return faults.length > 0 ? Math.min(...faults) : null;
}

/** Every x of any line, in ascending order. */
export const stopsOf = (series: readonly { points: readonly { x: number }[] }[]): number[] =>
  [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);

/** What lines say at x, or at their ends for null, such as `pass@1 0.312, pass@16 –`. */
export const readAt = (
  { series, format }: Pick<LinePaneView, 'series' | 'format'>,
  x: number | null,
): string =>
  series
    .map(({ label, points }) => {
      const value = valueAt(points, x ?? Infinity);
      return `${label} ${value === null ? '–' : format(value)}`;
    })
    .join(', ');

const CHARACTER_WIDTH = 7;

/** Room for the names at the ends of lines, in pixels. */
export const endRoom = (series: readonly Pick<Series, 'label' | 'endLabel'>[]): number =>
  Math.max(
    72,
    ...series.map(({ label, endLabel }) => 10 + CHARACTER_WIDTH * (endLabel ?? label).length),
  );
