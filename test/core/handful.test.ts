import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseBaseEntry } from '../../src/run/baseEntry.ts';
import { parseRecording } from '../../src/run/recording.ts';
import { handful } from '../../src/core/handful.ts';

describe('a handful of problems', () => {
  it('is at twelve evenly spaced ranks, the middle one first', () => {
    // Problem i has p = i / 120, so that rank r is problem 119 − r: ranks 65, 75 … 115, then 5, 15 … 55.
    const baseP = Array.from({ length: 120 }, (_, i) => i / 120);
    expect(handful(baseP)).toEqual([54, 44, 34, 24, 14, 4, 114, 104, 94, 84, 74, 64]);
  });

  it('is all of them where there are few, and of equal ones the first first', () => {
    expect(handful([0.5, 0.1, 0.5])).toEqual([2, 1, 0]);
    expect(handful([])).toEqual([]);
  });
});

it('the recorded run has answers to the handful of its own base, at every evaluation', async () => {
  const read = (name: string) => readFile(new URL(`../../public/${name}`, import.meta.url), 'utf8');
  const { answers, rows } = parseRecording(await read('runs/countdown-3.json'));
  const entry = parseBaseEntry(
    'countdown-3-rarity0.01',
    await read('bases/countdown-3-rarity0.01.json'),
  );
  const problems = answers!.map(({ problem }) => problem);
  expect(handful(rows[0]!.heldOut!.p)).toEqual(problems);
  expect(handful(entry.heldOutP)).toEqual(problems);
  const steps = rows.filter(({ heldOut }) => heldOut).map(({ step }) => step);
  for (const { moments } of answers!) {
    expect(moments.map(({ step }) => step)).toEqual(steps);
    for (const { answers: given } of moments) expect(given).toHaveLength(4);
  }
});
