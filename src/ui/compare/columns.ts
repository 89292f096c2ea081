import { measureNamed } from '../../run/studies/measures.ts';
import { showInterval, showNumber } from '../../run/studies/shown.ts';
import type { SortKey } from '../kit/table.ts';
import { GROUP_NAMES, type GroupName } from './groups.ts';
import { NUMBERS, type Cell, type Method, type NumberName } from './methods.ts';
import * as TEXT from '../../messages/compare.ts';

export type ColumnName = 'method' | 'group' | NumberName | 'seeds';

const KEYS: Record<Exclude<ColumnName, NumberName>, (method: Method) => string | number> = {
  method: ({ label }) => label.toLowerCase(),
  group: ({ group }) => GROUP_NAMES.indexOf(group as GroupName),
  seeds: ({ seeds }) => seeds,
};
const isNumber = (column: ColumnName): column is NumberName =>
  (NUMBERS as readonly ColumnName[]).includes(column);

/** What the rows of the table are sorted by in a column. */
export const keyOf =
  (column: ColumnName) =>
  (method: Method): SortKey =>
    isNumber(column) ? (method.numbers[column].interval?.mean ?? null) : KEYS[column](method);

/** What a column is called. */
export const titleOf = (column: ColumnName): string =>
  isNumber(column) ? measureNamed(column).label : TEXT[`column_${column}`];

/** A cell as text: `mean ± half`, a mean alone where no seed plays a part, or how many seeds have no such number. */
export function shownCell({ interval, missing }: Cell, column: NumberName, seeds: number): string {
  const { digits } = measureNamed(column);
  if (interval)
    return interval.half === null
      ? showNumber(interval.mean, digits)
      : showInterval(interval, digits);
  return missing === seeds ? '—' : TEXT.noneIn({ missing, seeds });
}
