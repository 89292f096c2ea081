import { words } from './words.ts';

/**
 * A table of data whose rows have texts, such as a label and a help: the texts are registered as `${key}.${field}` of the
 * area, and the same rows read them through the translation. A copy of a row has the words of the moment when it is made.
 * @param fields those that are texts; a row may lack some.
 */
export function worded<Row extends object, Key extends string>(
  area: string,
  table: Readonly<Record<Key, Row>>,
  fields: readonly string[],
): void {
  const named = Object.entries<Row>(table).flatMap(([key, row]) =>
    fields.flatMap((field) => {
      const text = (row as Record<string, unknown>)[field];
      return typeof text === 'string' ? [{ row, field, name: `${key}.${field}`, text }] : [];
    }),
  );
  const texts = words(area, Object.fromEntries(named.map(({ name, text }) => [name, text])));
  for (const { row, field, name } of named)
    Object.defineProperty(row, field, { enumerable: true, get: () => texts[name] });
}
