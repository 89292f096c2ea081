import type { Described } from './described.ts';

/** Which groups of a step are trained on. */
export const FILTERS = {
  none: {
    label: 'all groups',
    help: 'Every group counts, also those whose answers are all right or all wrong.',
  },
  mixed: {
    label: 'mixed groups only',
    help: 'Dynamic sampling: groups that are all right or all wrong are dropped, and new prompts are drawn until the batch is full (at most 10 draws).',
  },
  unsolved: {
    label: 'unsolved problems only',
    help: 'Prompts are drawn among the problems that no rollout of this run has solved yet.',
  },
} satisfies Record<string, Described>;

export type FilterName = keyof typeof FILTERS;
