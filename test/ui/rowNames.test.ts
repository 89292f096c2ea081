import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ALGORITHMS } from '../../src/rl/algorithms.ts';
import { DEFINITIONS } from '../../src/run/definitions.ts';

/** What is told of one run on purpose: the chapters of the story and its picture of choices. */
const OF_ONE_RUN = /^story\//;
/** Of these settings the choices are no rows that anybody adds to. */
const OF_THE_RUN = ['prior', 'base', 'size', 'engine'];

const root = new URL('../../src/ui/', import.meta.url).pathname;
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|svelte)$/.test(file) && !OF_ONE_RUN.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
const tables = DEFINITIONS.flatMap((each) =>
  each.kind === 'choice' && !OF_THE_RUN.includes(each.key) ? [each] : [],
);

/** Where a value of a setting is held against the name of a row, or looked up in a list of such names. */
const asksFor = (text: string): string[] =>
  tables.flatMap(({ key, table }) =>
    Object.keys(table).flatMap((name) =>
      [
        new RegExp(`\\b${key}\\]? [!=]== '${name}'`),
        new RegExp(`'${name}' [!=]== [\\w.]*\\b${key}\\b`),
        new RegExp(`'${name}'[^\\]\\n]*\\]\\.includes\\([\\w.]*\\b${key}\\b`),
      ].flatMap((asked) => asked.exec(text)?.[0] ?? []),
    ),
  );

it('finds what asks for a row by its name', () => {
  expect(asksFor("settings.verifier === 'truth' && x")).toEqual(["verifier === 'truth'"]);
  expect(asksFor("['gae', 'return'].includes(settings.advantage)")).toHaveLength(2);
  expect(asksFor("stage === 'ratio' && phase !== 'loss'")).toEqual([]);
});

it('is no name of a row that the page asks a setting for', () => {
  const found = sources.flatMap(({ file, text }) =>
    asksFor(text).map((asked) => `${file}: ${asked}`),
  );
  expect(found).toEqual([]);
});

it('is no algorithm that the page knows by name', () => {
  // What is a word of its own is named for other things too.
  const words = ['process', 'unsolved', 'unlikeliness', 'reinforce'];
  const names = Object.keys(ALGORITHMS).filter((name) => !words.includes(name));
  const found = sources.flatMap(({ file, text }) =>
    names.filter((name) => text.includes(`'${name}'`)).map((name) => `${file}: ${name}`),
  );
  expect(found).toEqual([]);
});
