import { words } from './words.ts';

/**
 * Has rows of data, which have texts such as a label and a help, read these through the translation: they are registered as
 * `${key}.${field}` of the area, and the rows are changed in place, so that whoever else has them reads the same. A copy of
 * a row has the words of the moment when it is made. A row that several keys share has its texts under the first.
 * @param fields those that are texts; a row may lack some.
 */
export function worded(
  area: string,
  table: Readonly<Record<string, object>>,
  fields: readonly string[],
): void {
  const named = [...new Set(Object.values(table))].flatMap((row) =>
    fields.flatMap((field) => {
      const text = Object.getOwnPropertyDescriptor(row, field)?.value as unknown;
      const key = Object.keys(table).find((candidate) => table[candidate] === row);
      return typeof text === 'string' ? [{ row, field, name: `${key}.${field}`, text }] : [];
    }),
  );
  const texts = words(area, Object.fromEntries(named.map(({ name, text }) => [name, text])));
  for (const { row, field, name } of named)
    Object.defineProperty(row, field, { enumerable: true, get: () => texts[name] });
}
