import { describe, expect, it } from 'vitest';
import { nameOf, problemsOfStep } from '../../src/experiments/trainingProblems.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining } from '../../src/experiments/train.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { defaultsFor, trainSettings } from '../../src/run/settings.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const all = splitProblems(task, 1);
const split = { ...all, train: all.train.slice(0, 40) };
const settings = trainSettings({
  ...defaultsFor({ task: 'countdown', algorithm: 'unsolved' }),
  prompts: 8,
});
const names = (problems: readonly unknown[]) => problems.map((problem) => nameOf(task, problem));

describe('training on unsolved problems only', () => {
  it('draws none that is solved, and fewer than a batch where fewer are left', () => {
    const solved = new Set(names(split.train.slice(0, 35)));
    for (let step = 1; step <= 20; step++) {
      const { problems, trains } = problemsOfStep(task, split, settings, solved, step);
      expect(trains).toBe(true);
      expect(problems.length).toBe(5);
      expect(new Set(names(problems))).toEqual(new Set(names(split.train.slice(35))));
    }
  });

  it('draws from all and trains on nothing where all are solved', () => {
    const step = problemsOfStep(task, split, settings, new Set(names(split.train)), 1);
    expect(step.trains).toBe(false);
    expect(step.problems.length).toBe(8);
  });

  it('is no filter for other algorithms', () => {
    const solved = new Set(names(split.train));
    const { problems, trains } = problemsOfStep(
      task,
      split,
      { ...settings, filter: 'none' },
      solved,
      1,
    );
    expect([problems.length, trains]).toEqual([8, true]);
  });

  it('in a run: a problem that was solved is not drawn again, and its set outlives a checkpoint', async () => {
    const shape = shapeFor(task, { width: 16, layers: 1, heads: 2 });
    const easy = {
      ...task,
      // Right is whatever begins with a number that is given: often enough to be solved, not always.
      verify: (problem: unknown, response: readonly number[]) => ({
        correct: task.encode(problem).slice(0, 1).includes(response[0]!),
        reason: '',
        detail: '',
      }),
    };
    const run = await startTraining(
      createReferenceEngine(),
      easy,
      shape,
      initialParameters(shape, 1),
      split,
      { ...settings, steps: 12, groupSize: 4, evalEvery: 4, evalProblems: 2, evalSamples: 0 },
    );
    let before = new Set<string>();
    for await (const { step, group } of run.rows) {
      if (before.size < split.train.length)
        expect(before.has(group!.prompt.join()), `step ${step}`).toBe(false);
      before = new Set(run.solved);
    }
    expect(before.size).toBeGreaterThan(10);
    run.dispose();
  });
});
