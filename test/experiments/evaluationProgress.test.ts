import { describe, expect, it } from 'vitest';
import { loadStart } from '../../src/cli/base.ts';
import { shareOfWork } from '../../src/experiments/evaluationProgress.ts';
import { startExperiment } from '../../src/experiments/startExperiment.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { DEFAULT_SETTINGS, trainSettings, type RunSettings } from '../../src/run/settings.ts';
import type { ProblemSplit } from '../../src/tasks/registry.ts';
import type { Task } from '../../src/tasks/task.ts';

const engine = await createWasmEngine();
const small: RunSettings = {
  ...DEFAULT_SETTINGS,
  ...{ steps: 1, prompts: 4, groupSize: 4, evalEvery: 1, evalProblems: 10, evalSamples: 0 },
};

/** What is heard of each evaluation of a run, until its end. */
async function heardOf(
  changes: Partial<RunSettings>,
): Promise<{ done: number; total: number }[][]> {
  const settings = { ...small, ...changes };
  const { task, shape, parameters, split, teacher } = await loadStart(settings, engine);
  const evaluations: { done: number; total: number }[][] = [];
  let last = Infinity;
  const run = await startExperiment(
    ...([engine, task, shape, parameters, split, trainSettings(settings)] as const),
    ...([null, teacher] as const),
    async (done, total) => {
      if (done < last) evaluations.push([]);
      evaluations.at(-1)!.push({ done, total });
      last = done;
    },
  );
  for await (const _ of run.rows);
  run.dispose();
  return evaluations;
}

const ends = (evaluations: readonly { done: number; total: number }[][]) =>
  evaluations.map((each) => each.at(-1)!);

describe('the share of the work', () => {
  const parts = [
    { problems: 10, sequences: 100 },
    { problems: 0, sequences: 0 },
    { problems: 5, sequences: 300 },
  ];

  it('goes by the sequences of each part, which its problems share evenly', () => {
    // 400 sequences: ten a problem, then sixty a problem.
    const shares = [0, 4, 10, 11, 15].map((done) => 400 * shareOfWork(parts, done));
    expect(shares).toEqual([0, 40, 100, 160, 400]);
  });

  it('is all of it where there is none', () => {
    expect(shareOfWork([], 0)).toBe(1);
  });

  it('is heard with the problems, from none to all', async () => {
    const shares: number[] = [];
    const settings = { ...small, steps: 0, evalSamples: 8 };
    const { task, shape, parameters, split } = await loadStart(settings, engine);
    const run = await startExperiment(
      ...([engine, task, shape, parameters, split, trainSettings(settings)] as const),
      ...([null, null] as const),
      async (_done, _total, share) => void shares.push(share),
    );
    for await (const _ of run.rows);
    run.dispose();
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
    // Eight answers to each of ten problems, after all that the verifier accepts.
    const exact = shares.at(-2)!;
    expect(exact / (1 - exact)).toBeCloseTo(acceptedOf(task, split) / 80, 9);
  });
});

/** Responses that the verifier accepts to the problems that a small run evaluates. */
const acceptedOf = (task: Task, { heldOut, train }: ProblemSplit): number =>
  [...heldOut.slice(0, 10), ...train.slice(0, 10)].reduce(
    (sum: number, problem) => sum + task.acceptSet(problem).length,
    0,
  );

describe('what is heard of an evaluation', () => {
  it('counts held-out and training problems, the sampled ones, and each pass over enumerated answers', async () => {
    expect(ends(await heardOf({}))).toEqual([
      { done: 20, total: 20 },
      { done: 20, total: 20 },
    ]);
    expect(ends(await heardOf({ evalSamples: 4 }))[1]).toEqual({ done: 30, total: 30 });
    // Row 0 measures the answers of the base and of the teacher too, each in two passes over six problems.
    expect(ends(await heardOf({ answerProblems: 6, evalTemperature: 0.5 }))).toEqual([
      { done: 56, total: 56 },
      { done: 32, total: 32 },
    ]);
  });

  it('counts the problems beyond a narrow prior', async () => {
    expect(ends(await heardOf({ prior: 'narrow' }))[1]).toEqual({ done: 30, total: 30 });
  });

  it('has a finale of its own: eleven policies between the weights', async () => {
    const heard = await heardOf({ finale: 'interpolation' });
    expect(ends(heard)).toEqual([
      { done: 20, total: 20 },
      { done: 20, total: 20 },
      { done: 110, total: 110 },
    ]);
    expect(heard[2]!.map(({ done }) => done)).toEqual(Array.from({ length: 12 }, (_, i) => 10 * i));
  });

  it('has a finale of its own: forty samplers and that of equal entropy', async () => {
    const [, , finale] = await heardOf({ finale: 'temperatures', lr: 3e-3 });
    expect(finale!.at(-1)).toEqual({ done: 410, total: 410 });
  });

  it('is told of power sampling for the base, and again for the target', async () => {
    const heard = await heardOf({ experiment: 'power-sampling', chains: 2 });
    expect(ends(heard)).toEqual([
      { done: 10, total: 10 },
      { done: 10, total: 10 },
    ]);
    expect(heard[1]!.map(({ done }) => done)).toEqual([0, 8, 10, 10]);
  });
});
