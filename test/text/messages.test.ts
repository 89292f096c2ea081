import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modulesOf, placesIn, type Messages } from '../../src/build/messages.ts';
import { plural } from '../../src/text/words.ts';

const root = new URL('../../', import.meta.url).pathname;
const read = (language: string): Messages =>
  JSON.parse(readFileSync(`${root}messages/${language}.json`, 'utf8')) as Messages;
const english = read('en');

/** Every text by the path of its key, such as `rooms.names.runs`. */
const textsOf = (messages: Messages, path = ''): [string, string][] =>
  Object.entries(messages).flatMap(([key, inside]) =>
    typeof inside === 'string' ? [[path + key, inside]] : textsOf(inside, `${path}${key}.`),
  );

describe('the modules of texts', () => {
  const bodyOf = (messages: Messages) => modulesOf({ area: messages }, 'en')['area']!;

  it('have strings, functions of places, and records of both', () => {
    expect(bodyOf({ title: 'A `title`', at: 'step {step} of {steps}' })).toBe(
      [
        '// Made of messages/en.json.',
        'export const title = `A \\`title\\``;',
        'export const at = (of: { step: string | number; steps: string | number }): string => `step ${of.step} of ${of.steps}`;',
        '',
      ].join('\n'),
    );
    expect(bodyOf({ names: { 'pass@1': 'one', k: 'of {k}' } })).toContain(
      'export const names = { "pass@1": `one`, "k": (of: { k: string | number }): string => `of ${of.k}` };',
    );
  });

  it('have the plural forms of a count', () => {
    expect(bodyOf({ steps: '{n, plural, =0 {none} one {# step} other {# steps}}' })).toContain(
      "(of: { n: number }): string => `${plural('en', of.n, { '=0': `none`, 'one': `${of.n.toLocaleString('en')} step`, 'other': `${of.n.toLocaleString('en')} steps` })}`",
    );
  });

  it('name a text that cannot be read', () => {
    expect(() => bodyOf({ a: { b: 'a {place' } })).toThrow('area.a.b: ');
    expect(() => bodyOf({ when: '{at, date}' })).toThrow('area.when: only {places} and');
    expect(() => bodyOf({ 'pass@1': 'one' })).toThrow('area.pass@1: its key is no name');
  });
});

describe('plural forms', () => {
  it('are those of exactly so many first, then those of the language', () => {
    const forms = { '=0': 'none', one: 'step', few: 'kroki', other: 'steps' };
    expect([0, 1, 2, 5].map((count) => plural('en', count, forms))).toEqual([
      'none',
      'step',
      'steps',
      'steps',
    ]);
    expect(plural('pl', 2, forms)).toBe('kroki');
  });
});

describe('the texts', () => {
  it('are each used', () => {
    const code = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /^(ui|plots)\/.*\.(ts|svelte)$/.test(file.replaceAll('\\', '/')))
      .map((file) => readFileSync(`${root}src/${file}`, 'utf8'));
    const names = (text: string, key: string) => new RegExp(`\\b${key}\\b`).test(text);
    const unused = Object.entries(english).flatMap(([area, messages]) => {
      const users = code.filter((text) => text.includes(`/messages/${area}.ts`));
      /** What its texts are looked up by, `name[…]`, where they are not all named. */
      const lookups = users.flatMap((text) => {
        const [, name] =
          new RegExp(`\\* as (\\w+) from '[^']*/messages/${area}\\.ts'`).exec(text) ?? [];
        return name ? [...text.matchAll(new RegExp(`\\b${name}\\[([^\\]]+)\\]`, 'g'))] : [];
      });
      const isLookedUp = (key: string) =>
        lookups.some(([, by]) =>
          by!.startsWith('`')
            ? new RegExp(`^${by!.slice(1, -1).replaceAll(/\$\{[^}]*\}/g, '.+')}$`).test(key)
            : code.some((text) => names(text, key)),
        );
      return Object.keys(messages)
        .filter((key) => !users.some((text) => names(text, key)) && !isLookedUp(key))
        .map((key) => `${area}.${key}`);
    });
    expect(unused).toEqual([]);
  });

  it.each(readdirSync(`${root}messages`))(
    'of %s are those of English, with their places',
    (file) => {
      const shapeOf = (messages: Messages) =>
        textsOf(messages).map(([key, text]) => `${key} ${placesIn(text).sort().join(' ')}`);
      expect(shapeOf(read(file.replace('.json', ''))).sort()).toEqual(shapeOf(english).sort());
    },
  );
});
