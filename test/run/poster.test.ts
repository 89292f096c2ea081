import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { aheadAgainK, crossingK, LARGEST_K, meanPassAtK } from '../../src/core/passAtK.ts';
import { PRESET_WORDS } from '../../src/embed/words.ts';
import { isSolvable } from '../../src/evaluation/solvable.ts';
import { permalinkOf } from '../../src/run/permalink.ts';
import { posterOf } from '../../src/run/poster.ts';
import { parsePoster } from '../../src/run/posterFile.ts';
import { presetSettings } from '../../src/run/presetOf.ts';
import { PRESETS, type PresetName } from '../../src/run/presets.ts';
import { parseRecording } from '../../src/run/recording.ts';

const runs = new URL('../../public/runs/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, runs), 'utf8');
const NAMES = Object.keys(PRESETS) as PresetName[];
const posterFor = (preset: PresetName) => parsePoster(read(`posters/${preset}.json`))!;

describe('the posters of presets', () => {
  it('are one for each', () => {
    expect(readdirSync(new URL('posters/', runs)).sort()).toEqual(
      NAMES.map((name) => `${name}.json`).sort(),
    );
  });

  it.each(NAMES)('is of the present settings, and says how it was made: %s', (preset) => {
    const poster = posterFor(preset);
    const settings = presetSettings(preset);
    expect(poster).toMatchObject({
      ...{ preset, link: permalinkOf(settings), step: settings.steps, seed: settings.seed },
      command: `npm run -s rlvr -- poster ${preset}`,
    });
    expect(poster.p).toHaveLength(poster.baseP.length);
    expect(gzipSync(read(`posters/${preset}.json`)).length).toBeLessThan(6000);
    // Its lines tell the same as its problems, up to the digits that are kept.
    for (const [k, line] of Object.entries(poster.evaluated.passAt)) {
      expect(line[0]).toBeCloseTo(meanPassAtK(poster.baseP, Number(k)), 3);
      expect(line.at(-1)).toBeCloseTo(meanPassAtK(poster.p, Number(k)), 3);
    }
  });

  it('of the page is the run that the page has recorded', () => {
    const { rows, problems } = parseRecording(read('countdown-3.json'));
    const again = posterOf('crossing', rows, problems);
    const { baseP, p, step, trained } = posterFor('crossing');
    expect(again).toMatchObject({ baseP, p, step, trained });
  });

  it.each(['', '{', '{}', 'null', '[]', '{"format":"rlvr-poster","version":2,"p":[1]}'])(
    'is none where the file is not one: %s',
    (text) => expect(parsePoster(text)).toBeNull(),
  );
});

/** What the titles of src/embed/words.ts claim; each of them would fail for the preset named beside it. */
describe('the recorded runs show what their titles say', () => {
  const at = (preset: PresetName, k: number): [base: number, now: number] => {
    const { baseP, p } = posterFor(preset);
    return [meanPassAtK(baseP, k), meanPassAtK(p, k)];
  };
  const rises = (preset: PresetName, k: number): number => {
    const [base, now] = at(preset, k);
    return now - base;
  };
  const crossing = (preset: PresetName): number | null => {
    const { baseP, p } = posterFor(preset);
    return crossingK(baseP, p, 1e6);
  };

  it('one try better, many worse: crossing, near-paper, broad, programs', () => {
    for (const preset of ['crossing', 'near-paper', 'broad', 'programs'] as const) {
      expect(rises(preset, 1)).toBeGreaterThan(0.05);
      expect(rises(preset, 256)).toBeLessThan(-0.02);
      expect(crossing(preset)).toBeLessThan(1024);
    }
    expect(-rises('near-paper', 256)).toBeLessThan(0.3 * rises('near-paper', 1));
    expect(at('broad', 1024)[0]).toBeGreaterThan(0.999);
  });

  it('once crossed, never ahead again, where it is said from which k on the base solves more', () => {
    const isAgain = (preset: PresetName): boolean => {
      const { baseP, p } = posterFor(preset);
      return aheadAgainK(baseP, p, crossingK(baseP, p, LARGEST_K)!, LARGEST_K) !== null;
    };
    const told = NAMES.filter((preset) => PRESET_WORDS[preset]!.found?.includes('{crossing}'));
    expect(told).toEqual(['crossing', 'near-paper', 'maze', 'programs']);
    expect(told.filter(isAgain)).toEqual([]);
    // Of which it would be wrong.
    expect(isAgain('explores')).toBe(true);
  });

  it('256 tries better too: explores, maze', () => {
    for (const preset of ['explores', 'maze'] as const)
      for (const k of [1, 256]) expect(rises(preset, k)).toBeGreaterThan(0.01);
    expect(crossing('maze')).toBeGreaterThan(1024);
    const { baseP, p } = posterFor('explores');
    expect(p.filter((now, i) => isSolvable(now) && !isSolvable(baseP[i]!)).length).toBeGreaterThan(
      10,
    );
  });

  it('nothing at all: still', () => {
    const { baseP, p } = posterFor('still');
    expect(p).toEqual(baseP);
    expect(posterFor('coin').p).not.toEqual(baseP);
  });

  it('one try worse: coin; the reward alone better: room', () => {
    expect(rises('coin', 1)).toBeLessThan(-0.05);
    expect(rises('room', 1)).toBeLessThan(0.01);
    const { reward } = posterFor('room').trained;
    expect(reward.at(-1)! - reward[0]!).toBeGreaterThan(0.3);
  });

  it('a skill by a teacher, and not by rewards: distilled, narrow', () => {
    const solved = (preset: PresetName, of: 'baseP' | 'p'): number =>
      meanPassAtK(posterFor(preset).beyond![of], 256);
    expect(solved('distilled', 'p')).toBeGreaterThan(0.5);
    expect(solved('distilled', 'baseP')).toBeLessThan(0.01);
    expect(solved('narrow', 'p')).toBeLessThan(solved('narrow', 'baseP'));
  });

  it('of the page’s own figures: entropy falls, the reward rises, some problems get surer and others are lost', () => {
    const { trained, baseP, p } = posterFor('crossing');
    expect(trained.entropy.at(-1)).toBeLessThan(0.5 * trained.entropy[0]!);
    expect(trained.reward.at(-1)).toBeGreaterThan(2 * trained.reward[0]!);
    const count = (is: (before: number, now: number) => boolean): number =>
      baseP.filter((before, i) => is(before, p[i]!)).length;
    expect(count((before, now) => now > 2 * before)).toBeGreaterThan(40);
    expect(count((before, now) => isSolvable(before) && !isSolvable(now))).toBeGreaterThan(10);
  });
});
