import type { Described } from '../rl/choices.ts';

/** What a run does with its base; `startExperiment.ts` has the code of each. */
export const EXPERIMENTS = {
  rlvr: { label: 'RLVR', help: 'The verifier rewards the policy’s own answers.' },
  'power-sampling': {
    label: 'power sampling',
    help: 'Nothing is trained: a Markov chain draws the base’s answers by a power of their probability.',
  },
} satisfies Record<string, Described>;

export type ExperimentName = keyof typeof EXPERIMENTS;
