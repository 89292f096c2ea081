import { describe, expect, it } from 'vitest';
import { loadStart } from '../../src/cli/base.ts';
import { startExperiment } from '../../src/experiments/startExperiment.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { DEFAULT_SETTINGS, trainSettings, type RunSettings } from '../../src/run/settings.ts';

const engine = createReferenceEngine();
const small: RunSettings = {
  ...DEFAULT_SETTINGS,
  ...{ steps: 2, prompts: 4, groupSize: 4, evalEvery: 2, evalProblems: 10, evalSamples: 0 },
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

describe('what is heard of an evaluation', () => {
  it('counts held-out and training problems, the sampled ones, and each pass over enumerated answers', async () => {
    expect(ends(await heardOf({}))).toEqual([
      { done: 20, total: 20 },
      { done: 20, total: 20 },
    ]);
    expect(ends(await heardOf({ evalSamples: 4 }))[1]).toEqual({ done: 30, total: 30 });
    // Row 0 measures the answers of the base and of the teacher too, each in two passes over six problems.
    expect(ends(await heardOf({ answerProblems: 6 }))).toEqual([
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
    expect(heard[2]!.map(({ done }) => done)).toEqual(
      Array.from({ length: 11 }, (_, i) => 10 * (i + 1)),
    );
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
    expect(heard[1]!.map(({ done }) => done)).toEqual([8, 10, 10]);
  });
});
