import type { Need } from '../core/setting.ts';
import { ADVANTAGES, seesRewards, type Advantage, type AdvantageName } from './advantages.ts';
import type { CovarianceName } from './covariance.ts';
import type { RewardName } from './rewards.ts';
import { SURROGATES, type Surrogate, type SurrogateName } from './surrogates.ts';

/** What decides whether a step's updates go off-policy. */
export interface Updates {
  innerEpochs: number;
  minibatches: number;
  prompts: number;
  staleness: number;
  truncation: number;
}

export interface Chosen {
  advantage: AdvantageName;
  reward: RewardName;
}

export interface Penalty {
  klCoefficient: number;
  klPlacement: string;
}

export interface Controlled extends Updates {
  covariance: CovarianceName;
}

/**
 * Whether ratios can be other than 1: where a step makes more than one update, from the second one on, or where its
 * rollouts are stale. Truncated weights take staleness out of the ratio.
 */
export const goesOffPolicy = (settings: Updates): boolean =>
  settings.innerEpochs * Math.min(settings.minibatches, settings.prompts) > 1 ||
  ratiosAreStale(settings);

/** Whether the ratio of the first update of a step, too, is of two policies. */
export const ratiosAreStale = ({
  staleness,
  truncation,
}: Pick<Updates, 'staleness' | 'truncation'>): boolean => staleness > 0 && truncation === 0;

/** What acts in a step, or looks back on one, needs one. */
export const STEPS: Need<{ steps: number }> = {
  when: ({ steps }) => steps > 0,
  otherwise: 'With 0 steps the run is over at its base',
};

export const ONE_UPDATE = 'With one update per step every ratio is 1';

/** What only some surrogates read, and only off-policy. */
export const readBy = (
  key: Surrogate['reads'][number],
  otherwise: string,
): Need<Updates & { surrogate: SurrogateName }> => ({
  when: (settings) =>
    (SURROGATES[settings.surrogate] as Surrogate).reads.includes(key) && goesOffPolicy(settings),
  otherwise: `${ONE_UPDATE}, and ${otherwise}`,
});

export const BOUNDS = readBy('clipHigh', 'only a clipped ratio or weight has bounds');

export const HAS_VALUES: Need<Pick<Chosen, 'advantage'>> = {
  when: ({ advantage }) => (ADVANTAGES[advantage] as Advantage).needs === 'values',
  otherwise: 'Only GAE has a value output',
};

export const PENALISES: Need<Pick<Penalty, 'klCoefficient'>> = {
  when: ({ klCoefficient }) => klCoefficient !== 0,
  otherwise: 'The coefficient of the KL penalty is 0',
};

/** Whether a KL penalty gets to what is learned from: one in the reward may not. */
export const klReaches = ({
  klPlacement,
  advantage,
}: Pick<Penalty, 'klPlacement'> & Pick<Chosen, 'advantage'>): boolean =>
  klPlacement === 'loss' || seesRewards(advantage);
