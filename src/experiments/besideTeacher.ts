import { gatherBatch } from '../policy/batch.ts';
import type { Batch } from '../policy/policy.ts';
import { teacherAnswers } from './distillation.ts';
import type { Learner, LearnerParts } from './learner.ts';
import { requireTeacher } from './learner.ts';
import { supervisedIndices } from './supervised.ts';

/**
 * RLVR by the learner `inner` and distillation at once: every update of a step adds 128 of the teacher's answers with the
 * weight `sftWeight`, see `withAnswers`. They are those that distillation would learn in that step. A step that has nothing
 * to train on makes no update, and learns no answers either.
 */
export function createBesideTeacher(parts: LearnerParts, inner: Learner): Learner {
  const { policy, settings } = parts;
  const teacher = requireTeacher(parts.teacher, policy.shape);
  const { seed, sftWeight: weight } = settings;
  let answers: Batch | null = null;
  return {
    ...inner,
    async learn(request) {
      if (!request.train) return inner.learn(request);
      answers ??= await teacherAnswers({ ...parts, teacher });
      const indices = supervisedIndices(answers.lengths.length, request.step - 1, seed);
      const batch = gatherBatch(policy.shape, answers, indices);
      return inner.learn({ ...request, beside: { answers: batch, weight } });
    },
  };
}
