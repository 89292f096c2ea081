import { describe, expect, it } from 'vitest';
import type { BaseParts } from '../../src/experiments/byDifficulty.ts';
import { limitSizes, ofSizes } from '../../src/experiments/bySize.ts';
import { pretrain, shapeFor } from '../../src/experiments/pretrain.ts';
import { trainingSplit } from '../../src/experiments/trainingProblems.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { settingsOver, trainSettings } from '../../src/run/settings.ts';
import { enumerateExpressions, type CountdownProblem } from '../../src/tasks/countdown.ts';
import { allPrograms } from '../../src/tasks/programs.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';
import { LARGEST_SIZE } from '../../src/tasks/task.ts';
import { TASKS, type TaskRecord } from '../../src/tasks/tasks.ts';

const programs = await createTask('programs');
const split = splitProblems(programs, 2025);

describe('the size of a problem', () => {
  it('is that of the first program, shorter ones first, that the verifier takes', () => {
    const all = allPrograms();
    for (const problem of split.heldOut.slice(0, 12)) {
      const shortest = all.find((program) => programs.verify(problem, [...program, 0]).correct)!;
      expect(programs.sizeOf!(problem)).toBe(shortest.length);
    }
  });

  it('is the fewest operators that make a target', async () => {
    const task = await createTask('countdown-3');
    // 8 is given; 3 + 7 makes 10; 3 + 7 − 8 makes 2, and no two of them do.
    for (const [target, size] of [
      [8, 0],
      [10, 1],
      [2, 2],
    ])
      expect(task.sizeOf!({ numbers: [3, 7, 8], target })).toBe(size);
    for (const problem of task.allProblems().slice(0, 50) as CountdownProblem[]) {
      const operators = enumerateExpressions(problem.numbers)
        .filter(({ value }) => value === problem.target)
        .map(({ tokens }) => tokens.filter((token) => token > 9).length);
      expect(task.sizeOf!(problem)).toBe(Math.min(...operators));
    }
  });

  it('is known of the tasks that the settings are offered for, and at most the largest', async () => {
    for (const { isSized, variants } of Object.values<TaskRecord>(TASKS))
      for (const name of Object.keys(variants)) {
        const { sizeOf, allProblems } = await createTask(name);
        expect(sizeOf !== undefined, name).toBe(isSized === true);
        if (sizeOf)
          for (const problem of allProblems().slice(0, 500))
            expect(sizeOf(problem)).toBeLessThanOrEqual(LARGEST_SIZE);
      }
  });
});

describe('training problems of some sizes', () => {
  // Nobody asks it anything.
  const base = {} as BaseParts;

  it('are all of these sizes, and leave what is held out', async () => {
    const settings = settingsOver({ task: 'programs', trainSizeMin: 2, trainSizeMax: 3 });
    const limited = await trainingSplit(programs, split, trainSettings(settings), base);
    const counts = split.train.map((problem) => programs.sizeOf!(problem));
    expect(limited.train).toHaveLength(counts.filter((size) => size === 2 || size === 3).length);
    expect(limited.heldOut).toBe(split.heldOut);
    const all = await trainingSplit(
      programs,
      split,
      trainSettings(settingsOver({ task: 'programs' })),
      base,
    );
    expect(all).toBe(split);
  });

  it('are refused where there are none', () => {
    const sizeOf = (problem: unknown): number => problem as number;
    expect(ofSizes(sizeOf, [0, 1, 2, 3], { least: 1, most: 2 })).toEqual([1, 2]);
    expect(() => ofSizes(sizeOf, [0, 1], { least: 2, most: 3 })).toThrow(
      'no training problem takes at least 2 and at most 3 operations',
    );
    const beyond = { train: [], heldOut: [4] };
    const parts = { train: [0, 1], heldOut: [3], beyond };
    expect(limitSizes(sizeOf, parts, { least: 1, most: 1 })).toEqual({ ...parts, train: [1] });
  });
});

it('a base that was shown small problems is one that was shown no others', async () => {
  const engine = await createWasmEngine();
  const shape = shapeFor(programs, { width: 8, layers: 1, heads: 2 });
  const settings = {
    seed: 1,
    steps: 2,
    batchSize: 8,
    learningRate: 0.01,
    correctFraction: 0.5,
    rarity: 1,
  };
  const parametersOf = async (train: unknown[], more: object): Promise<Float32Array> => {
    const rows = pretrain(engine, programs, shape, { ...split, train }, { ...settings, ...more });
    for (;;) {
      const next = await rows.next();
      if (next.done) return next.value.parameters;
    }
  };
  const small = split.train.filter((problem) => programs.sizeOf!(problem) <= 2);
  const limited = await parametersOf(split.train, { demonstratedSize: 2 });
  expect(limited).toEqual(await parametersOf(small, {}));
  expect(limited).not.toEqual(await parametersOf(split.train, {}));
});
