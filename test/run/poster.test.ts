import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePoster, posterOf } from '../../src/run/poster.ts';
import { parseRecording } from '../../src/run/recording.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../public/runs/${name}`, import.meta.url), 'utf8');

describe('the poster of the recorded run', () => {
  it('is of its last evaluation, with the same numbers', () => {
    const recording = parseRecording(read('countdown-3.json'));
    const poster = parsePoster(read('countdown-3.poster.json'));
    expect(poster).toEqual(posterOf(recording));
    expect(poster!.step).toBe(recording.rows.at(-1)!.step);
    expect(poster!.p).toEqual(recording.rows.at(-1)!.heldOut!.p);
  });

  it.each([
    '',
    '{',
    '{}',
    'null',
    '[]',
    '{"format":"rlvr-poster","version":2,"p":[1],"baseP":[1]}',
  ])('is none where the file is not one: %s', (text) => expect(parsePoster(text)).toBeNull());
});
