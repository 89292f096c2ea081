import { Stream } from '../core/random.ts';
import { gatherBatch } from '../policy/batch.ts';
import type { Batch } from '../policy/policy.ts';
import type { Learner, LearnerParts } from './learner.ts';
import {
  answersTo,
  rightAnswers,
  rolledOut,
  superviseStep,
  SUPERVISED_BATCH,
  supervisedIndices,
} from './supervised.ts';
import { cycleProblems } from './trainingProblems.ts';

/** More parts than the most answers of a generation take, so that no two generations share a step of their stream. */
const PARTS_A_GENERATION = 1000;

/**
 * Learning from one's own answers, a generation at a time: every `generationSteps` steps the policy answers
 * `generationAnswers` training problems once, and until the next time it learns the answers that are kept in batches of
 * 128, as in {@link superviseStep}. A generation none of whose answers is kept learns nothing.
 *
 * With `keep` 'right' this is expert iteration, or rejection-sampling fine-tuning: STaR, Zelikman et al. 2022, arXiv
 * 2203.14465, without rationales, and Anthony et al. 2017, arXiv 1705.08439, without a tree search. With `keep` 'all' it
 * is the recursion of Shumailov et al. 2024, Nature 631. Both papers begin each generation from the base; here the
 * policy and its optimiser go on from where they are, as they do in reinforcement learning.
 */
export function createGenerations(
  { policy, task, split, settings, state }: LearnerParts,
  keep: 'right' | 'all',
): Learner {
  const { seed, generationSteps, generationAnswers, warmSteps } = settings;
  let answers: Batch | null = state?.answers ?? null;

  async function nextGeneration(generation: number): Promise<Batch> {
    const stream = Stream.generationProblems;
    const problems = cycleProblems(split, settings, generationAnswers, stream, generation);
    const all = await answersTo(policy, task, problems, settings.temperature, {
      seed,
      stream: Stream.generationAnswers,
      step: generation * PARTS_A_GENERATION,
    });
    return keep === 'all' ? all : rightAnswers(policy, task, problems, all);
  }

  return {
    async learn(request) {
      const result = await rolledOut(request);
      if (!request.train) return result;
      const stepsBefore = request.step - 1 - warmSteps;
      const generation = Math.floor(stepsBefore / generationSteps);
      const batch = stepsBefore % generationSteps;
      if (!answers || batch === 0) answers = await nextGeneration(generation);
      const count = answers.lengths.length;
      if (count === 0) return result;
      const firstEpoch = generation * generationSteps * SUPERVISED_BATCH;
      const indices = supervisedIndices(count, batch, seed, firstEpoch);
      await superviseStep(request, result, gatherBatch(policy.shape, answers, indices));
      return result;
    },
    state: () => ({ answers }),
    dispose: () => undefined,
  };
}
