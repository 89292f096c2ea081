import { describe, expect, it } from 'vitest';
import { meanPassAtK } from '../../../src/core/passAtK.ts';
import type { TrainRow } from '../../../src/experiments/train.ts';
import { DEFAULT_SETTINGS } from '../../../src/run/settings.ts';
import { sorted } from '../../../src/ui/kit/table.ts';
import { COLUMNS, differenceOf, type Listed } from '../../../src/ui/runs/columns.ts';
import {
  MOST_EVALUATIONS_KEPT,
  MOST_STEPS_KEPT,
  thinned,
  triedRun,
  type ShownRun,
} from '../../../src/run/tried.ts';

const base = [0.1, 0.3];
/** A row with the fields that a run tried is made from. */
const row = (step: number, p?: number[]): TrainRow =>
  ({
    step,
    entropy: 1 / (1 + step),
    reward: step / 100,
    step_time: 0.5,
    ...(p ? { heldOut: { p, passAt: { '1': meanPassAtK(p, 1) } } } : {}),
  }) as unknown as TrainRow;
const run = (rows: TrainRow[]): ShownRun => ({
  id: 7,
  settings: DEFAULT_SETTINGS,
  rows,
  branched: null,
  startedAt: 0,
});

describe('thinning', () => {
  it('keeps the first and the last and never more than asked for', () => {
    for (const length of [1, 2, 3, 9, 10, 11, 25, 400, 10_001])
      for (const most of [2, 3, 10, 400]) {
        const kept = thinned(
          Array.from({ length }, (_, i) => i),
          most,
        );
        expect([kept[0], kept.at(-1)]).toEqual([0, length - 1]);
        expect(kept.length).toBeLessThanOrEqual(most);
        if (length <= most) expect(kept.length).toBe(length);
      }
  });
});

describe('a run tried', () => {
  it('has the numbers of its last evaluation and of its last row', () => {
    const { numbers } = triedRun(run([row(0, base), row(1), row(2, [0.5, 0]), row(3)]));
    // pass@1 = (0.5 + 0) / 2; pass@256 = (1 − 0.5^256 + 0) / 2 = 0.5 to 16 digits; three updates of half a second.
    expect(numbers).toMatchObject({ steps: 3, passAt1: 0.25, entropy: 0.25, seconds: 1.5 });
    expect(numbers.passAt256).toBeCloseTo(0.5, 12);
    // Of now: (1 − 0.5^k) / 2; of the base: 1 − (0.9^k + 0.7^k) / 2. At k = 1.5: 0.3232 against 0.2802; at k = 3:
    // 0.4375 against 0.464. Between them they cross.
    expect(numbers.crossing).toBeGreaterThan(1.5);
    expect(numbers.crossing).toBeLessThan(3);
  });

  it('crosses nowhere before it has trained', () => {
    expect(triedRun(run([row(0, base)])).numbers.crossing).toBeNull();
  });

  it('stays small: at most 600 points of 10,000 steps, the last ones among them', () => {
    const rows = Array.from({ length: 10_001 }, (_, i) => row(i, base));
    const { points, evaluations } = triedRun(run(rows));
    expect(points.length).toBeLessThanOrEqual(MOST_STEPS_KEPT);
    expect(evaluations.length).toBeLessThanOrEqual(MOST_EVALUATIONS_KEPT);
    expect([points.at(-1)!.step, evaluations.at(-1)!.step]).toEqual([10_000, 10_000]);
    expect(MOST_STEPS_KEPT + MOST_EVALUATIONS_KEPT).toBe(600);
  });

  it('refuses a run without rows', () => {
    expect(() => triedRun(run([]))).toThrow('a run without rows has no numbers');
  });
});

describe('the difference of two runs', () => {
  const other = { ...DEFAULT_SETTINGS, lr: 0.003, seed: 2 };

  it('is told in one line, by the names of the settings', () => {
    expect(differenceOf(other, DEFAULT_SETTINGS)).toBe(
      'seed 2 instead of 1, learning rate 0.003 instead of 0.001',
    );
    expect(differenceOf(other, DEFAULT_SETTINGS, ['seed'])).toBe(
      'learning rate 0.003 instead of 0.001',
    );
    expect(differenceOf(other, { ...other })).toBe('the same settings');
  });
});

describe('the table of runs', () => {
  const listed = [0.2, null, 0.1, 0.3].map((passAt1, i): Listed => ({
    ...run([]),
    id: i,
    name: `run ${i + 1}`,
    difference: '',
    numbers: { steps: 10, passAt1, passAt256: null, entropy: 1, crossing: null, seconds: 1 },
  }));
  const column = COLUMNS.find(({ id }) => id === 'passAt1')!;
  const order = (isDescending: boolean) =>
    sorted(listed, column.sortBy, isDescending).map(({ name }) => name);

  it('is sorted either way, with what has no number last', () => {
    expect(order(true)).toEqual(['run 4', 'run 1', 'run 3', 'run 2']);
    expect(order(false)).toEqual(['run 3', 'run 1', 'run 4', 'run 2']);
  });

  it('says a dash where there is no number', () => {
    expect(listed.map((each) => column.value(each))).toEqual(['0.200', '–', '0.100', '0.300']);
  });
});
