import * as TEXT from '../../messages/runs.ts';
import type { RunNumbers, ShownRun } from './tried.ts';

/** A run as the table has it. */
export interface Listed extends Omit<ShownRun, 'rows'> {
  name: string;
  /** Of its settings from those of the run on screen. */
  difference: string;
  numbers: RunNumbers;
}

/** A column of the table of runs: what it shows and what it is sorted by, nothing last. */
export interface Column {
  id: string;
  label: string;
  isText?: boolean;
  /** What it means, by the name of the measure. */
  measure?: string;
  cell(run: Listed): string;
  sortBy(run: Listed): number | string | null;
}

const number = (
  id: keyof RunNumbers & string,
  label: string,
  digits: (value: number) => string,
  measure: string = id,
): Column => ({
  id,
  label,
  measure,
  cell: ({ numbers }) => {
    const value = numbers[id];
    return value === null ? '–' : digits(value);
  },
  sortBy: ({ numbers }) => numbers[id],
});
const fixed =
  (digits: number) =>
  (value: number): string =>
    value.toFixed(digits);

/** The columns after the name of the run. */
export const COLUMNS: readonly Column[] = [
  {
    id: 'differs',
    label: TEXT.differs,
    isText: true,
    cell: (run) => run.difference,
    sortBy: (run) => run.difference,
  },
  {
    id: 'seed',
    label: TEXT.seed,
    measure: 'seed',
    cell: ({ settings }) => String(settings.seed),
    sortBy: ({ settings }) => settings.seed,
  },
  number('steps', TEXT.steps, String),
  number('passAt1', TEXT.passAt1, fixed(3), 'pass@1'),
  number('passAt256', TEXT.passAt256, fixed(3), 'pass@256'),
  number('entropy', TEXT.entropy, fixed(3)),
  number('crossing', TEXT.crossing, (k) => (k < 10 ? k.toFixed(1) : String(Math.round(k)))),
  number('seconds', TEXT.seconds, fixed(1)),
];

/** Sorted by a column, upwards or downwards; runs without a value stand last either way, ties as they were. */
export function sorted(
  runs: readonly Listed[],
  { sortBy }: Pick<Column, 'sortBy'>,
  isDescending: boolean,
): Listed[] {
  const sign = isDescending ? -1 : 1;
  return runs.toSorted((first, second) => {
    const [a, b] = [sortBy(first), sortBy(second)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (a < b ? -1 : a > b ? 1 : 0);
  });
}
