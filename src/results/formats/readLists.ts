import { createNotes } from '../notes.ts';
import { eachRecord, idIn, verdictsIn } from '../records.ts';
import { createTally } from '../tally.ts';
import { readingOf, type Found, type Task } from './format.ts';

/** Records with an id and a list of verdicts, one of each sample. */
export async function readLists(
  format: string,
  { source, alone, told }: Task,
  { id, list }: { id: string; list: string },
): Promise<Found> {
  const { name: file } = source;
  const tally = createTally(file);
  const counted = createNotes();
  const lengths = createLengths();
  await eachRecord(
    source,
    (record, where) => {
      const { n, c, nulls } = verdictsIn(record[list], list, file, where);
      const problem = idIn(record[id], id, file, where);
      lengths.add(n);
      if (n === 0) counted.count('empty');
      else tally.add(alone, problem, n, c);
      if (nulls > 0) counted.count('nulls', nulls);
    },
    told,
  );
  return readingOf(format, tally, { counted, notes: lengths.notes() });
}

/** Whether lists are as long as each other. */
export function createLengths() {
  let least = Infinity;
  let most = 0;
  return {
    add: (n: number): void => {
      if (n > 0) least = Math.min(least, n);
      most = Math.max(most, n);
    },
    notes: (): string[] =>
      most > least
        ? [`The lists have ${least} to ${most} samples; each counts with its own length.`]
        : [],
  };
}
