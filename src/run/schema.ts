import * as v from 'valibot';

/** What a record of a file has to be, field by field. A schema judges and changes nothing, so that what fits is a T as it is. */
export type Schema<T> = v.GenericSchema<unknown, T>;

/** The largest that an engine computes with, a float32: the difference and the square of two such numbers are finite. */
const LARGEST = 3.4e38;

/** A number from `min` to `max`, or as little beyond as `slack`. */
export function number(min: number, max: number, slack = 0): Schema<number> {
  const expected = `a number from ${min} to ${max}`;
  return v.pipe(
    v.number(expected),
    v.minValue(min - slack, expected),
    v.maxValue(max + slack, expected),
  );
}

export function integer(min: number, max: number): Schema<number> {
  const expected = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  );
}

/** Sums of float32s overshoot their range by rounding. */
const ROUNDING = 1e-3;

export const share = number(0, 1, ROUNDING);
/** Nothing or more, such as a norm. */
export const amount = number(0, LARGEST, ROUNDING);
/** Of either sign, such as a loss. */
export const real = number(-LARGEST, LARGEST);
export const count = integer(0, 1e9);
export const seed = integer(0, Number.MAX_SAFE_INTEGER);
export const step = integer(0, 100_000);
/** What is held against more further on. */
export const anything = v.unknown();
export const flag: Schema<boolean> = v.boolean('true or false');

/** At most so many characters. */
export function text(most: number): Schema<string> {
  const expected = `a text of at most ${most} characters`;
  return v.pipe(v.string(expected), v.maxLength(most, expected));
}

export const oneOf = <T extends string | number>(...values: readonly T[]): Schema<T> =>
  v.picklist(values, values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`);

export const maybe = <T>(entry: Schema<T>): Schema<T | undefined> => v.optional(entry);

/** Of a field that there must not be. */
export const none: Schema<undefined> = v.optional(v.undefined_('nothing'));

/** Or null; or NaN, of which JSON makes null. */
export const orNull = <T>(entry: Schema<T>): Schema<T | null> =>
  v.lazy((value) =>
    Number.isNaN(value) ? (v.nan() as Schema<unknown> as Schema<null>) : v.nullable(entry),
  );

/** How many entries a list has: so many, or a number between. */
type Size = { length: number } | { least?: number; most?: number };

export function list<T>(entry: Schema<T>, size: Size = {}): Schema<T[]> {
  const [least, most] =
    'length' in size ? [size.length, size.length] : [size.least ?? 0, size.most ?? 100_000];
  const numbers = least === most ? most : least === 0 ? `at most ${most}` : `${least} to ${most}`;
  const expected = `a list of ${numbers}`;
  return v.pipe(
    v.array(entry, expected),
    v.minLength(least, expected),
    v.maxLength(most, expected),
  );
}

/** An object with the fields of T and no others; one that may be missing is a {@link maybe}. */
export const fields = <T extends object>(entries: {
  [Name in keyof Required<T>]: Schema<T[Name]>;
}): Schema<T> => objectOf(entries) as Schema<unknown> as Schema<T>;

/**
 * An object with any names that match, each with such an entry; none may be the one that sets a prototype where it is
 * copied.
 */
export const record = <T>(
  names: RegExp,
  entry: Schema<T> | ((name: string) => Schema<T>),
): Schema<Record<string, T>> =>
  v.lazy((value): Schema<Record<string, T>> => {
    if (Array.isArray(value)) return v.never('an object');
    const found = Object.keys(Object(value) as object).filter(
      (name) => names.test(name) && name !== '__proto__',
    );
    const entryOf = typeof entry === 'function' ? entry : () => entry;
    return objectOf(
      Object.fromEntries(found.map((name) => [name, entryOf(name)])),
      'nothing of that name',
    );
  });

function objectOf<T>(
  entries: Record<string, Schema<T>>,
  others = `only fields named ${Object.keys(entries).join(', ')}`,
): Schema<Record<string, T>> {
  return v.strictObject(entries, ({ path }) => {
    const { input, key } = path?.at(-1) ?? {};
    if (path === undefined || Array.isArray(input)) return 'an object';
    const entry = Object.hasOwn(entries, key as string) ? entries[key as string] : undefined;
    return entry ? (v.safeParse(entry, undefined).issues?.[0].message ?? 'something') : others;
  });
}

/** Where a value is not as its schema has it. */
export interface Misfit {
  /** Its place, such as `row 3.group.completions[2].text`. */
  what: string;
  found: string;
  expected: string;
}

/** The value, if it is as its schema has it; the first place where it is not is told to `refuse`. `what` names the value. */
export function held<T>(
  schema: Schema<T>,
  value: unknown,
  what: string,
  refuse: (misfit: Misfit) => never,
): T {
  const { success, issues } = v.safeParse(schema, value, { abortEarly: true });
  if (success) return value as T;
  const [{ path = [], input, message: expected }] = issues;
  const last = path.at(-1);
  // A list in place of an object lacks its first field; what is wrong is the list.
  const isList = last?.type === 'object' && Array.isArray(last.input);
  const place = (isList ? path.slice(0, -1) : path).map(({ type, key }) =>
    type === 'array' ? `[${String(key)}]` : `.${String(key)}`,
  );
  const found = isList ? last.input : last?.origin === 'key' ? last.value : input;
  return refuse({
    what: [what, ...place].join('').replace(/^\./, '') || 'it',
    found: shown(found),
    expected,
  });
}

/** JSON, or what `refuse` makes of its being none. */
export function jsonOf(text: string, refuse: () => never): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return refuse();
  }
}

/** A record that says what it is. */
interface Formatted {
  format: string;
  version: 1;
}

/** The record of a format in a text of JSON; what is wrong with it is told to `refuse` in words. */
export function recordIn<T extends Formatted>(
  format: T['format'],
  schema: Schema<T>,
  text: string,
  refuse: (problem: string) => never,
): T {
  const value = jsonOf(text, () => refuse('it is not JSON'));
  const { format: found, version } = (value ?? {}) as Record<string, unknown>;
  if (found !== format || version !== 1)
    refuse(
      `it has format '${inShort(found)}' version ${inShort(version)}, expected '${format}' version 1`,
    );
  return held(schema, value, '', (misfit) => refuse(said(misfit)));
}

/** As {@link recordIn}, where it does not matter what is wrong. */
export function recordOrNull<T extends Formatted>(
  ...[format, schema, text]: [T['format'], Schema<T>, string]
): T | null {
  try {
    return recordIn(format, schema, text, (problem) => {
      throw new Error(problem);
    });
  } catch {
    return null;
  }
}

const inShort = (value: unknown): string =>
  (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 40);

/** The sentence of a misfit. */
export const said = ({ what, found, expected }: Misfit): string =>
  `${what} is ${found}, expected ${expected}`;

/** A value of a file as a message can show it. */
export function shown(value: unknown): string {
  const text =
    typeof value === 'string' ? `‘${value}’` : value === undefined ? 'missing' : describe(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const describe = (value: unknown): string =>
  Array.isArray(value)
    ? `a list of ${value.length}`
    : typeof value === 'object' && value !== null
      ? 'an object'
      : String(value);
