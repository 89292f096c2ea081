import { ResultsError } from './results.ts';

/** The longest text of a file that a message repeats, in characters. */
const MOST_SHOWN = 60;

/** What stood in a file, as a message repeats it: on one line, and of at most 60 characters. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string' && value.trim() === '') return 'blank';
  const text = typeof value === 'string' ? value : written(value);
  const line = text.slice(0, 4 * MOST_SHOWN).replace(/\s+/g, ' ');
  const short = line.length > MOST_SHOWN ? `${wholeStart(line, MOST_SHOWN - 1)}…` : line;
  return typeof value === 'string' ? `'${short}'` : short;
}

/** As JSON; what is nested too deeply for that, as its outside. */
function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Array.isArray(value) ? '[…]' : typeof value === 'object' ? '{…}' : String(value);
  }
}

/** The first characters of a text, without half of a character that takes two. */
export const wholeStart = (text: string, length: number): string =>
  text.slice(0, length).replace(/[\ud800-\udbff]$/, '');

/** Where in a file something stands, such as `line 7`; null for all of it. */
export type Where = string | null;

/** `base.csv, line 7: c is 130 of n = 128; expected a whole number from 0 to n.` */
export const refusal = (file: string, where: Where, found: string, expected: string) =>
  new ResultsError(`${file}${where === null ? '' : `, ${where}`}: ${found}; expected ${expected}.`);
