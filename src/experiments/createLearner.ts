import {
  EXPERIMENTS,
  learnsBeside,
  warmStepsOf,
  type ExperimentName,
  type TrainingName,
} from './experiments.ts';
import type { Learner, LearnerParts } from './learner.ts';

type MakeLearner = (parts: LearnerParts) => Promise<Learner>;

/** The code of an experiment is loaded when a run asks for it. */
const LEARNERS: Record<TrainingName, MakeLearner> = {
  rlvr: async (parts) => {
    const { createReinforcement } = await import('./reinforcement.ts');
    const learner = createReinforcement(parts);
    return learnsBeside(parts.settings)
      ? (await import('./besideTeacher.ts')).createBesideTeacher(parts, learner)
      : learner;
  },
  distillation: async (parts) => (await import('./distillation.ts')).createDistillation(parts),
  'on-policy-distillation': async (parts) =>
    (await import('./onPolicyDistillation.ts')).createOnPolicyDistillation(parts),
  'expert-iteration': async (parts) =>
    (await import('./generations.ts')).createGenerations(parts, 'right'),
  'self-training': async (parts) =>
    (await import('./generations.ts')).createGenerations(parts, 'all'),
  evolution: async (parts) => (await import('./evolution.ts')).createEvolution(parts),
};

/** The learner of an experiment, after the first steps of a warm start where there is one. */
export async function createLearner(
  experiment: ExperimentName,
  parts: LearnerParts,
): Promise<Learner> {
  const makeLearner = (LEARNERS as Partial<Record<ExperimentName, MakeLearner>>)[experiment];
  if (!makeLearner) throw new RangeError(`${EXPERIMENTS[experiment].label} trains nothing`);
  const learner = await makeLearner(parts);
  const warmSteps = warmStepsOf(parts.settings);
  if (warmSteps === 0) return learner;
  const warm = await LEARNERS.distillation(parts);
  return {
    learn: (request) => (request.step <= warmSteps ? warm : learner).learn(request),
    ...(learner.drawsItself ? { drawsItself: true } : {}),
    state: () => learner.state(),
    dispose() {
      warm.dispose();
      learner.dispose();
    },
  };
}
