import type { Described } from '../rl/described.ts';

/** How a policy learns. */
export interface Experiment extends Described {
  /** Why there is no update of it to take apart. */
  noUpdateWords?: string;
  /** What its loss is, and its gradient, where they are no policy gradient's. */
  lossWords?: string;
  gradientWords?: string;
  /** Whether it asks a teacher, which the run must then be given. */
  needsTeacher: boolean;
  /** Whether it learns from what answers are paid. */
  usesRewards: boolean;
  /** Whether it does so by the algorithm of the settings. */
  usesAlgorithm: boolean;
  /** Whether a policy is trained. */
  trains: boolean;
}

export const EXPERIMENTS = {
  rlvr: {
    label: 'RLVR',
    help: 'Reinforcement learning: rollouts are verified, and the algorithm turns their rewards into an update.',
    needsTeacher: false,
    usesRewards: true,
    usesAlgorithm: true,
    trains: true,
  },
  distillation: {
    label: 'distillation',
    help: 'Supervised learning on answers that a stronger teacher gave to the training problems.',
    noUpdateWords:
      'Distillation learns a teacher’s answers as they are: no reward, no advantage and no ratio, so there is nothing to take apart here.',
    lossWords: 'Mean cross-entropy of the teacher’s tokens before the step, in nats.',
    needsTeacher: true,
    usesRewards: false,
    usesAlgorithm: false,
    trains: true,
  },
  'on-policy-distillation': {
    label: 'on-policy distillation',
    help: 'The policy answers, and each token is pushed by log π_teacher − log π: the reverse KL distance from the teacher.',
    noUpdateWords:
      'On-policy distillation pushes each token by log π_teacher − log π: without a verifier there is no reward to compare.',
    lossWords:
      'Mean of log π − log π_teacher over the sampled tokens, in nats: the reverse KL distance from the teacher.',
    needsTeacher: true,
    usesRewards: false,
    usesAlgorithm: false,
    trains: true,
  },
  'expert-iteration': {
    label: 'expert iteration',
    help: 'After every few steps the policy answers. Its right answers are kept and learned as if they were demonstrations.',
    noUpdateWords:
      'Expert iteration learns the right answers of a generation as if they were demonstrations: nothing is weighed against the rest of a group.',
    lossWords: 'Mean cross-entropy of the right answers that were kept, in nats per token.',
    needsTeacher: false,
    usesRewards: false,
    usesAlgorithm: false,
    trains: true,
  },
  'self-training': {
    label: 'self-training',
    help: 'After every few steps the policy answers, and learns all its answers, right or wrong. No one verifies anything.',
    noUpdateWords:
      'Self-training learns all its own answers alike: nobody verifies or compares them.',
    lossWords: 'Mean cross-entropy of the policy’s own answers, in nats per token.',
    needsTeacher: false,
    usesRewards: false,
    usesAlgorithm: false,
    trains: true,
  },
  evolution: {
    label: 'evolution strategies',
    help: 'No gradients: perturbed copies of the policy answer, and it moves towards those that are paid best.',
    noUpdateWords:
      'Evolution strategies follow no gradient: they compare whole policies, not the answers of a group.',
    lossWords: 'None: evolution strategies follow no loss.',
    gradientWords: 'None: evolution strategies have no gradient.',
    needsTeacher: false,
    usesRewards: true,
    usesAlgorithm: false,
    trains: true,
  },
  'power-sampling': {
    label: 'power sampling',
    help: 'Nothing is trained: a Markov chain draws the base’s answers in proportion to a power of their probability.',
    noUpdateWords: 'Power sampling trains nothing, so there is no update.',
    needsTeacher: false,
    usesRewards: false,
    usesAlgorithm: false,
    trains: false,
  },
} satisfies Record<string, Experiment>;

export type ExperimentName = keyof typeof EXPERIMENTS;

/** All that is told of an experiment. */
export const experimentOf = (name: ExperimentName): Experiment => EXPERIMENTS[name];

/** The experiments that train a policy. */
export type TrainingName = {
  [Name in ExperimentName]: (typeof EXPERIMENTS)[Name]['trains'] extends true ? Name : never;
}[ExperimentName];

/** What decides how long a run warms up. */
export interface WarmUp {
  experiment: ExperimentName;
  warmSteps: number;
  steps: number;
}

/**
 * The first steps of a run that learn from a teacher's answers before the experiment itself: at most all of them, and none
 * where nothing is trained or where the experiment is nothing else.
 */
export function warmStepsOf({ experiment, warmSteps, steps }: WarmUp): number {
  return EXPERIMENTS[experiment].trains && experiment !== 'distillation'
    ? Math.min(warmSteps, steps)
    : 0;
}

/** Whether the steps of RLVR, if a warm start leaves any, learn a teacher's answers at the same time. */
export function learnsBeside(settings: WarmUp & { sftWeight: number }): boolean {
  const { experiment, sftWeight, steps } = settings;
  return experiment === 'rlvr' && sftWeight > 0 && warmStepsOf(settings) < steps;
}

/** Whether a run with these settings asks a teacher: for its experiment, for a warm start, or beside its rewards. */
export function needsTeacher(settings: WarmUp & { sftWeight: number }): boolean {
  const { needsTeacher } = EXPERIMENTS[settings.experiment];
  return needsTeacher || warmStepsOf(settings) > 0 || learnsBeside(settings);
}
