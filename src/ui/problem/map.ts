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
