import type { Described } from './described.ts';

/** What else is told of a filter, one sentence each. */
interface Filter extends Described {
  /** Whether groups of one kind of answers are replaced by others. */
  redraws?: true;
  /** What becomes of groups whose answers are all right or all wrong. */
  groupWords?: string;
  /** Why a step makes no update at all, as the end of a sentence. */
  noUpdateWords?: string;
  /** When a step has no gradient. */
  gradientWords?: string;
  /** What the mean reward of a step is, as the sentence after it. */
  rewardWords?: string;
  /** How long the weight w(p) holds. */
  weightWords?: string;
  /** Why its height is decided by all problems, as the end of a sentence. */
  heightWords?: string;
}

/** Which groups of a step are trained on. */
export const FILTERS = {
  none: {
    label: 'all groups',
    help: 'Every group counts, also those whose answers are all right or all wrong.',
    isNone: true,
  },
  mixed: {
    label: 'mixed groups only',
    help: 'Dynamic sampling: groups that are all right or all wrong are dropped. New prompts are drawn until the batch is full (at most 10 draws).',
    redraws: true,
    groupWords: 'Dynamic sampling drops them and draws others in their place.',
    noUpdateWords: 'none of the draws had a group with both right and wrong answers',
    gradientWords: 'None where no draw held a mixed group.',
    rewardWords: 'It is that of the first draw, before groups are replaced.',
    heightWords: 'groups that are all right or all wrong are replaced by others',
  },
  unsolved: {
    label: 'unsolved problems only',
    help: 'Prompts are drawn among the problems that no rollout of this run has solved yet.',
    noUpdateWords:
      'every training problem has been solved once, and only unsolved ones would teach',
    gradientWords: 'None once no problem is left unsolved.',
    rewardWords: 'It stays low, since solved problems leave the training set.',
    weightWords: 'It holds until the first success on a problem; from then on its weight is 0.',
  },
} satisfies Record<string, Filter>;

export type FilterName = keyof typeof FILTERS;

/** All that is told of a filter. */
export const filterOf = (name: FilterName): Filter => FILTERS[name];
