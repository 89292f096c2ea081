import { buildAcceptSets, exactSuccess } from '../evaluation/exact.ts';
import type { Engine, Policy } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import type { ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';
import type { TrainSettings } from './trainSettings.ts';

/** The policy that a run begins with, before it is made. */
export interface BaseParts {
  engine: Engine;
  shape: PolicyShape;
  parameters: Float32Array;
}

type Difficulty = Pick<TrainSettings, 'trainPMin' | 'trainPMax' | 'trainProblems' | 'temperature'>;

/** Problems whose answers are enumerated and scored at once. */
const SCORED_AT_ONCE = 64;

/**
 * The split with the training problems that the base solves with a probability p from `trainPMin` to `trainPMax`, exact and
 * at the temperature of training; what is held out stays whole. No more problems are looked at than it takes to find
 * `trainProblems` of them. Near a bound, engines can differ in what they count, as p carries a relative error of 1e-6.
 * @throws RangeError where the base has no such problem.
 */
export async function limitDifficulty(
  task: Task,
  split: ProblemSplit,
  settings: Difficulty,
  { engine, shape, parameters }: BaseParts,
): Promise<ProblemSplit> {
  const base = await engine.createPolicy(shape, parameters);
  try {
    const { train, beyond } = split;
    const limited = {
      ...split,
      train: await ofDifficulty(base, task, train, settings),
      ...(beyond
        ? { beyond: { ...beyond, train: await ofDifficulty(base, task, beyond.train, settings) } }
        : {}),
    };
    if (limited.train.length + (limited.beyond?.train.length ?? 0) === 0)
      throw new RangeError(
        `the base solves none of ${train.length} training problems with a probability ` +
          `from ${settings.trainPMin} to ${settings.trainPMax}`,
      );
    return limited;
  } finally {
    base.dispose();
  }
}

async function ofDifficulty(
  base: Policy,
  task: Task,
  problems: readonly unknown[],
  { trainPMin, trainPMax, trainProblems, temperature }: Difficulty,
): Promise<unknown[]> {
  const wanted = trainProblems === 0 ? problems.length : trainProblems;
  const found: unknown[] = [];
  for (let from = 0; from < problems.length && found.length < wanted; from += SCORED_AT_ONCE) {
    const some = problems.slice(from, from + SCORED_AT_ONCE);
    const { p } = await exactSuccess(base, buildAcceptSets(task, base.shape, some), temperature);
    found.push(...some.filter((_, i) => p[i]! >= trainPMin && p[i]! <= trainPMax));
  }
  return found.slice(0, wanted);
}
