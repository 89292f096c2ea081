import type { IntervalSeries, PlanePoint } from './intervals.ts';
import { stopsOf, valueAt, type Estimates, type Series } from './series.ts';
import * as TABLE_TEXT from '../messages/figureTables.ts';

/** The numbers of a figure as a table: the first cell of a row names it. */
export interface Table {
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** What the reader should know of it, such as that rows were left out. */
  note: string;
}

/** A table has at most so many rows; a longer one is thinned evenly and says so. */
export const MOST_ROWS = 60;

/** Of so many rows the first, the last, and those at equal distances between, at most {@link MOST_ROWS}. */
export function evenly<T>(rows: readonly T[], most = MOST_ROWS): T[] {
  if (rows.length <= most) return rows.slice();
  return Array.from(
    { length: most },
    (_, i) => rows[Math.round((i * (rows.length - 1)) / (most - 1))]!,
  );
}

/** A number of an axis with at most 4 digits, without an exponent from 0.0001 to a million. */
const plain = (x: number): string => String(Number(x.toPrecision(x >= 1000 ? 7 : 4)));
const NONE = '–';

function thinned(head: string[], xs: readonly number[], row: (x: number) => string[]): Table {
  const shown = evenly(xs);
  return {
    head,
    rows: shown.map((x) => [plain(x), ...row(x)]),
    note:
      shown.length < xs.length ? TABLE_TEXT.thinned({ shown: shown.length, all: xs.length }) : '',
  };
}

/** What a pane of lines draws. */
export interface LinesData {
  series: readonly Series[];
  format: (y: number) => string;
  estimates?: Estimates | null;
}

/** A row for each x of any line of the panes; a line between two of its points says what its last one said. */
export function tableOfLines(xLabel: string, panes: readonly LinesData[]): Table {
  const columns = panes.flatMap(({ series, format, estimates }) => [
    ...series.map(({ label, points }) => ({
      label,
      at: (x: number): string => {
        const value = valueAt(points, x);
        if (value !== null) return format(value);
        return points.some((point) => point.x === x) ? TABLE_TEXT.notANumber : NONE;
      },
    })),
    ...(estimates
      ? [
          {
            label: estimates.label,
            at: (x: number): string => {
              const point = estimates.points.find((each) => each.x === x);
              return point ? `${format(point.y)} ± ${format(point.error)}` : NONE;
            },
          },
        ]
      : []),
  ]);
  return thinned(
    [xLabel, ...columns.map(({ label }) => label)],
    stopsOf(
      panes.flatMap(({ series, estimates }) => [...series, ...(estimates ? [estimates] : [])]),
    ),
    (x) => columns.map(({ at }) => at(x)),
  );
}

const withHalf = (text: string, half: number | null, format: (y: number) => string): string =>
  half === null ? text : `${text} ± ${format(half)}`;

/** A row for each x of any line, its means with half the width of their intervals. */
export function tableOfIntervals({
  xLabel,
  series,
  format,
}: {
  xLabel: string;
  series: readonly Pick<IntervalSeries, 'label' | 'points'>[];
  format: (y: number) => string;
}): Table {
  return thinned([xLabel, ...series.map(({ label }) => label)], stopsOf(series), (x) =>
    series.map(({ points }) => {
      const point = points.find((each) => each.x === x);
      return point ? withHalf(format(point.y), point.half, format) : NONE;
    }),
  );
}

/** As the figures themselves have it. */
const three = (value: number): string => value.toFixed(3);

/** A row for each point of a plane. */
export function tableOfPlane({
  xLabel,
  yLabel,
  points,
}: {
  xLabel: string;
  yLabel: string;
  points: readonly Pick<PlanePoint, 'label' | 'x' | 'y' | 'xHalf' | 'yHalf'>[];
}): Table {
  return {
    head: [TABLE_TEXT.point, xLabel, yLabel],
    rows: points.map(({ label, x, y, xHalf, yHalf }) => [
      label,
      withHalf(three(x), xHalf, three),
      withHalf(three(y), yHalf, three),
    ]),
    note: '',
  };
}

/** A row for each dot, in the order in which they were made. */
export function tableOfDots(
  xLabel: string,
  yLabel: string,
  points: readonly { x: number; y: number }[],
): Table {
  const shown = evenly(points);
  return {
    head: [xLabel, yLabel],
    rows: shown.map(({ x, y }) => [three(x), three(y)]),
    note:
      shown.length < points.length
        ? TABLE_TEXT.thinnedPoints({ shown: shown.length, all: points.length })
        : '',
  };
}

/**
 * A row for each bin, with the count of each group; the first bin has its name, and so may the last; the others their edges. An edge
 * without text takes the numbers of the nearest ones that have some as its bounds.
 */
export function tableOfBins(
  firstBin: string,
  edges: readonly string[],
  groups: readonly { label: string; counts: readonly number[] }[],
  lastBin?: string,
): Table {
  const before = (i: number): string => edges.slice(0, i + 1).findLast((edge) => edge !== '') ?? '';
  const after = (i: number): string => edges.slice(i).find((edge) => edge !== '') ?? '';
  const names = [
    firstBin,
    ...edges.slice(1).map((_, i) => TABLE_TEXT.range({ from: before(i), to: after(i + 1) })),
    ...(lastBin === undefined ? [] : [lastBin]),
  ];
  return {
    head: [TABLE_TEXT.bin, ...groups.map(({ label }) => label)],
    rows: names.map((name, bin) => [name, ...groups.map(({ counts }) => String(counts[bin] ?? 0))]),
    note: '',
  };
}
