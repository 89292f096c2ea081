import { describe, expect, it } from 'vitest';
import type { TrainRow } from '../../src/experiments/train.ts';
import { boundRows } from '../../src/run/boundedRows.ts';

/** A row with a group, and with an evaluation where `every` divides the step. */
function row(step: number, every: number): TrainRow {
  const evaluation = { passAt: { 1: 0.1 }, p: [0.1] };
  return {
    step,
    group: { problem: `problem of ${step}`, prompt: [], completions: [] },
    ...(step % every === 0 ? { heldOut: { ...evaluation }, train: { ...evaluation } } : {}),
  } as unknown as TrainRow;
}

function after(steps: number, every: number, limits?: Parameters<typeof boundRows>[0]): TrainRow[] {
  const rows = boundRows(limits);
  for (let step = 0; step <= steps; step++) rows.push(row(step, every));
  return rows.list();
}

describe('the rows of a long run', () => {
  it('are all there as long as they are few', () => {
    const rows = after(1000, 10);
    expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: 1001 }, (_, step) => step));
    // Older ones have lost what no figure needs: 1001 - 100 of them are settled.
    expect(rows.filter(({ group }) => group).map(({ step }) => step)).toEqual([
      ...Array.from({ length: 91 }, (_, i) => 10 * i),
      ...Array.from({ length: 100 }, (_, i) => 901 + i),
    ]);
    expect(rows.find(({ step }) => step === 10)!.train).toEqual({ passAt: { 1: 0.1 }, p: [] });
  });

  it('are at most so many after any number of steps, at even distances, with the first and the latest', () => {
    for (const steps of [2000, 10_000, 33_333]) {
      const rows = after(steps, 10);
      expect(rows.length).toBeLessThanOrEqual(1500 + 400 + 100);
      expect(rows[0]!.step).toBe(0);
      expect(rows.slice(-100).map(({ step }) => step)).toEqual(
        Array.from({ length: 100 }, (_, i) => steps - 99 + i),
      );
      const evaluated = rows.slice(0, -100).filter(({ heldOut }) => heldOut);
      const distances = new Set(
        evaluated.slice(1).map((each, i) => each.step - evaluated[i]!.step),
      );
      expect(distances.size).toBe(1);
      // Thinned by halves, at least half of the room is used.
      expect(evaluated.length).toBeGreaterThan(steps < 4100 ? 190 : 199);
    }
  });

  it('lose every second row, then every second of those', () => {
    const steps = (last: number) =>
      after(last, 1000, { recent: 2, plain: 4, evaluated: 4 }).map(({ step }) => step);
    expect(steps(6)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    // Of 1 to 5 the odd ones go; 0 is an evaluation.
    expect(steps(7)).toEqual([0, 2, 4, 6, 7]);
    expect(steps(13)).toEqual([0, 4, 8, 12, 13]);
  });

  it('have one row of a step that comes twice, without and with its evaluation', () => {
    const rows = boundRows({ recent: 3, plain: 10, evaluated: 10 });
    for (let step = 0; step <= 5; step++) {
      rows.push(row(step, 1000));
      if (step > 3) rows.push(row(step, 1));
    }
    expect(rows.list().map(({ step, heldOut }) => [step, heldOut !== undefined])).toEqual([
      ...[
        [0, true],
        [1, false],
        [2, false],
      ],
      ...[
        [3, false],
        [4, true],
        [5, true],
      ],
    ]);
  });
});
