import { describe, expect, it } from 'vitest';
import {
  cycleProblems,
  limitTraining,
  nameOf,
  problemsOfStep,
} from '../../src/experiments/trainingProblems.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining } from '../../src/experiments/train.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { defaultsFor, trainSettings } from '../../src/run/settings.ts';
import { splitBySkill } from '../../src/tasks/prior.ts';
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
      await createWasmEngine(),
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

describe('a training set of a given size', () => {
  const limit = (trainProblems: number, of = all, beyondShare = 0.5) =>
    limitTraining(of, { trainProblems, beyondShare });
  const narrow = splitBySkill(task, all);

  it('is the first so many problems in the order of the split; 0 is all', () => {
    expect(limit(32).train).toEqual(all.train.slice(0, 32));
    expect(limit(512).train.slice(0, 128)).toEqual(limit(128).train);
    expect(limit(32).heldOut).toBe(all.heldOut);
    expect(limit(0)).toBe(all);
    expect(limit(60_000).train).toEqual(all.train);
  });

  it('of a narrow prior is from beyond it by the share', () => {
    const { train, beyond } = limit(32, narrow, 0.25);
    expect([train.length, beyond!.train.length]).toEqual([24, 8]);
    expect(beyond!.train).toEqual(narrow.beyond!.train.slice(0, 8));
    expect(beyond!.heldOut).toBe(narrow.beyond!.heldOut);
    expect(beyond!.train.every(task.skill.isNeeded)).toBe(true);
  });

  it('is all that a run trains on and evaluates of it', async () => {
    const shape = shapeFor(task, { width: 8, layers: 1, heads: 2 });
    const of = { ...settings, steps: 3, trainProblems: 5, evalProblems: 12, evalSamples: 0 };
    const run = await startTraining(
      ...([await createWasmEngine(), task, shape, initialParameters(shape, 1), all] as const),
      { ...of, filter: 'none' },
    );
    const allowed = new Set(all.train.slice(0, 5).map((problem) => task.showProblem(problem)));
    for await (const { group, train, heldOut, num_tokens } of run.rows) {
      expect(allowed.has(group!.problem)).toBe(true);
      expect(num_tokens).toBeLessThanOrEqual(5 * of.groupSize * shape.responseLength);
      if (train) expect([train.p.length, heldOut!.p.length]).toEqual([5, 12]);
    }
    run.dispose();
  });
});

describe('problems to be answered in turn', () => {
  const cycle = (count: number, of: typeof all, beyondShare = 0.5) =>
    cycleProblems(of, { seed: 1, beyondShare }, count, 99, 0);

  it('come as often as one another, but for the last round', () => {
    const counts = new Map<string, number>();
    for (const name of names(cycle(100, split))) counts.set(name, (counts.get(name) ?? 0) + 1);
    const sorted = [...counts.values()].sort();
    expect(sorted).toEqual([...new Array(20).fill(2), ...new Array(20).fill(3)]);
  });

  it('are from beyond a narrow prior by the share, or all from where there are any', () => {
    const narrow = splitBySkill(task, all);
    expect(cycle(40, narrow, 0.3).filter(task.skill.isNeeded).length).toBe(12);
    const none = { ...narrow, beyond: { ...narrow.beyond!, train: [] } };
    expect(cycle(40, none).filter(task.skill.isNeeded).length).toBe(0);
    expect(cycle(40, { ...narrow, train: [] }).filter(task.skill.isNeeded).length).toBe(40);
  });
});
