import { describe, expect, it } from 'vitest';
import { crossingK } from '../../../src/core/passAtK.ts';
import type { TrainRow } from '../../../src/experiments/train.ts';
import { DEFAULT_SETTINGS } from '../../../src/run/defaults.ts';
import { lostOf, rangeWords } from '../../../src/ui/story/answers.ts';
import { collapseSentence } from '../../../src/ui/story/collapse.ts';
import { crossingMark, runLine, type RunFacts } from '../../../src/ui/story/lines.ts';
import { settingsOf } from '../../../src/ui/story/story.svelte.ts';

it('a range is named by its edges', () => {
  expect([0, 1, 3].map((i) => rangeWords([0, 1, 5, 15, 100], i))).toEqual([
    'none',
    '1 to 4',
    '15 or more',
  ]);
});

describe('what is read from a live run', () => {
  const baseP = [0.1, 0.1];
  const p = [0.5, 0.001];
  const row = (step: number, heldOutP: number[]) =>
    ({
      step,
      entropy: 1 - step / 10,
      heldOut: { p: heldOutP, passAt: { '1': (heldOutP[0]! + heldOutP[1]!) / 2 } },
      solvable: { both: 1, baseOnly: 1, rlOnly: 0, neither: 0 },
    }) as unknown as TrainRow;
  const facts: RunFacts = {
    rows: [row(0, baseP), { step: 1, entropy: 0.9 } as TrainRow, row(2, p)],
    baseP,
    chanceP: null,
    settings: DEFAULT_SETTINGS,
  };

  it('is lines over k and over steps, and none where there is nothing yet', () => {
    const now = runLine('now', facts).points;
    // (0.5 + 0.001) / 2 at k = 1; at k = 4, (1 − 0.5⁴ + 1 − 0.999⁴) / 2 = (0.9375 + 0.003994) / 2.
    expect(now[0]!).toEqual({ x: 1, y: 0.2505 });
    expect(now.find(({ x }) => x === 4)!.y).toBeCloseTo(0.470747, 6);
    expect(runLine('pass@1', facts).points).toEqual([
      { x: 0, y: 0.1 },
      { x: 2, y: 0.2505 },
    ]);
    expect(runLine('entropy', facts).points.map(({ y }) => y)).toEqual([1, 0.9, 0.8]);
    expect(runLine('chance', facts).points).toEqual([]);
    expect(runLine('now', { ...facts, rows: [] }).points).toEqual([]);
  });

  it('is where the curves cross, on both of them', () => {
    const mark = crossingMark(facts)!;
    expect(mark.x).toBeCloseTo(crossingK(baseP, p, 1024)!, 9);
    // 1 − 0.9^k of the base is the mean of the two others there.
    expect(mark.y).toBeCloseTo(1 - 0.9 ** mark.x, 9);
    expect(mark.y).toBeCloseTo(1 - (0.5 ** mark.x + 0.999 ** mark.x) / 2, 4);
    expect(crossingMark({ ...facts, rows: [row(0, baseP)] })).toBeNull();
  });

  it('is how many of 100 problems are lost', () => {
    expect(lostOf(facts.rows[2]!)).toBe(50);
    expect(lostOf(facts.rows[1]!)).toBeNull();
  });
});

describe('a collapse', () => {
  const row = (one: number, entropy: number) =>
    ({ entropy, heldOut: { passAt: { '1': one } } }) as unknown as TrainRow;
  const from = row(0.12, 0.7);
  const said = (rows: TrainRow[], verifier: 'truth' | 'random' = 'truth') =>
    collapseSentence(rows, { verifier });

  it('is told where one try solves less than half of what it did, with the entropy where that is spent', () => {
    expect(said([from, row(0.0601, 0.01)])).toBe('');
    expect(said([from, row(0.0599, 0.0123)])).toMatch(
      /collapsed.*entropy 0\.01 nats.*solves 6 of 100.*solved 12/,
    );
    const undecided = said([from, row(0.01, 1.4)]);
    expect(undecided).toMatch(/collapsed.*solves 1 of 100/);
    expect(undecided).not.toContain('entropy');
    expect(said([])).toBe('');
  });

  it('is none where something else than right answers is paid', () => {
    expect(said([from, row(0.01, 0.01)], 'random')).toBe('');
  });
});

it('a chapter takes what the address says, but goes on to train nothing where it trains nothing', () => {
  const over = { steps: 7, lr: 0.5 };
  expect(settingsOf({ steps: 100, groupSize: 8 }, over)).toMatchObject({
    steps: 7,
    groupSize: 8,
    lr: 0.5,
  });
  expect(settingsOf({ steps: 0 }, over)).toMatchObject({ steps: 0, lr: 0.5 });
  expect(settingsOf({ task: 'programs' }).lr).toBe(5e-4);
});
