import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TrainRow } from '../../src/experiments/train.ts';
import { parseRecording } from '../../src/run/recording.ts';
import { defaultsFor, methodLabel } from '../../src/run/settings.ts';
import Headlines from '../../src/ui/Headlines.svelte';
import { markupOf, textsOf } from './fixtures/markup.ts';
import { pageOf, rowOf } from './fixtures/page.svelte.ts';

const recording = parseRecording(
  readFileSync(new URL('../../public/runs/countdown-3.json', import.meta.url), 'utf8'),
);
const tiles = (fields: Parameters<typeof pageOf>[0]): string[] =>
  textsOf(
    markupOf(Headlines, { figures: pageOf(fields).figures, away: null, methodLabel }),
    /<div class="(?:which|tile).*?<\/div>/,
  ).map((words) => words.replace(/ [^→]*Formula:.*?TRL’s name: \S+/, ' '));

describe('the strip of numbers', () => {
  it('tells the story of the recorded run, marked as recorded', () => {
    const [which, one, many, , crossing] = tiles({ recording });
    expect(which).toMatch(/^Recorded run .*300 .*seed 1/);
    expect(one).toMatch(/0\.111 → to 0\.347 ▲ \+0\.236$/);
    expect(many).toMatch(/0\.824 → to 0\.627 ▼ −0\.197$/);
    expect(crossing).toMatch(/k ≈ 8\.2 with more samples than this, the base solves more$/);
  });

  it('says whose the live run is, and what has not been evaluated', () => {
    const settings = { ...defaultsFor({ task: 'countdown', algorithm: 'ppo' }), seed: 4 };
    const begun = (...rows: TrainRow[]) => ({
      ...({ recording, own: 'lived' } as const),
      run: { settings, rows },
    });
    const [which, one] = tiles(begun(rowOf(0, [0.5])));
    expect(which).toContain('PPO, seed 4');
    expect(one).toMatch(/base 0\.500 → not trained yet$/);
    const [, later] = tiles(begun(rowOf(0, [0.5]), rowOf(1, null)));
    expect(later).toMatch(/base 0\.500 → not evaluated yet$/);
  });
});
