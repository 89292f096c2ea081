/** How the cells of a map of problems look and stand: on the poster, and in the figure in its place. */

/** What is rarer has the colour of this p: 10^−4. */
const RAREST_POWER = -4;

/** Red, green and blue at equal distances, from rare to certain; they read in both themes and without colour vision. */
const STOPS = [
  [42, 26, 94],
  [43, 90, 151],
  [31, 161, 135],
  [165, 210, 60],
  [253, 231, 37],
] as const;

/** The colour at a place of the ramp, from 0 to 1. */
export function ramp(t: number): string {
  const at = t * (STOPS.length - 1);
  const below = Math.min(STOPS.length - 2, Math.floor(at));
  const next = STOPS[below + 1]!;
  return `rgb(${STOPS[below]!.map((low, i) => Math.round(low + (at - below) * (next[i]! - low))).join(', ')})`;
}

/** The colour of an exact p, on a logarithmic scale; a grey where there is none yet. */
export const shadeOf = (p: number | undefined): string =>
  p === undefined ? 'var(--grid)' : ramp(1 - Math.max(Math.log10(p), RAREST_POWER) / RAREST_POWER);

/** Pixels of a cell on screen with the gap beside it, without it, and inside of its outline. */
export const CELL = { columnWidth: 28, rowHeight: 36, width: 25, height: 33, inset: 3.5 };

/** How many times its size on screen a cell is at most: a few large ones tell no more. */
const MOST_GROWN = 2;

/** How cells fill a box. */
export interface CellGrid {
  columns: number;
  /** Of a cell, times its size on screen. */
  scale: number;
}

/** The largest cells, so that as many as there are fit in a box and none is outside; in their own size without a height. */
export function cellGrid(count: number, width: number, height: number): CellGrid {
  // In so many columns: the largest that both the width and the height have room for.
  const scales = Array.from({ length: count }, (_, i) =>
    Math.min(
      width / ((i + 1) * CELL.columnWidth),
      height / (Math.ceil(count / (i + 1)) * CELL.rowHeight),
    ),
  );
  // A hair less, so that rounding puts none outside.
  const scale = height > 0 ? Math.min(MOST_GROWN, (1 - 1e-9) * Math.max(0, ...scales)) : 1;
  return { scale, columns: Math.max(1, Math.floor(width / (scale * CELL.columnWidth))) };
}
