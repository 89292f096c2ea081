/** The texts of one area of the page in one language, by name. */
export type Texts = Readonly<Record<string, string>>;

const tables: Record<string, Texts> = {};
const spoken: Record<string, Texts | undefined> = {};
let choose: (area: string, english: Texts) => Texts | undefined = () => undefined;

/**
 * The texts of one area of the page, such as the transport, in English: plain strings with places as `{step}`, so that a
 * translation is one JSON file of the same names. What is read from the table is the translation where there is one; so
 * a text is read when it is shown and never kept. What is thrown, and what the session's worker says, stays English.
 * Tables stand in modules of their own, not in components, so that a command can list them.
 * @throws Error if the area has a table already.
 */
export function words<T extends Texts>(area: string, english: T): T {
  if (area in tables) throw new Error(`the area '${area}' has two tables of texts`);
  tables[area] = english;
  spoken[area] = choose(area, english);
  return new Proxy(english, {
    get: (table, name) =>
      typeof name === 'string' ? (spoken[area]?.[name] ?? table[name]) : undefined,
  });
}

/**
 * A text with its places filled: `say('step {step} of {steps}', { step: 3, steps: 300 })` is `step 3 of 300`.
 * @throws RangeError naming the place, if there is no value for it.
 */
export function say(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`no value for {${name}} in '${text}'`);
    return String(value);
  });
}

/** All English texts of the tables that have been loaded. */
export const englishTexts = (): Readonly<Record<string, Texts>> => ({ ...tables });

/** Reads each table as `how` says, from now on and also those that load later; undefined leaves an area English. */
export function speak(how: typeof choose): void {
  choose = how;
  for (const [area, english] of Object.entries(tables)) spoken[area] = how(area, english);
}
