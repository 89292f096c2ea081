import { isDoubtfulN } from '../columns.ts';
import { refusal, shown } from '../refusal.ts';
import type { ResultsError } from '../results.ts';

/** The rows of one problem of one model. */
interface Rows {
  id: string;
  rows: number;
  n: number;
  /** Whether n is 1, 2, 3 …, and whether it is the same. */
  counts: boolean;
  same: boolean;
  most: number;
}

/** What rows with an n say together, of which each by itself could be counts, or one sample. */
export interface Doubts {
  add(model: string, id: string, n: number, c: number): void;
  /** Why rows that are read as counts may be something else; null if they are not. */
  ofCounts(file: string, nName: string): ResultsError | null;
  /** Why rows that are read as samples may be counts; null if they are not. */
  ofSamples(file: string, nName: string): ResultsError | null;
}

export function createDoubts(): Doubts {
  const problems = new Map<string, Rows>();
  return {
    add(model, id, n, c) {
      const key = `${model}\0${id}`;
      const found = problems.get(key);
      if (!found) problems.set(key, { id, rows: 1, n, counts: n === 1, same: true, most: c });
      else {
        found.rows++;
        found.counts &&= n === found.rows;
        found.same &&= n === found.n;
        found.most = Math.max(found.most, c);
        // Of several the largest, which says whether it is n at all.
        if (!found.same) found.n = Math.max(n, found.n);
      }
    },
    ofCounts(file, nName) {
      const several = [...problems.values()].filter(({ rows }) => rows > 1);
      if (several.length === 0) return null;
      const { id, rows } = several[0]!;
      const found = (why: string): ResultsError =>
        refusal(
          file,
          null,
          `${shown(plainId(id))} has ${rows} rows, ${why}`,
          'a row a problem, of n samples and how many are correct, or the format CSV of samples',
        );
      if (isDoubtfulN(nName))
        return found(`and ${nName} may be the number of a sample, its tests, or the k of pass@k`);
      const areCounted =
        several.every(({ counts }) => counts) ||
        several.every((each) => each.same && each.n === each.rows);
      if (areCounted) return found(`and ${nName} counts them: it looks like one row a sample`);
      const areVerdicts = several.every(({ most }) => most <= 1) && several.some(({ n }) => n > 1);
      return areVerdicts ? found('each of 0 or 1: it looks like one row a sample') : null;
    },
    ofSamples(file, nName) {
      const other = [...problems.values()].find(
        ({ n, rows, same, counts }) => !counts && n > 1 && !(same && n === rows),
      );
      if (!other) return null;
      const { id, n, rows } = other;
      return refusal(
        file,
        null,
        `${shown(plainId(id))} has ${nName} ${n} and ${rows} ${rows === 1 ? 'row' : 'rows'} of 0 or 1`,
        `as many rows as ${nName}, or how many of the ${n} are correct`,
      );
    },
  };
}

const plainId = (id: string): string => id.replace('\0', '/');

/** Numbers of samples below this are told apart: half a kilobyte a problem. */
const MOST_INDEX = 4096;

/** Whether a sample was there before. @returns false for the first of its number, and for what is no small number */
export function createRepeats(): (key: string, index: unknown) => boolean {
  const seen = new Map<string, Uint8Array>();
  return (key, index) => {
    const text = typeof index === 'string' ? index.trim() : index;
    const number = text === '' ? NaN : Number(text);
    if (!Number.isInteger(number) || number < 0 || number >= MOST_INDEX) return false;
    const [byte, bit] = [number >> 3, 1 << (number & 7)];
    let bits = seen.get(key);
    if (!bits || bits.length <= byte) {
      const longer = new Uint8Array(Math.max(8, 2 * byte));
      if (bits) longer.set(bits);
      seen.set(key, (bits = longer));
    }
    const before = (bits[byte]! & bit) !== 0;
    bits[byte]! |= bit;
    return before;
  };
}
