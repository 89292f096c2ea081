import { jsonOf, eachLine, headOf, type Source, type Told } from './source.ts';
import { parsedJson } from './json.ts';
import { refusal, shown, type Where } from './refusal.ts';
import { idOfText } from './tally.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Visits each record of JSON Lines, or of a document that is an array of records. It is at a `line` or an `entry`.
 *
 * @throws ResultsError for what is no record
 */
export async function eachRecord(
  source: Source,
  visit: (record: JsonRecord, where: string) => void,
  told?: Told,
): Promise<void> {
  const take = (found: unknown, where: string): void => {
    if (!isRecord(found))
      throw refusal(source.name, where, `it is ${shown(found)}`, 'an object with named values');
    visit(found, where);
  };
  if ((await headOf(source)).trimStart().startsWith('[')) {
    const entries = (await jsonOf(source, told)) as unknown[];
    entries.forEach((entry, i) => take(entry, `entry ${i + 1}`));
    return;
  }
  const line = (text: string, number: number): void => {
    if (text.trim() !== '') take(parsedJson(text, source.name, number), `line ${number}`);
  };
  await eachLine(source, line, told);
}

/** A value of a record as an id. @throws ResultsError for what is neither text nor number, and for a blank */
export function idIn(value: unknown, what: string, file: string, where: Where): string {
  if (typeof value === 'string' && value.trim() !== '') return idOfText(value.trim());
  // JSON's numbers are read as floating-point ones, of which several ids would be one.
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    throw refusal(file, where, `${what} is a number beyond 2^53`, 'such an id in quotes');
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  throw refusal(file, where, `${what} is ${shown(value)}`, 'a text or a number');
}

const YES = /^\s*(?:1(?:\.0*)?|true|yes|y|pass(?:ed)?|correct|right|c)\s*$/i;
const NO = /^\s*(?:0(?:\.0*)?|false|no|n|fail(?:ed)?|incorrect|wrong|i|timeout|timed out)\s*$/i;

/** Whether a sample is correct: null where nothing is said of it, undefined for what says neither. */
export function verdictOf(value: unknown): boolean | null | undefined {
  if (typeof value === 'boolean') return value;
  if (value === null || Number.isNaN(value)) return null;
  if (typeof value === 'number' || typeof value === 'bigint')
    return Number(value) === 1 ? true : Number(value) === 0 ? false : undefined;
  if (typeof value !== 'string') return undefined;
  return YES.test(value) ? true : NO.test(value) ? false : undefined;
}

/** A verdict of a record, null for none. @throws ResultsError for what says neither */
export function verdictIn(value: unknown, what: string, file: string, where: Where) {
  const verdict = verdictOf(value);
  if (verdict !== undefined) return verdict;
  throw refusal(file, where, `${what} is ${shown(value)}`, 'true or false, or 1 or 0');
}

/** Of a list how many samples it has, how many of them are correct, and of how many nothing is said, which count as wrong. */
export interface Verdicts {
  n: number;
  c: number;
  nulls: number;
}

/** A list of verdicts. @throws ResultsError for what is no list, and for what of it says neither */
export function verdictsIn(value: unknown, what: string, file: string, where: Where): Verdicts {
  if (!Array.isArray(value))
    throw refusal(file, where, `${what} is ${shown(value)}`, 'a list of true and false');
  const verdicts = value.map((each, i) => verdictIn(each, `${what}[${i}]`, file, where));
  return {
    n: verdicts.length,
    c: verdicts.filter((each) => each === true).length,
    nulls: verdicts.filter((each) => each === null).length,
  };
}

/** A number, or a text that is one; null for anything else. */
export function numberLike(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\s*[+-]?\d+(?:\.\d*)?\s*$/.test(value)
    ? Number(value)
    : null;
}

/** A whole number. @throws ResultsError for any other value */
export function numberOf(
  value: unknown,
  what: string,
  least: number,
  file: string,
  where: Where,
): number {
  const number = numberLike(value);
  if (number !== null && Number.isSafeInteger(number) && number >= least) return number;
  const expected = `a whole number${least > 0 ? ` from ${least}` : ''}`;
  // Of what is a whole number the value; anything else as it stands there.
  const found = Number.isSafeInteger(number) && number! >= 0 ? String(number) : shown(value);
  throw refusal(file, where, `${what} is ${found}`, expected);
}

/** @throws ResultsError if there are more correct samples than samples */
export function checkedC(c: number, n: number, what: string, file: string, where: Where): number {
  if (c <= n) return c;
  throw refusal(file, where, `${what} is ${c} of n = ${n}`, 'a whole number from 0 to n');
}

/** A share that says a count. */
const ROUNDING = 1e-6;

/** How many of n are correct if so large a share of them is. @throws ResultsError for a share of no whole number */
export function countOfRate(
  rate: unknown,
  n: number,
  what: string,
  file: string,
  where: Where,
): number {
  const text = typeof rate === 'string' ? rate.trim() : rate;
  const c = text === '' || text === null ? NaN : Number(text) * n;
  const whole = Math.round(c);
  if (Math.abs(c - whole) <= ROUNDING && whole >= 0 && whole <= n) return whole;
  throw refusal(
    file,
    where,
    `${what} is ${shown(rate)} of n = ${n}`,
    'a share of which n times is a whole number',
  );
}
