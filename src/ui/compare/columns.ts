import { measureNamed } from '../../run/studies/measures.ts';
import { showInterval, showNumber } from '../../run/studies/shown.ts';
import { GROUP_NAMES, type GroupName } from './groups.ts';
import { NUMBERS, type Cell, type Method, type NumberName } from './methods.ts';

export type ColumnName = 'method' | 'group' | NumberName | 'seeds';
export const COLUMNS: readonly ColumnName[] = ['method', 'group', ...NUMBERS, 'seeds'];

/** In which order rows stand. */
export interface Sort {
  column: ColumnName;
  descends: boolean;
}

/** What a column is sorted by; null stands last either way. */
const KEYS: Record<Exclude<ColumnName, NumberName>, (method: Method) => string | number> = {
  method: ({ label }) => label.toLowerCase(),
  group: ({ group }) => GROUP_NAMES.indexOf(group as GroupName),
  seeds: ({ seeds }) => seeds,
};
const isNumber = (column: ColumnName): column is NumberName =>
  (NUMBERS as readonly ColumnName[]).includes(column);

const keyOf = (method: Method, column: ColumnName): string | number | null =>
  isNumber(column) ? (method.numbers[column].interval?.mean ?? null) : KEYS[column](method);

/** The methods in the order of a column; equal ones, and those without a number, which stand last, stay as they were. */
export function sorted(methods: readonly Method[], { column, descends }: Sort): Method[] {
  const sign = descends ? -1 : 1;
  return methods
    .map((method) => ({ method, key: keyOf(method, column) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      return a.key === b.key ? 0 : a.key < b.key ? -sign : sign;
    })
    .map(({ method }) => method);
}

/** A column again turns its order round; a new one begins with its largest numbers, or its first words. */
export function sortedNext(sort: Sort, column: ColumnName): Sort {
  if (sort.column === column) return { column, descends: !sort.descends };
  return { column, descends: column !== 'method' && column !== 'group' };
}

/** A cell as text: `mean ± half`, a mean alone where no seed plays a part, or how many seeds have no such number. */
export function shownCell(
  { interval, missing }: Cell,
  column: NumberName,
  seeds: number,
  none: (of: { missing: number; seeds: number }) => string,
): string {
  const { digits } = measureNamed(column);
  if (interval)
    return interval.half === null
      ? showNumber(interval.mean, digits)
      : showInterval(interval, digits);
  return missing === seeds ? '—' : none({ missing, seeds });
}
