import { refusal, wholeStart } from './refusal.ts';
import { ResultsError, type Count, type Measured } from './results.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** More than any benchmark has; what has more has something else for an id. */
export const MOST_PROBLEMS = 1_000_000;
/** Of one problem: curves have a point for each k up to it. */
export const MOST_SAMPLES = 10_000_000;
const LONGEST_ID = 500;

/**
 * A text as an id: as it is, up to 500 characters. A longer one, such as a whole prompt, is its first 60 characters and
 * the first 64 bits of its SHA-256, by which a million prompts are told apart with a chance of error of 3·10⁻⁸.
 */
export function idOfText(text: string): string {
  // Half of a character cannot be written to a file, and what has a NUL is taken for no text.
  const whole = text.replace(/[\p{Surrogate}\0]/gu, '\ufffd');
  if (whole.length <= LONGEST_ID) return whole;
  return `${wholeStart(whole, 60)}… ${bytesToHex(sha256(utf8ToBytes(whole)).subarray(0, 8))}`;
}

/** Of a problem that a file does not name: it says nothing, and is of nothing of another model. */
export const madeUpId = (number: number): string => `no. ${number}`;

/** @throws ResultsError for more problems than are held, before they are made */
export function checkProblems(problems: number, file: string, line: number): void {
  if (problems > MOST_PROBLEMS)
    throw refusal(
      file,
      `line ${line}`,
      `there are more than ${MOST_PROBLEMS.toLocaleString('en')} problems`,
      'fewer',
    );
}

/** Counts of models as they come, a row at a time. */
export interface Tally {
  /** Adds up what comes again. */
  add(model: string, id: string, n: number, c: number): void;
  /** Problems of which a model had something already when more came. */
  again: ReadonlySet<string>;
  /** In the order in which they came; none for nothing. */
  measured(hasIds?: boolean): Measured[];
}

/** @param file for messages */
export function createTally(file: string): Tally {
  const models = new Map<string, Map<string, Count>>();
  const again = new Set<string>();
  return {
    again,
    add(model, id, n, c) {
      let problems = models.get(model);
      if (!problems) models.set(unsliced(model), (problems = new Map()));
      const count = problems.get(id);
      if (count) {
        again.add(id);
        count.n += n;
        count.c += c;
      } else {
        problems.set(unsliced(id), { n, c });
      }
      const most = (what: string, number: number): ResultsError =>
        new ResultsError(
          `${file}: there are more than ${number.toLocaleString('en')} ${what}; expected fewer, since an id is of one problem.`,
        );
      if (problems.size > MOST_PROBLEMS) throw most('problems', MOST_PROBLEMS);
      if (n > MOST_SAMPLES || (count && count.n > MOST_SAMPLES))
        throw most('samples of one problem', MOST_SAMPLES);
    },
    measured: (hasIds = true) =>
      [...models].map(([name, problems]) => ({ name, problems, hasIds })),
  };
}

/** V8 keeps of a part of a text all of the text: ids would hold the file that they came from. */
const unsliced = (text: string): string =>
  text.length < 13 ? text : (JSON.parse(JSON.stringify(text)) as string);
