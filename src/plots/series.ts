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
  /** What the line is in the middle of, such as the range of several runs: an area in its colour. */
  band?: readonly { x: number; low: number; high: number }[];
}

/** x and y of one point; a y that is not finite leaves a gap in the line. */
export interface Point {
  x: number;
  y: number;
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

/** Where a probability stands on an axis of odds, as far apart from 0 as from 1; used as a scale of d3. */
export interface LogitScale {
  (p: number): number;
  invert(place: number): number;
  /** Probabilities with few digits: with room for fewer than 5, every other one. */
  ticks(count: number): number[];
}

const ODD_TICKS = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999];

/** logit p = log(p / (1 − p)), mapped linearly: `domain` inside (0, 1) to `range`. */
export function scaleLogit(domain: [number, number], range: [number, number]): LogitScale {
  const logit = (p: number): number => Math.log(p) - Math.log1p(-p);
  const [from, to] = domain.map(logit) as [number, number];
  const slope = (range[1] - range[0]) / (to - from);
  const scale = (p: number): number => range[0] + (logit(p) - from) * slope;
  return Object.assign(scale, {
    invert: (place: number) => 1 / (1 + Math.exp(-(from + (place - range[0]) / slope))),
    ticks: (count: number) =>
      (count < 5 ? [0.001, 0.1, 0.9, 0.999] : ODD_TICKS).filter(
        (p) => p >= domain[0] && p <= domain[1],
      ),
  });
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

/** The x of the first point whose y is not finite, over all lines; null where there is none. */
export function firstFault(series: readonly Series[]): number | null {
  const faults = series.flatMap(({ points }) => {
    const point = points.find(({ y }) => !Number.isFinite(y));
    return point ? [point.x] : [];
  });
  return faults.length > 0 ? Math.min(...faults) : null;
}

/** Every x of any line, in ascending order. */
export const stopsOf = (series: readonly Series[]): number[] =>
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
