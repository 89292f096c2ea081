import { scaleLinear, scaleLog } from 'd3-scale';
import { grouped } from '../../plots/numbers.ts';
import type { Table } from '../../plots/tables.ts';
import { probabilityOf } from '../shares.ts';
import * as MAP from '../../messages/problemMap.ts';

/** A held-out problem as a cell of the map. */
export interface MapRow {
  /** As it is read in one line. */
  name: string;
  /** How many answers the verifier accepts; undefined as long as that is not known. */
  accepted: number | undefined;
  /** Exact p of one sample. */
  base: number;
  now: number | undefined;
  /** Whether it was lost or gained since the base. */
  fate: 'same' | 'lost' | 'gained';
}

/** A cell in a sentence. */
export const cellWords = ({ name, accepted, base, now, fate }: MapRow): string =>
  MAP.cell({
    problem: name,
    accepted: accepted === undefined ? '' : MAP.accepted({ count: accepted }),
    base: probabilityOf(base),
    now: now === undefined ? '' : MAP.now({ p: probabilityOf(now) }),
    fate: fate === 'same' ? '' : MAP.fate({ fate: MAP[fate] }),
  });

/** How many accepted answers were enumerated, by problem; that they will be, before that. */
export const enumeratedWords = (counts: readonly number[] | undefined): string =>
  counts
    ? MAP.enumerated({
        total: grouped(counts.reduce((sum, count) => sum + count, 0)),
        fewest: Math.min(...counts),
        most: grouped(Math.max(...counts)),
      })
    : MAP.enumerating;

/** A row for each held-out problem, in the order of the map. */
export const tableOfMap = (rows: readonly MapRow[]): Table => ({
  head: [...[MAP.columnProblem, MAP.columnAccepted, MAP.columnBase, MAP.columnNow, MAP.columnFate]],
  rows: rows.map(({ name, accepted, base, now, fate }) => [
    name,
    accepted === undefined ? '–' : String(accepted),
    exact(base),
    now === undefined ? '–' : exact(now),
    fate === 'same' ? '' : MAP[fate],
  ]),
  note: '',
});

/** With as many digits as tell problems apart, without those of rounding. */
const exact = (p: number): string => String(Number(p.toPrecision(6)));

/** What is rarer has the colour of this p. */
const SMALLEST_P = 1e-4;

/** Red, green and blue at equal distances, from rare to certain; they read in both themes and without colour vision. */
const STOPS = [
  [42, 26, 94],
  [43, 90, 151],
  [31, 161, 135],
  [165, 210, 60],
  [253, 231, 37],
] as const;
const channels = ([0, 1, 2] as const).map((channel) =>
  scaleLinear(
    STOPS.map((_, i) => i / (STOPS.length - 1)),
    STOPS.map((stop) => stop[channel]),
  ),
);
const place = scaleLog().domain([SMALLEST_P, 1]).clamp(true);

/** The colour at a place of the ramp, from 0 to 1. */
export const ramp = (t: number): string =>
  `rgb(${channels.map((channel) => Math.round(channel(t))).join(', ')})`;

/** The colour of an exact p, on a logarithmic scale; a grey where there is none yet. */
export const shadeOf = (p: number | undefined): string =>
  p === undefined ? 'var(--grid)' : ramp(place(Math.max(p, SMALLEST_P)));

/** Pixels of a cell on screen with the gap beside it, without it, and inside of its outline. */
export const CELL = { columnWidth: 28, rowHeight: 36, width: 25, height: 33, inset: 3.5 };

/** How many times its size on screen a cell is at most: a few large ones tell no more. */
const MOST_GROWN = 2;

/** How large cells are, times their size on screen, so that as many as there are fill a box and none is outside. */
export function scaleThatFits(count: number, width: number, height: number): number {
  // In so many columns: the largest that both the width and the height have room for.
  const scales = Array.from({ length: count }, (_, i) =>
    Math.min(
      width / ((i + 1) * CELL.columnWidth),
      height / (Math.ceil(count / (i + 1)) * CELL.rowHeight),
    ),
  );
  // A hair less, so that rounding puts none outside.
  return Math.min(MOST_GROWN, (1 - 1e-9) * Math.max(0, ...scales));
}
