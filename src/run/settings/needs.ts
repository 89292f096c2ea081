import type { Need } from '../../core/setting.ts';
import {
  EXPERIMENTS,
  learnsBeside,
  warmStepsOf,
  type ExperimentName,
  type WarmUp,
} from '../../experiments/experiments.ts';
import { verifierOf, type VerifierName } from '../../rl/verifiers.ts';
import { recordOf, type TaskFamily } from '../../tasks/tasks.ts';

interface Learning {
  experiment: ExperimentName;
}

/** What only a run that trains reads needs one that does. */
export const TRAINS: Need<Learning> = {
  when: ({ experiment }) => EXPERIMENTS[experiment].trains,
  otherwise: 'Power sampling trains nothing and samples by its own settings',
};

/** What the experiment does needs steps after those of a warm start. */
export const BEGINS: Need<WarmUp> = {
  when(settings) {
    const warmSteps = warmStepsOf(settings);
    return warmSteps === 0 || warmSteps < settings.steps;
  },
  otherwise: 'The run ends with its warm start',
};

export const PAYS: Need<Learning> = {
  when: ({ experiment }) => EXPERIMENTS[experiment].usesRewards,
  otherwise: 'This experiment learns from no rewards',
};

export const LEARNS_BY_ALGORITHM: Need<Learning> = {
  when: ({ experiment }) => EXPERIMENTS[experiment].usesAlgorithm,
  otherwise: 'Only RLVR learns by an algorithm',
};

export const SAMPLES: Need<Learning> = {
  when: ({ experiment }) => experiment === 'power-sampling',
  otherwise: 'Only power sampling uses it',
};

export const EVOLVES: Need<Learning> = {
  when: ({ experiment }) => experiment === 'evolution',
  otherwise: 'Only evolution strategies use it',
};

export const GENERATES: Need<Learning> = {
  when: ({ experiment }) => experiment === 'expert-iteration' || experiment === 'self-training',
  otherwise: 'Only expert iteration and self-training go by generations',
};

export const TEACHES: Need<WarmUp & { sftWeight: number }> = {
  when: (settings) =>
    settings.experiment === 'distillation' || warmStepsOf(settings) > 0 || learnsBeside(settings),
  otherwise: 'Nothing here learns from a teacher’s answers',
};

export const JUDGES: Need<Learning & { verifier: VerifierName }> = {
  when: ({ experiment, verifier }) =>
    EXPERIMENTS[experiment].usesRewards && verifierOf(verifier).judge !== undefined,
  otherwise: 'No judge pays',
};

export const SIZED: Need<{ task: TaskFamily }> = {
  when: ({ task }) => recordOf(task).isSized === true,
  otherwise: 'Only problems of Countdown and Programs have a size',
};

export const PRETRAINS: Need<{ base: 'shipped' | 'live' }> = {
  when: ({ base }) => base === 'live',
  otherwise: 'The shipped base is not pretrained anew',
};
