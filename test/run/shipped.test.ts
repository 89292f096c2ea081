import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomIndex } from '../../src/core/draws.ts';
import { uniformSequence } from '../../src/core/random.ts';
import { parseBaseEntry } from '../../src/run/baseEntry.ts';
import { parsePoster } from '../../src/run/posterFile.ts';
import { parseRecording } from '../../src/run/recording.ts';
import { parseStudy, parseStudyIndex } from '../../src/run/studies/recorded.ts';

const folder = new URL('../../public/', import.meta.url);
const files = ['bases', 'runs', 'runs/posters', 'runs/studies'].flatMap((path) =>
  readdirSync(new URL(path, folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${path}/${file}`),
);
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

/** What each format is read by; null is none. */
const READERS: Record<string, (name: string, json: string) => unknown> = {
  'rlvr-base': parseBaseEntry,
  'rlvr-recording': (_, json) => parseRecording(json),
  'rlvr-poster': (_, json) => parsePoster(json),
  'rlvr-study': parseStudy,
  'rlvr-studies': (_, json) => parseStudyIndex(json),
};
const formatOf = (file: string): string => (JSON.parse(textOf(file)) as { format: string }).format;
const readAs = (file: string, json: string): unknown =>
  READERS[formatOf(file)]!(basename(file, '.json'), json);

/** The places of all numbers in a value. */
function numbersIn(value: unknown, place: readonly string[] = []): string[][] {
  if (typeof value === 'number') return [[...place]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => numbersIn(each, [...place, name]));
}

function withNumber(json: string, place: readonly string[], number: number): string {
  const value = JSON.parse(json) as unknown;
  const at = place.slice(0, -1).reduce((each, name) => (each as never)[name], value) as object;
  Object.assign(at, { [place.at(-1)!]: number });
  return JSON.stringify(value);
}

describe('every shipped file', () => {
  it('is of a format that there is a reader for, and each format has a file', () => {
    expect(new Set(files.map(formatOf))).toEqual(new Set(Object.keys(READERS)));
  });

  it.each(files)('is taken: %s', (file) => {
    expect(readAs(file, textOf(file))).not.toBeNull();
  });

  // One file of each format: a law of its schema.
  const firsts = Object.keys(READERS).map((format) => files.find((f) => formatOf(f) === format)!);
  it.each(firsts)('is refused with a number beyond all bounds, wherever that is: %s', (file) => {
    const json = textOf(file);
    const places = numbersIn(JSON.parse(json));
    const random = uniformSequence({ seed: 5, stream: 0, step: 0 });
    for (let n = 0; n < 8; n++) {
      const place = places[randomIndex(random, places.length)]!;
      for (const number of [1e308, -1e308]) {
        const changed = withNumber(json, place, number);
        let found: unknown;
        try {
          found = readAs(file, changed);
        } catch {
          found = null;
        }
        expect(found, `${place.join('.')} is ${number}`).toBeNull();
      }
    }
  });
});
