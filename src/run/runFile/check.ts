import { refuse, shown, TEXT } from './texts.ts';

/** Holds a value of a file against what it has to be. @throws RunFileError naming `what`, what it is and what was expected. */
export type Check = (value: unknown, what: string) => void;

function unless(isFine: boolean, value: unknown, what: string, expected: string): void {
  if (!isFine) refuse(TEXT.expected, { what, found: shown(value), expected });
}

/** A finite number in a range. */
export const number =
  (min = -Infinity, max = Infinity): Check =>
  (value, what) =>
    unless(
      typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max,
      value,
      what,
      min === -Infinity ? 'a finite number' : `a number from ${min} to ${max}`,
    );

export const integer =
  (min: number, max: number): Check =>
  (value, what) =>
    unless(
      Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
      value,
      what,
      `a whole number from ${min} to ${max}`,
    );

/** At most so many characters. */
export const text =
  (most: number): Check =>
  (value, what) =>
    unless(
      typeof value === 'string' && value.length <= most,
      value,
      what,
      `a text of at most ${most} characters`,
    );

export const flag: Check = (value, what) =>
  unless(typeof value === 'boolean', value, what, 'true or false');

export const oneOf =
  (...values: readonly string[]): Check =>
  (value, what) =>
    unless(values.includes(value as string), value, what, `one of ${values.join(', ')}`);

export const orNull =
  (check: Check): Check =>
  (value, what) => {
    if (value !== null) check(value, what);
  };

export const maybe =
  (check: Check): Check =>
  (value, what) => {
    if (value !== undefined) check(value, what);
  };

/** A list of so many entries at most, or of exactly `length`. */
export const list =
  (check: Check, { most = 100_000, length }: { most?: number; length?: number } = {}): Check =>
  (value, what) => {
    const isList = Array.isArray(value);
    if (length === undefined)
      unless(isList && value.length <= most, value, what, `a list of at most ${most}`);
    else unless(isList && value.length === length, value, what, `a list of ${length}`);
    (value as unknown[]).forEach((entry, i) => check(entry, `${what}[${i}]`));
  };

/** An object with any names, of which `required` are there. */
export const record =
  (check: Check, required: readonly (string | number)[] = []): Check =>
  (value, what) => {
    unless(isObject(value), value, what, 'an object');
    for (const name of required) check((value as Fields)[name], `${what}.${name}`);
    for (const [name, entry] of Object.entries(value as Fields)) check(entry, `${what}.${name}`);
  };

/** An object with these fields; a field that may be missing has a check that lets `undefined` by. */
export const fields =
  <T>(checks: { [Name in keyof Required<T>]: Check }): Check =>
  (value, what) => {
    unless(isObject(value), value, what, 'an object');
    for (const [name, check] of Object.entries<Check>(checks))
      check(
        Object.hasOwn(value as Fields, name) ? (value as Fields)[name] : undefined,
        `${what}.${name}`,
      );
  };

type Fields = Record<string, unknown>;
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
