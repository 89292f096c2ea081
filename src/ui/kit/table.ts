import type { Snippet } from 'svelte';
import type { ClassValue } from 'svelte/elements';

/** What an explanation says: meaning, formula, and what TRL's trainer calls it. */
export interface HintText {
  text: string;
  formula?: string | undefined;
  trl?: string | undefined;
}

/** What a row is sorted by; one without stands last, upwards and downwards. */
export type SortKey = number | string | null;

/** A column of a table, as data: its head, what its cells show, and what it is sorted by. */
export interface Column<Row> {
  id: string;
  label: string;
  /** Whether its head is only heard. */
  isUnseen?: boolean;
  /** What stands below its name. */
  note?: string;
  hint?: HintText | undefined;
  /** The text of a cell, `–` where there is none. */
  value?(row: Row): string | number | null | undefined;
  /** A cell that is more than text. */
  cell?: Snippet<[Row]>;
  /** What explains a cell, such as the name of a measure. */
  hintOf?(row: Row): HintText | undefined;
  /** Whether its cells are the heads of their rows. */
  isHeader?: boolean;
  /** To the right, and in one line. */
  isNumber?: boolean;
  /** Of its head and of its cells. */
  class?: ClassValue;
  classOf?(row: Row): ClassValue;
  width?: string;
  sortBy?(row: Row): SortKey;
  /** Whether it is sorted upwards at first, as words are. */
  beginsUpwards?: boolean;
}

/** Rows that stand together. */
export interface RowGroup<Row> {
  id: string;
  rows: readonly Row[];
  /** Whether they stay as they are, whatever the others are sorted by. */
  keepsOrder?: boolean;
}

export interface Sort {
  column: string;
  descends: boolean;
}

/** Rows in the order of what they are sorted by; equal ones, and those without it, which stand last, stay as they were. */
export function sorted<Row>(
  rows: readonly Row[],
  sortBy: (row: Row) => SortKey,
  descends: boolean,
): Row[] {
  const sign = descends ? -1 : 1;
  return rows
    .map((row) => ({ row, key: sortBy(row) }))
    .sort(({ key: a }, { key: b }) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      return a === b ? 0 : a < b ? -sign : sign;
    })
    .map(({ row }) => row);
}

/** A column again turns its order round; a new one begins with its largest numbers, or its first words. */
export const sortedNext = <Row>(sort: Sort | null, column: Column<Row>): Sort => ({
  column: column.id,
  descends: sort?.column === column.id ? !sort.descends : !column.beginsUpwards,
});
