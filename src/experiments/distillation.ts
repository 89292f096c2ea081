import { Stream } from '../core/random.ts';
import { gatherBatch } from '../policy/batch.ts';
import type { Batch } from '../policy/policy.ts';
import type { Learner, LearnerParts } from './learner.ts';
import { requireTeacher } from './learner.ts';
import {
  answersTo,
  rightAnswers,
  rolledOut,
  superviseStep,
  supervisedIndices,
} from './supervised.ts';
import { cycleProblems } from './trainingProblems.ts';

/**
 * Distillation by supervised learning: the teacher answers `teacherAnswers` training problems once, and the policy
 * learns their tokens in batches of 128, as in {@link superviseStep}. With `teacherKeep` of 'right' only the right ones
 * of these answers are kept, which are fewer. The data depend on the seed alone, so a run that goes on makes them again.
 *
 * Source: sequence-level distillation, Kim & Rush 2016, arXiv 1606.07947, with sampled answers in place of the best.
 */
export function createDistillation(parts: LearnerParts): Learner {
  const { policy, settings } = parts;
  const teacher = requireTeacher(parts.teacher, policy.shape);
  let answers: Batch | null = null;
  return {
    async learn(request) {
      const result = await rolledOut(request);
      if (!request.train) return result;
      answers ??= await teacherAnswers({ ...parts, teacher });
      const indices = supervisedIndices(answers.lengths.length, request.step - 1, settings.seed);
      await superviseStep(request, result, gatherBatch(policy.shape, answers, indices));
      return result;
    },
    state: () => null,
    dispose: () => undefined,
  };
}

/** The answers of the teacher that are learned from, in the order of their problems. */
export async function teacherAnswers({
  engine,
  teacher,
  task,
  split,
  settings,
}: LearnerParts): Promise<Batch> {
  const { seed, temperature, teacherAnswers: count, teacherKeep } = settings;
  const problems = cycleProblems(split, settings, count, Stream.teacherProblems, 0);
  const network = await engine.createPolicy(teacher!.shape, teacher!.parameters);
  try {
    const key = { seed, stream: Stream.teacherAnswers, step: 0 };
    const all = await answersTo(network, task, problems, temperature, key);
    if (teacherKeep === 'all') return all;
    const right = rightAnswers(network, task, problems, all);
    if (right.lengths.length === 0)
      throw new Error(
        `none of the teacher's ${count} answers is right; keep all of them, or ask for more`,
      );
    return right;
  } finally {
    network.dispose();
  }
}
