import { englishTexts, speak, type Texts } from './words.ts';

/** The texts of one language that are not English, by area and name; what it lacks stays English. */
export type Translation = Readonly<Record<string, Texts>>;

const placesOf = (text: string): string =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([place]) => place))].sort().join(' ');

/** What is wrong with one text beside the English one; null if nothing is. */
function textProblem(area: string, name: string, text: string, english: Texts): string | null {
  const original = Object.hasOwn(english, name) ? english[name] : undefined;
  if (original === undefined) return `the area '${area}' has no text '${name}'`;
  const [has, wants] = [placesOf(text), placesOf(original)];
  return has === wants
    ? null
    : `'${area}.${name}' has the places ${has || 'none'}, expected ${wants || 'none'}`;
}

/**
 * What is wrong with a translation, a sentence each, beside the tables that have been loaded: an area or a name that there
 * is none of, a text with other places than the English one.
 */
export function translationProblems(candidate: Translation): string[] {
  const tables = englishTexts();
  return Object.entries(candidate).flatMap(([area, texts]) => {
    const english = Object.hasOwn(tables, area) ? tables[area] : undefined;
    if (!english) return [`there is no area '${area}'`];
    return Object.entries(texts).flatMap(
      ([name, text]) => textProblem(area, name, text, english) ?? [],
    );
  });
}

/**
 * Speaks another language from now on; call it before anything is drawn. A text that does not fit stays English, since it
 * could not be filled, and `tell` hears of it: at once, or when its table is loaded.
 */
export function translate(to: Translation, tell: (problem: string) => void = () => {}): void {
  speak((area, english) => {
    const texts = to[area];
    return (
      texts &&
      Object.fromEntries(
        Object.entries(texts).filter(([name, text]) => {
          const problem = textProblem(area, name, text, english);
          if (problem) tell(problem);
          return problem === null;
        }),
      )
    );
  });
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a translation from JSON.
 * @throws Error saying what was wrong and what was expected.
 */
export function parseTranslation(json: string): Translation {
  let found: unknown;
  try {
    found = JSON.parse(json);
  } catch {
    throw new Error('it is no JSON, expected an object of areas');
  }
  if (!isTable(found)) throw new Error('it is no object, expected one of areas');
  for (const [area, texts] of Object.entries(found)) {
    if (!isTable(texts)) throw new Error(`its area '${area}' is no object, expected one of texts`);
    for (const [name, text] of Object.entries(texts))
      if (typeof text !== 'string')
        throw new Error(`its '${area}.${name}' is ${JSON.stringify(text)}, expected a text`);
  }
  return found as Translation;
}
