/** The texts of one language that are not English, by area and name; what it lacks stays English. */
export type Translation = Readonly<Record<string, Readonly<Record<string, string>>>>;

const tables: Record<string, Readonly<Record<string, string>>> = {};
let translation: Translation = {};

/**
 * The texts of one area of the page, such as the transport, in English: plain strings with places as `{step}`, so that a
 * translation is one JSON file of the same names. What is read from the table is the translation where there is one.
 * @throws Error if the area has a table already.
 */
export function words<T extends Readonly<Record<string, string>>>(area: string, english: T): T {
  if (area in tables) throw new Error(`the area '${area}' has two tables of texts`);
  tables[area] = english;
  return new Proxy(english, {
    get: (table, name) =>
      typeof name === 'string' ? (translation[area]?.[name] ?? table[name]) : undefined,
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

const placesOf = (text: string): string =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([place]) => place))].sort().join(' ');

/**
 * What is wrong with a translation, a sentence each, beside the tables that have been loaded: an area or a name that there
 * is none of, a text with other places than the English one.
 */
export function translationProblems(candidate: Translation): string[] {
  return Object.entries(candidate).flatMap(([area, texts]) => {
    const english = tables[area];
    if (!english) return [`there is no area '${area}'`];
    return Object.entries(texts).flatMap(([name, text]) => {
      const original = english[name];
      if (original === undefined) return [`the area '${area}' has no text '${name}'`];
      const [has, wants] = [placesOf(text), placesOf(original)];
      return has === wants
        ? []
        : [`'${area}.${name}' has the places ${has || 'none'}, expected ${wants || 'none'}`];
    });
  });
}

/** Speaks another language from now on; call it before anything is drawn. */
export function translate(to: Translation): void {
  translation = to;
}

/** All English texts of the tables that have been loaded: what a translator starts from. */
export const englishTexts = (): Translation => ({ ...tables });
