import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { englishTexts } from '../../src/cli/texts/tables.ts';
import { parseTranslation, translate, translationProblems } from '../../src/text/translation.ts';
import { worded } from '../../src/text/worded.ts';
import { words } from '../../src/text/words.ts';

const root = new URL('../../', import.meta.url).pathname;
/** Without the areas of tests, which share this process. */
const ENGLISH = Object.fromEntries(
  Object.entries(englishTexts()).filter(([area]) => !/^test\b/.test(area)),
);
const TEXT = words('test-translated', { at: 'step {step}', play: 'Play' });

afterEach(() => translate({}));

describe('the list of tables', () => {
  const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file) && !file.startsWith('text/'))
    .map((file) => ({ file, text: readFileSync(`${root}src/${file}`, 'utf8') }));
  const calls = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/(?<![.\w])(?:words|worded)\(\s*([^,()]+),\s*[{\w]/g)].map(([, area]) => ({
      file,
      area: area!,
    })),
  );

  it('has every area that a file registers', () => {
    expect(calls.length).toBeGreaterThan(15);
    const named = calls.map(({ area }) => area.replaceAll("'", ''));
    expect(named.filter((area) => !(area in ENGLISH))).toEqual([]);
    expect(Object.keys(ENGLISH).sort()).toEqual(named.sort());
  });

  it('has its tables in modules, which a command can load', () => {
    expect(calls.filter(({ file }) => file.endsWith('.svelte'))).toEqual([]);
  });
});

describe.each(readdirSync(`${root}public/lang`))('the translation %s', (file) => {
  it('fits the tables', () => {
    const translation = parseTranslation(readFileSync(`${root}public/lang/${file}`, 'utf8'));
    expect(translationProblems(translation)).toEqual([]);
  });
});

describe('a translation', () => {
  it('leaves a text English that does not fit, and tells of it', () => {
    const told: string[] = [];
    translate({ 'test-translated': { at: 'Schritt {schritt}', play: 'Abspielen' } }, (problem) =>
      told.push(problem),
    );
    expect(told).toEqual(["'test-translated.at' has the places {schritt}, expected {step}"]);
    expect(TEXT.at).toBe('step {step}');
    expect(TEXT.play).toBe('Abspielen');
  });

  it('is heard by tables that load later, with what does not fit there', () => {
    const told: string[] = [];
    translate({ 'test-later': { stop: 'Halt', go: 'Los' } }, (problem) => told.push(problem));
    expect(told).toEqual([]);
    const later = words('test-later', { go: 'Go' });
    expect(later.go).toBe('Los');
    expect(told).toEqual(["the area 'test-later' has no text 'stop'"]);
  });

  it('is refused with what was expected', () => {
    expect(() => parseTranslation('{')).toThrow('it is no JSON, expected an object of areas');
    expect(() => parseTranslation('[]')).toThrow('it is no object, expected one of areas');
    expect(() => parseTranslation('{"page": "x"}')).toThrow(
      "its area 'page' is no object, expected one of texts",
    );
    expect(() => parseTranslation('{"page": {"skip": 3}}')).toThrow(
      "its 'page.skip' is 3, expected a text",
    );
  });
});

describe('a table of data with words', () => {
  const rows: Record<'a' | 'b', { label: string; help?: string; size: number }> = {
    a: { label: 'First', help: 'It comes first.', size: 1 },
    b: { label: 'Second', size: 2 },
  };
  worded('test-rows', rows, ['label', 'help']);

  it('has its texts by key and field', () => {
    expect(englishTexts()['test-rows']).toEqual({
      'a.label': 'First',
      'a.help': 'It comes first.',
      'b.label': 'Second',
    });
  });

  it('has the texts of a row that two keys share under the first', () => {
    const shared = { label: 'Both' };
    worded('test-shared', { x: shared, y: shared, z: { label: 'Z' } }, ['label']);
    expect(englishTexts()['test-shared']).toEqual({ 'x.label': 'Both', 'z.label': 'Z' });
    worded('test-shared-again', { x: shared }, ['label']);
    expect(englishTexts()['test-shared-again']).toEqual({});
  });

  it('reads them through the translation, in its place', () => {
    expect(rows).toEqual({
      a: { label: 'First', help: 'It comes first.', size: 1 },
      b: { label: 'Second', size: 2 },
    });
    translate({ 'test-rows': { 'b.label': 'Zweite' } });
    expect([rows.a.label, rows.b.label, rows.b.help]).toEqual(['First', 'Zweite', undefined]);
    const { label } = rows.b;
    translate({});
    expect([label, rows.b.label]).toEqual(['Zweite', 'Second']);
  });
});
