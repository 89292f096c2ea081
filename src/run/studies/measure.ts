/** A run at one moment, as measures read it. */
export interface Moment {
  p: readonly number[];
  soundP: readonly number[] | undefined;
  /** What counts beyond a narrow prior: where steps are written, only answers whose steps are all valid. */
  beyondP: readonly number[] | undefined;
  /** The places of the problems that need the task's skill. */
  needing: readonly number[];
  /** Of tasks whose problems have one. */
  sizes: readonly number[] | undefined;
  /** A scalar of the moment's row, by its path. */
  scalar(path: string): number | null;
  /** A scalar at every evaluation up to here, the base's first. */
  column(path: string): readonly (number | null)[];
  /** The mean of a scalar over the steps up to here that trained; at the base, the scalar itself. */
  meanOf(path: string): number | null;
}

/** A number that a run has at its end, at its beginning, and perhaps at every evaluation between. */
export interface Measure {
  /** As it stands in a sentence and above a column. */
  label: string;
  /** Digits after the point. */
  digits: number;
  /** Null where a run has no such number, such as the crossing of curves that do not cross. */
  of(now: Moment, base: Moment): number | null;
  /** Why there is no such number, in a few words, where that can be told. */
  absent?(now: Moment, base: Moment): string;
  /** Whether it is a share, which can rise to 1 and fall to 0 and no further. */
  isShare?: true;
  /** The path of the same number in a row, for figures over steps. */
  path?: string;
  /** The same of a row's scalars, where it is made of several. */
  ofRow?(scalar: (path: string) => number | null): number | null;
  /** Whether it is a difference already, so that the question on its own is whether it is 0. */
  isDifference?: true;
  /** Whether it is of what an arm has drawn, which may be a chain in place of its target. */
  isDrawn?: true;
}

/** The scalar of a row with that path. */
export const scalar = (label: string, digits: number, path: string): Measure => ({
  label,
  digits,
  path,
  of: (now) => now.scalar(path),
});

/** A number made of several scalars of a row. */
export const ofScalars = (
  label: string,
  digits: number,
  ofRow: (scalar: (path: string) => number | null) => number | null,
): Measure => ({ label, digits, ofRow, of: (now) => ofRow(now.scalar) });

/** a − b, where there are both. */
export const less = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a - b;
