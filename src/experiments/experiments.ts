import type { PolicySnapshot } from '../policy/policy.ts';
import type { Described } from '../rl/choices.ts';
import type { Payer } from '../rl/payer.ts';
import type { Learner, LearnerParts } from './learner.ts';
import type { TrainSettings } from './trainSettings.ts';

/** How a policy learns. */
export interface Experiment extends Described {
  /** Whether it asks a teacher, which the run must then be given. */
  needsTeacher: boolean;
  /** Whether it learns from what answers are paid, by the algorithm of the settings. */
  usesRewards: boolean;
  /** Null where nothing is trained. */
  makeLearner: ((parts: LearnerParts) => Promise<Learner>) | null;
}

export const EXPERIMENTS = {
  rlvr: {
    label: 'RLVR',
    help: 'Reinforcement learning: rollouts are verified, and the algorithm turns their rewards into an update.',
    needsTeacher: false,
    usesRewards: true,
    // The page reads this table for its words, and needs no step for them.
    makeLearner: async () => ({
      learn: (await import('../rl/step.ts')).trainingStep,
      state: () => null,
      dispose: () => undefined,
    }),
  },
  distillation: {
    label: 'distillation',
    help: 'Supervised learning on answers that a stronger teacher gave to the training problems.',
    needsTeacher: true,
    usesRewards: false,
    makeLearner: async (parts) => (await import('./distillation.ts')).createDistillation(parts),
  },
  'on-policy-distillation': {
    label: 'on-policy distillation',
    help: 'The policy answers, and each token is pushed by log π_teacher − log π: the reverse KL distance from the teacher.',
    needsTeacher: true,
    usesRewards: false,
    makeLearner: async (parts) =>
      (await import('./onPolicyDistillation.ts')).createOnPolicyDistillation(parts),
  },
  'expert-iteration': {
    label: 'expert iteration',
    help: 'Every so many steps the policy answers; the right answers are kept and learned as if they were demonstrations.',
    needsTeacher: false,
    usesRewards: false,
    makeLearner: async (parts) =>
      (await import('./generations.ts')).createGenerations(parts, 'right'),
  },
  'self-training': {
    label: 'self-training',
    help: 'Every so many steps the policy answers, and learns all its answers, right or wrong. No one verifies anything.',
    needsTeacher: false,
    usesRewards: false,
    makeLearner: async (parts) =>
      (await import('./generations.ts')).createGenerations(parts, 'all'),
  },
  'power-sampling': {
    label: 'power sampling',
    help: 'Nothing is trained: a Markov chain draws the base’s answers by a power of their probability.',
    needsTeacher: false,
    usesRewards: false,
    makeLearner: null,
  },
} satisfies Record<string, Experiment>;

export type ExperimentName = keyof typeof EXPERIMENTS;

/** Whether a run of the experiment trains its policy. */
export const isTraining = (experiment: ExperimentName): boolean =>
  EXPERIMENTS[experiment].makeLearner !== null;

/** What decides how long a run warms up. */
type WarmUp = Pick<TrainSettings, 'experiment' | 'warmSteps' | 'steps'>;

/**
 * The first steps of a run that learn from a teacher's answers before the experiment itself: at most all of them, and none
 * where nothing is trained or where the experiment is nothing else.
 */
export function warmStepsOf({ experiment, warmSteps, steps }: WarmUp): number {
  return isTraining(experiment) && experiment !== 'distillation' ? Math.min(warmSteps, steps) : 0;
}

/** Whether a run with these settings asks a teacher: for its experiment, or for a warm start. */
export function needsTeacher(settings: WarmUp): boolean {
  return EXPERIMENTS[settings.experiment].needsTeacher || warmStepsOf(settings) > 0;
}

/** The learner of an experiment, after the first steps of a warm start where there is one. */
export async function createLearner(
  experiment: ExperimentName,
  parts: LearnerParts,
): Promise<Learner> {
  const { makeLearner, label }: Experiment = EXPERIMENTS[experiment];
  if (!makeLearner) throw new RangeError(`${label} trains nothing`);
  const learner = await makeLearner(parts);
  const warmSteps = warmStepsOf(parts.settings);
  if (warmSteps === 0) return learner;
  const warm = await EXPERIMENTS.distillation.makeLearner(parts);
  return {
    learn: (request) => (request.step <= warmSteps ? warm : learner).learn(request),
    state: () => learner.state(),
    dispose() {
      warm.dispose();
      learner.dispose();
    },
  };
}

/** What pays in a run, or null where it is the task's own verifier, or where nothing is learned from rewards. */
export async function payerFor(
  { engine, policy, task, split, settings }: LearnerParts,
  baseParameters: Float32Array,
  judge: PolicySnapshot | null,
): Promise<Payer | null> {
  const { experiment, verifier } = settings;
  if (verifier === 'truth' || !EXPERIMENTS[experiment].usesRewards) return null;
  const { createPayer } = await import('../rl/payer.ts');
  const train = [...split.train, ...(split.beyond?.train ?? [])];
  const parts = { engine, task, shape: policy.shape, baseParameters, train, settings, judge };
  return createPayer(verifier, parts);
}
