import { shuffled } from '../core/draws.ts';
import { Stream, uniformSequence } from '../core/random.ts';
import type { ProblemSplit } from '../tasks/registry.ts';
import { LARGEST_SIZE, type Task } from '../tasks/task.ts';
import type { BaseParts } from './byDifficulty.ts';
import { EXPERIMENTS } from './experiments.ts';
import type { TrainSettings } from './trainSettings.ts';

/**
 * The P training problems of a step, without replacement where there are as many. Of a split with problems beyond the
 * prior, round(P · beyondShare) are from there, if it has as many, and the others from within.
 */
export function drawProblems(
  { train, beyond }: ProblemSplit,
  {
    seed,
    promptsPerStep,
    beyondShare,
  }: Pick<TrainSettings, 'seed' | 'promptsPerStep' | 'beyondShare'>,
  step: number,
  stream: number = Stream.trainingPrompts,
): unknown[] {
  const random = uniformSequence({ seed, stream, step });
  const within = shuffled(train, random);
  if (!beyond) return within.slice(0, promptsPerStep);
  const fromBeyond = shuffled(beyond.train, random).slice(
    0,
    Math.round(promptsPerStep * beyondShare),
  );
  return [...within.slice(0, promptsPerStep - fromBeyond.length), ...fromBeyond];
}

/**
 * The split with a training set of its first `trainProblems` problems, in the order of its seed; 0 leaves it whole. Of
 * a split with problems beyond the prior round(trainProblems · beyondShare) are from there, if it has as many.
 */
export function limitTraining(
  split: ProblemSplit,
  { trainProblems, beyondShare }: Pick<TrainSettings, 'trainProblems' | 'beyondShare'>,
): ProblemSplit {
  if (trainProblems === 0) return split;
  const { train, beyond } = split;
  if (!beyond) return { ...split, train: train.slice(0, trainProblems) };
  const fromBeyond = beyond.train.slice(0, Math.round(trainProblems * beyondShare));
  return {
    ...split,
    train: train.slice(0, trainProblems - fromBeyond.length),
    beyond: { ...beyond, train: fromBeyond },
  };
}

/**
 * What a run trains on: of a task made of several the chosen domain, of one whose problems have sizes those of the chosen
 * sizes, then those that are as hard for the base as the settings say, and of them as many as they say.
 */
export async function trainingSplit(
  task: Task,
  split: ProblemSplit,
  settings: TrainSettings,
  base: BaseParts,
): Promise<ProblemSplit> {
  const { trainSizeMin: least, trainSizeMax: most } = settings;
  const { domainOf, sizeOf } = task;
  let drawn = split;
  if (domainOf)
    drawn = (await import('./byDomain.ts')).limitDomains(domainOf, drawn, settings.domains);
  if (sizeOf && (least > 0 || most < LARGEST_SIZE))
    drawn = (await import('./bySize.ts')).limitSizes(sizeOf, drawn, { least, most });
  if (settings.trainPMin > 0 || settings.trainPMax < 1)
    drawn = await (await import('./byDifficulty.ts')).limitDifficulty(task, drawn, settings, base);
  return limitTraining(drawn, settings);
}

/**
 * `count` training problems to be answered once each, as {@link drawProblems} draws them, but each as often as it takes:
 * the i-th is the (i mod n)-th of the n in random order.
 */
export function cycleProblems(
  { train, beyond }: ProblemSplit,
  { seed, beyondShare }: Pick<TrainSettings, 'seed' | 'beyondShare'>,
  count: number,
  stream: number,
  step: number,
): unknown[] {
  const random = uniformSequence({ seed, stream, step });
  const cycle = (problems: readonly unknown[], size: number): unknown[] => {
    const order = shuffled(problems, random);
    return Array.from({ length: size }, (_, i) => order[i % order.length]);
  };
  const fromBeyond = beyond?.train.length ? Math.round(count * beyondShare) : 0;
  const fromWithin = train.length ? count - fromBeyond : 0;
  return [...cycle(train, fromWithin), ...(beyond ? cycle(beyond.train, count - fromWithin) : [])];
}

/** The name of a problem among the solved ones: its prompt. */
export const nameOf = (task: Task, problem: unknown): string => task.encode(problem).join();

/** The problems of a step, and whether it may train on them. */
export interface StepProblems {
  problems: readonly unknown[];
  trains: boolean;
}

/**
 * What the filter leaves of the training problems of a step: all, or those that no rollout has solved yet. Where none
 * is left the step draws from all, to show how the policy fares, and trains on nothing.
 */
export function problemsOfStep(
  task: Task,
  split: ProblemSplit,
  settings: TrainSettings,
  solved: ReadonlySet<string>,
  step: number,
): StepProblems {
  if (settings.filter === 'unsolved' && EXPERIMENTS[settings.experiment].usesAlgorithm) {
    const unsolved = ({ train, heldOut }: ProblemSplit): ProblemSplit => ({
      heldOut,
      train: train.filter((problem) => !solved.has(nameOf(task, problem))),
    });
    const left = {
      ...unsolved(split),
      ...(split.beyond ? { beyond: unsolved(split.beyond) } : {}),
    };
    const problems = drawProblems(left, settings, step);
    if (problems.length > 0) return { problems, trains: step > 0 };
    return { problems: drawProblems(split, settings, step), trains: false };
  }
  return { problems: drawProblems(split, settings, step), trains: step > 0 };
}
