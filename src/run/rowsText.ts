import { csvText } from '../core/csv.ts';
import type { TrainRow } from '../experiments/train.ts';

/** A number that JSON has no word for stays visible. */
const visible = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** A line of JSON for each row, all of it; NaN and the infinities are texts of that name. */
export const rowsAsJsonLines = (rows: readonly TrainRow[]): string =>
  rows.map((row) => `${JSON.stringify(row, visible)}\n`).join('');

/**
 * The rows as CSV: a column for each number by its path, such as `heldOut.passAt.256`; a list of
 * numbers is one cell with spaces between them. Nothing is an empty cell; NaN is `NaN`. Without the answers of the steps,
 * which are no numbers: JSON lines have those.
 */
export function rowsAsCsv(rows: readonly TrainRow[]): string {
  const flat = rows.map(({ group: _, ...row }) => new Map(cellsOf('', row)));
  const columns = [...new Set(flat.flatMap((cells) => [...cells.keys()]))];
  return csvText([columns, ...flat.map((cells) => columns.map((name) => cells.get(name) ?? ''))]);
}

function cellsOf(path: string, value: unknown): [path: string, text: string][] {
  if (value === null || value === undefined) return [[path, '']];
  if (typeof value !== 'object') return [[path, String(value)]];
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'number'))
    return [[path, value.join(' ')]];
  return Object.entries(value).flatMap(([name, entry]) =>
    cellsOf(path === '' ? name : `${path}.${name}`, entry),
  );
}
