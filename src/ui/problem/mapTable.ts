import type { Table } from '../../plots/tables.ts';
import type { MapRow } from './mapWords.ts';
import * as MAP from '../../messages/problemMap.ts';

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
