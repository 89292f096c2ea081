import { grouped } from '../../plots/numbers.ts';
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

const probability = (p: number): string => (p >= 0.001 ? p.toFixed(4) : p.toExponential(1));

/** A cell in a sentence. */
export const cellWords = ({ name, accepted, base, now, fate }: MapRow): string =>
  MAP.cell({
    problem: name,
    accepted: accepted === undefined ? '' : MAP.accepted({ count: accepted }),
    base: probability(base),
    now: now === undefined ? '' : MAP.now({ p: probability(now) }),
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
