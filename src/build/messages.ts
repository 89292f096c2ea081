import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  parse,
  TYPE,
  type MessageFormatElement as Element,
} from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

/** The language that the page is built in. */
const LANGUAGE = 'en';

/** Every text of a language by area and key; a record of texts has more keys inside. */
export interface Messages {
  readonly [key: string]: string | Messages;
}

const IDENTIFIER = /^[a-zA-Z]\w*$/;

/** Signs of less and more are no tags: prose of the story has its own marks. */
const read = (text: string): Element[] => parse(text, { ignoreTag: true });

/** A place of a text: a count where the text has plural forms of it. */
type Places = Map<string, 'number' | 'string | number'>;

function placesOf(elements: readonly Element[], places: Places = new Map()): Places {
  for (const element of elements) {
    if (element.type === TYPE.argument && !places.has(element.value))
      places.set(element.value, 'string | number');
    if (element.type !== TYPE.plural) continue;
    places.set(element.value, 'number');
    for (const { value } of Object.values(element.options)) placesOf(value, places);
  }
  return places;
}

/** The places of a text. */
export const placesIn = (text: string): string[] => [...placesOf(read(text)).keys()];

/** What makes a text, as a template literal; `count` is what `#` stands for. */
function templateOf(elements: readonly Element[], language: string, count = ''): string {
  const parts = elements.map((element) => {
    if (element.type === TYPE.literal) return element.value.replaceAll(/[`\\]|\$\{/g, '\\$&');
    if (element.type === TYPE.argument) return `\${of.${element.value}}`;
    if (element.type === TYPE.pound) return `\${of.${count}.toLocaleString('${language}')}`;
    if (element.type !== TYPE.plural || element.offset || element.pluralType !== 'cardinal')
      throw new RangeError('only {places} and {counts, plural, …} are known');
    const forms = Object.entries(element.options).map(
      ([form, { value }]) => `'${form}': ${templateOf(value, language, element.value)}`,
    );
    return `\${plural('${language}', of.${element.value}, { ${forms.join(', ')} })}`;
  });
  return `\`${parts.join('')}\``;
}

/** An expression of the text of a key: a string, or a function of its places; of a record an object. */
function expressionOf(key: string, message: string | Messages, language: string): string {
  if (typeof message !== 'string') {
    const entries = Object.entries(message).map(
      ([name, inside]) =>
        `${JSON.stringify(name)}: ${expressionOf(`${key}.${name}`, inside, language)}`,
    );
    return `{ ${entries.join(', ')} }`;
  }
  try {
    const elements = read(message);
    const places = [...placesOf(elements)].map(([place, type]) => `${place}: ${type}`);
    const template = templateOf(elements, language);
    return places.length ? `(of: { ${places.join('; ')} }): string => ${template}` : template;
  } catch (error) {
    throw new RangeError(`${key}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * A TypeScript module of each area of a language's texts, by its name. A text without places is a string; one with places
 * is a function of them, `{count, plural, one {# step} other {# steps}}` (ICU MessageFormat) of a number.
 * @throws RangeError naming a text that cannot be read.
 */
export function modulesOf(areas: Messages, language: string): Record<string, string> {
  const modules: Record<string, string> = {};
  for (const [area, messages] of Object.entries(areas)) {
    const lines = Object.entries(messages).map(([key, message]) => {
      if (!IDENTIFIER.test(key)) throw new RangeError(`${area}.${key}: its key is no name`);
      return `export const ${key} = ${expressionOf(`${area}.${key}`, message, language)};\n`;
    });
    const body = lines.join('');
    const needs = body.includes('${plural(') ? "import { plural } from '../text/words.ts';\n" : '';
    modules[area] = `// Made of messages/${language}.json.\n${needs}${body}`;
  }
  return modules;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const source = `${root}messages/${LANGUAGE}.json`;
const folder = `${root}src/messages/`;

/** Writes the modules of all texts where they are not there or others; what is left alone wakes no watcher. */
export function writeMessages(): void {
  const modules = modulesOf(JSON.parse(readFileSync(source, 'utf8')) as Messages, LANGUAGE);
  mkdirSync(folder, { recursive: true });
  const old = new Set(readdirSync(folder));
  for (const [area, text] of Object.entries(modules)) {
    const file = `${area}.ts`;
    if (!old.delete(file) || readFileSync(folder + file, 'utf8') !== text)
      writeFileSync(folder + file, text);
  }
  for (const file of old) rmSync(folder + file);
}

/** Makes the modules of all texts before anything is loaded, and again when a text changes. */
export function messages(): Plugin {
  return {
    name: 'messages',
    config: writeMessages,
    configureServer({ watcher }) {
      watcher.add(source).on('change', (file) => {
        if (file === source) writeMessages();
      });
    },
  };
}
