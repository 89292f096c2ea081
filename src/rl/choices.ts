import type { AdvantageName, AdvantageOptions, NormalisationName } from './advantages.ts';
import type { AggregationName } from './aggregations.ts';
import type { CovarianceName } from './covariance.ts';
import type { Described } from './described.ts';
import type { KlEstimatorName } from './kl.ts';
import type { RewardName } from './rewards.ts';
import type { ShapingName } from './shapings.ts';
import type { ClipBounds, RatioName, SurrogateName } from './surrogates.ts';
import type { TokenChoiceName } from './tokens.ts';

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

/** Where a penalty on the KL distance from the base stands. */
export const KL_PLACEMENTS = {
  loss: {
    label: 'in the loss',
    help: 'The estimate is added to the loss of each token, and its gradient is followed.',
  },
  reward: {
    label: 'in the reward',
    help: 'The estimate is subtracted from the reward of each token, before advantages are made.',
  },
} satisfies Record<string, Described>;

export type FilterName = keyof typeof FILTERS;
export type KlPlacementName = keyof typeof KL_PLACEMENTS;

/** An algorithm, spelt out: one name from each table, and the numbers that they use. */
export interface AlgorithmChoices extends AdvantageOptions, ClipBounds {
  reward: RewardName;
  advantage: AdvantageName;
  normalisation: NormalisationName;
  shaping: ShapingName;
  ratio: RatioName;
  surrogate: SurrogateName;
  tokens: TokenChoiceName;
  covariance: CovarianceName;
  aggregation: AggregationName;
  filter: FilterName;
  /** C, the most that a token of stale rollouts weighs; 0 for no importance weights. */
  truncation: number;
  klPlacement: KlPlacementName;
  klEstimator: KlEstimatorName;
  klCoefficient: number;
  entropyCoefficient: number;
  /** Passes over the rollouts of a step. */
  innerEpochs: number;
  /** Updates a pass; from the second update of a step on, the rollouts are off-policy and clipping can bind. */
  minibatches: number;
  /** β of the unlikeliness reward. */
  unlikeliness: number;
  /** γ of differential smoothing, τ of UCPO, c of the penalty on repeats; 0 shapes nothing. */
  shapingStrength: number;
  /** Share of tokens that are trained on where only those of high entropy are. */
  tokenShare: number;
  /** Share of tokens that Clip-Cov or KL-Cov act on. */
  covarianceShare: number;
  /** Coefficient of KL-Cov's penalty. */
  covariancePenalty: number;
  /** Coefficient of the value loss, and the range that a value may move in a step. */
  valueCoefficient: number;
  valueClip: number;
}

/** GRPO as published, without a KL term and with one on-policy update a step. */
export const GRPO: AlgorithmChoices = {
  reward: 'outcome',
  advantage: 'group-standardized',
  normalisation: 'none',
  shaping: 'none',
  ratio: 'token',
  surrogate: 'clipped-ratio',
  tokens: 'all',
  covariance: 'none',
  aggregation: 'sequence-mean',
  filter: 'none',
  truncation: 0,
  klPlacement: 'loss',
  klEstimator: 'k3',
  klCoefficient: 0,
  entropyCoefficient: 0,
  innerEpochs: 1,
  minibatches: 1,
  clipLow: 0.2,
  clipHigh: 0.2,
  dualClip: 0,
  positiveWeight: 0.1,
  passK: 4,
  unlikeliness: 0.25,
  shapingStrength: 0.3,
  tokenShare: 0.2,
  covarianceShare: 0.02,
  covariancePenalty: 1,
  valueCoefficient: 0.1,
  valueClip: 0.2,
  gaeLambda: 1,
};
