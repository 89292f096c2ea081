import type { Choose } from '../choices.ts';
import type { Head } from '../head.ts';
import { createNotes, SENTENCES, type Notes } from '../notes.ts';
import type { Choice, Joins, Reading } from '../results.ts';
import type { Source, Told } from '../source.ts';
import type { Tally } from '../tally.ts';

/** What there is to be read, and how. */
export interface Task {
  source: Source;
  head: Head;
  /** What a model is called that the file does not name. */
  alone: string;
  choose: Choose;
  told?: Told | undefined;
}

/** What a format says of a file. */
export type Found = Omit<Reading, 'joins'>;

/** One way in which people hold how many samples of each problem were correct. */
export interface Format {
  id: string;
  kind: 'table' | 'records' | 'parquet';
  /** As those call it who write it. */
  name: string;
  /** What such a file has, in a few words. */
  looks: string;
  /** Not where each file is of a model of its own. */
  joins?: Joins;
  /** Whether a file of it is one JSON document that is no list. */
  isDocument?: true;
  recognises(head: Head): boolean;
  /** @throws ResultsError for what of the file is as it must not be, or lacks what is asked for */
  read(task: Task): Promise<Found>;
}

/** What all readings say of what they met. */
export function readingOf(
  format: string,
  tally: Tally,
  {
    choices = [],
    notes = [],
    counted = createNotes(),
    isOnce = true,
  }: {
    choices?: readonly Choice[];
    notes?: readonly string[];
    counted?: Notes;
    /** Whether a problem is to come once, with all of its samples, rather than once a sample. */
    isOnce?: boolean;
  } = {},
): Found {
  if (isOnce && tally.again.size > 0) counted.count('again', tally.again.size);
  return {
    ...{ format, models: tally.measured(), choices },
    notes: [...notes, ...counted.of(SENTENCES)],
  };
}
