import { describe, expect, it } from 'vitest';
import type { TrainRow } from '../../../src/experiments/train.ts';
import { atDistance } from './algorithms.ts';
import { intervalOf, markdown, show } from './table.ts';

const row = (step: number, kl: number, passAt1: number): TrainRow =>
  ({
    step,
    entropy: 1 - step / 100,
    heldOut: { kl, passAt: { '1': passAt1, '256': 0.9 }, p: [] },
    solvable: { both: 10 - step / 10, baseOnly: step / 10, rlOnly: 0, neither: 0 },
  }) as unknown as TrainRow;

describe('the moment at which a run is some distance from its base', () => {
  const rows = [
    row(0, 0, 0.1),
    row(10, 0.4, 0.2),
    row(20, 0.8, 0.4),
    row(30, 0.6, 0.5),
    row(40, 2, 0.6),
  ];

  it('is interpolated between the evaluations around it', () => {
    // 0.5 is a quarter of the way from 0.4 to 0.8.
    const moment = atDistance(rows, 0.5)!;
    expect(moment.step).toBeCloseTo(12.5, 12);
    expect(moment.passAt['1']).toBeCloseTo(0.25, 12);
    expect(moment.entropy).toBeCloseTo(0.875, 12);
    expect(moment.baseOnly).toBeCloseTo(1.25, 12);
    expect(moment.gap).toBeCloseTo(0.9 - 0.25, 12);
    expect(moment.kl).toBeCloseTo(0.5, 12);
  });

  it('is the first of several', () => {
    expect(atDistance(rows, 0.7)!.step).toBeCloseTo(17.5, 12);
  });

  it('is null for a run that never gets there', () => {
    expect(atDistance(rows, 3)).toBeNull();
  });
});

describe('intervals over seeds', () => {
  it('are Student intervals of the mean', () => {
    // 1 … 8: mean 4.5, sample variance 6, standard error √(6/8) = 0.866, times 2.365
    const interval = intervalOf([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(interval.mean).toBe(4.5);
    expect(interval.half).toBeCloseTo(2.048, 3);
    expect(show(interval, 1)).toBe('4.5 ± 2.0');
  });

  it('refuse a seed that is missing', () => {
    expect(() => intervalOf([1])).toThrow('1 values, expected at least 2');
  });
});

it('a table has a line a row', () => {
  expect(markdown(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
});
