import { describe, expect, it } from 'vitest';
import { Stream, uniformSequence } from '../../src/core/random.ts';
import { measuresAt, spreadOf } from '../../src/run/spread.ts';

const line = (...ys: [x: number, y: number][]) => ys.map(([x, y]) => ({ x, y }));

describe('the spread of several lines', () => {
  it('is their mean and range where all have a value', () => {
    // Step 4: (0.1 + 0.2 + 0.6) / 3 = 0.3; step 2 is missing in the second line, step 8 in the third.
    const lines = [
      line([0, 0.3], [2, 0.5], [4, 0.1], [8, 1]),
      line([0, 0.3], [4, 0.2], [8, 1]),
      line([0, 0.3], [2, 0.5], [4, 0.6]),
    ];
    const [first, second, ...rest] = spreadOf(lines);
    expect(first).toEqual({ x: 0, mean: expect.closeTo(0.3, 12), low: 0.3, high: 0.3 });
    expect(second).toEqual({ x: 4, mean: expect.closeTo(0.3, 12), low: 0.1, high: 0.6 });
    expect(rest).toEqual([]);
  });

  it('leaves out what is not a number, and says nothing of no lines', () => {
    expect(spreadOf([line([0, NaN], [1, 2]), line([0, 1], [1, 4])])).toEqual([
      { x: 1, mean: 3, low: 2, high: 4 },
    ]);
    expect(spreadOf([])).toEqual([]);
  });

  it('agrees with a table filled in cell by cell, on generated lines', () => {
    const uniform = uniformSequence({ seed: 5, stream: Stream.rollouts, step: 0 });
    for (let round = 0; round < 40; round++) {
      const lines = Array.from({ length: 1 + (round % 7) }, () =>
        Array.from({ length: 12 }, (_, x) => ({ x, y: uniform() })).filter(() => uniform() > 0.2),
      );
      const slow = [];
      for (let x = 0; x < 12; x++) {
        const cells = lines.map((points) => points.find((point) => point.x === x)?.y);
        if (cells.some((cell) => cell === undefined)) continue;
        const ys = (cells as number[]).toSorted((a, b) => a - b);
        let sum = 0;
        for (const y of ys) sum += y;
        slow.push({ x, mean: expect.closeTo(sum / ys.length, 12), low: ys[0], high: ys.at(-1) });
      }
      expect(spreadOf(lines)).toEqual(slow);
    }
  });
});

describe('the measures of several runs', () => {
  const run = (steps: number[], passAt1: number) => ({
    points: steps.map((step) => ({ step, entropy: 1 + passAt1, reward: 0 })),
    evaluations: steps.map((step) => ({
      step,
      passAt: { '1': passAt1, '256': 2 * passAt1 },
      p: new Float32Array(),
    })),
  });

  it('are read at the last evaluation that all of them have', () => {
    const at = measuresAt([run([0, 5, 10], 0.2), run([0, 5], 0.4)])!;
    expect(at.step).toBe(5);
    expect(at.measures.map(({ measure, spread }) => [measure, spread.low, spread.high])).toEqual([
      ['pass@1', 0.2, 0.4],
      ['pass@256', 0.4, 0.8],
      ['entropy', 1.2, 1.4],
    ]);
    expect(at.measures[0]!.spread.mean).toBeCloseTo(0.3, 12);
  });

  it('are none of a single run', () => {
    expect(measuresAt([run([0, 5], 0.2)])).toBeNull();
  });
});
