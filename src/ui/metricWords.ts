import { experimentOf, EXPERIMENTS } from '../experiments/experiments.ts';
import type { TrainRow } from '../experiments/train.ts';
import {
  ADVANTAGES,
  NORMALISATIONS,
  rewardSeen,
  seesRewards,
  type Advantage,
} from '../rl/advantages.ts';
import { COVARIANCES, type Covariance } from '../rl/covariance.ts';
import type { Described } from '../rl/described.ts';
import { filterOf } from '../rl/filters.ts';
import { KL_PLACEMENTS } from '../rl/kl.ts';
import { REWARDS, type Reward } from '../rl/rewards.ts';
import { LARGEST_DRAWS } from '../rl/rollouts.ts';
import { SHAPINGS, type Shaping } from '../rl/shapings.ts';
import { RATIOS, SURROGATES, type Ratio, type Surrogate } from '../rl/surrogates.ts';
import { TOKENS } from '../rl/tokens.ts';
import { verifierOf } from '../rl/verifiers.ts';
import { goesOffPolicy, ratiosAreStale } from '../run/matters.ts';
import type { RunSettings } from '../run/table.ts';
import { say } from '../text/words.ts';
import * as TEXT from '../messages/metricMeanings.ts';
import { recordOf } from '../tasks/tasks.ts';

/** A number of a step as the page shows it, under the name that TRL gives to it where it has one. */
export interface Metric {
  name: string;
  /** Null where the row has none. */
  value(row: TrainRow, evaluation: TrainRow | null): number | null | undefined;
  digits: number;
  unit?: string;
  /** Whether it belongs to a run at all; without it, it always does. */
  belongs?(settings: RunSettings): boolean;
  /** What it means for the algorithm of a run, and when 0 is normal. */
  help(settings: RunSettings): string;
}

/** Whether the answers of a group that all earn `reward` are pushed anywhere, by the row's own formula. */
function teachesAlone(settings: RunSettings, reward: 0 | 1): boolean {
  const { ofGroup }: Advantage = ADVANTAGES[settings.advantage];
  return ofGroup(new Array<number>(4).fill(reward), settings).some((a) => Math.abs(a) > 1e-9);
}

const hasValues = ({ advantage }: RunSettings): boolean =>
  (ADVANTAGES[advantage] as Advantage).needs === 'values';

/** Whether advantages are compared across the batch. */
const isWhitened = ({ normalisation }: RunSettings): boolean =>
  !(NORMALISATIONS[normalisation] as Described).isNone;

/** A sentence behind another one, where there is one. */
const after = (sentence: string | undefined): string =>
  sentence === undefined ? '' : ` ${sentence}`;

/** Whether a shaping pushes answers that all earn the same. */
const teachesByShape = ({ shaping, shapingStrength }: RunSettings): boolean =>
  (SHAPINGS[shaping] as Shaping).pushesAlike === true && shapingStrength !== 0;

/** Whether a KL penalty stands in the reward, and gets to the advantages. */
const isPaidForKl = ({ klCoefficient, klPlacement, advantage }: RunSettings): boolean =>
  klCoefficient !== 0 && !KL_PLACEMENTS[klPlacement].inLoss && seesRewards(advantage);

/** Whether the advantages of a group add up to 0, or those of a batch after whitening. */
function isCentred(settings: RunSettings): boolean {
  const { ofGroup }: Advantage = ADVANTAGES[settings.advantage];
  const sum = ofGroup([1, 0, 0, 0], settings).reduce((total, a) => total + a, 0);
  return isWhitened(settings) || Math.abs(sum) < 1e-9;
}

function uniformGroups(settings: RunSettings): string {
  const { needs }: Advantage = ADVANTAGES[settings.advantage];
  const { groupWords } = filterOf(settings.filter);
  if (groupWords !== undefined) return groupWords;
  if (teachesByShape(settings)) return TEXT.groupsShaped;
  if (needs === 'values') return TEXT.groupsValue;
  if (needs === 'greedy answers') return TEXT.groupsGreedy;
  if (isPaidForKl(settings)) return TEXT.groupsPenalised;
  const reward: Reward = REWARDS[rewardSeen(settings)];
  if (reward.groupWords !== undefined) return reward.groupWords;
  const [right, wrong] = [teachesAlone(settings, 1), teachesAlone(settings, 0)];
  if (isWhitened(settings) && (right || wrong)) return TEXT.groupsWhitened;
  if (right && wrong) return TEXT.groupsAlone;
  if (right) return TEXT.groupsRight;
  if (wrong) return TEXT.groupsWrong;
  return TEXT.groupsNothing;
}

function clipWords(settings: RunSettings): string {
  const { reads, clipWords }: Surrogate = SURROGATES[settings.surrogate];
  if (!reads.includes('clipHigh')) return TEXT.clipNoBounds;
  if (!goesOffPolicy(settings)) return TEXT.clipOneUpdate;
  const mean = ratiosAreStale(settings) ? TEXT.clipMeanStale : TEXT.clipMean;
  const own = clipWords ?? (RATIOS[settings.ratio] as Ratio).clipWords;
  return own === undefined ? TEXT.clip({ mean }) : `${own} ${mean}`;
}

function lossWords(settings: RunSettings): string {
  const { lossWords } = experimentOf(settings.experiment);
  if (lossWords !== undefined) return lossWords;
  const { surrogate, klCoefficient, klPlacement, entropyCoefficient } = settings;
  const policy = (SURROGATES[surrogate] as Surrogate).isOfLogProb
    ? TEXT.lossLogProb
    : isWhitened(settings) && settings.minibatches > 1
      ? TEXT.lossWhitened
      : teachesByShape(settings) || !(TOKENS[settings.tokens] as Described).isNone
        ? TEXT.lossUneven
        : isCentred(settings)
          ? TEXT.lossCentred
          : TEXT.lossMean;
  const more = [
    ...(hasValues(settings) ? [TEXT.valueLoss] : []),
    ...(klCoefficient !== 0 && KL_PLACEMENTS[klPlacement].inLoss ? [TEXT.klPenalty] : []),
    ...(entropyCoefficient !== 0 ? [TEXT.entropyBonus] : []),
  ];
  const parts = more.join(TEXT.and);
  return TEXT.loss({ policy }) + (parts && TEXT.lossParts({ parts }));
}

function gradientWords(settings: RunSettings): string {
  const { gradientWords } = experimentOf(settings.experiment);
  if (gradientWords !== undefined) return gradientWords;
  return TEXT.gradient({ most: settings.maxGradNorm, zero: zeroGradient(settings) });
}

/** When a step has no gradient. */
function zeroGradient(settings: RunSettings): string {
  const { filter, advantage } = settings;
  const { entropyCoefficient, klCoefficient, klPlacement } = settings;
  const { gradientWords } = filterOf(filter);
  if (gradientWords !== undefined) return gradientWords;
  if (entropyCoefficient !== 0 || (klCoefficient !== 0 && KL_PLACEMENTS[klPlacement].inLoss))
    return TEXT.zeroPulled;
  if (isPaidForKl(settings)) return TEXT.zeroPulled;
  const { needs }: Advantage = ADVANTAGES[advantage];
  if (needs !== undefined) return TEXT.zeroBaseline;
  if (teachesByShape(settings)) return TEXT.zeroShaped;
  const [right, wrong] = [teachesAlone(settings, 1), teachesAlone(settings, 0)];
  if (!right && !wrong) return TEXT.zeroMixed;
  if (isWhitened(settings)) return TEXT.zeroAlike;
  if (right && wrong) return TEXT.zeroNever;
  return right ? TEXT.zeroRight : TEXT.zeroWrong;
}

export const METRICS: readonly Metric[] = [
  {
    name: 'reward',
    value: (row) => row.reward,
    digits: 3,
    help: ({ filter, verifier, experiment, ...choices }) =>
      (verifierOf(verifier).isProgram
        ? TEXT.reward
        : TEXT.rewardPaid({ payer: verifierOf(verifier).label })) +
      (EXPERIMENTS[experiment].usesRewards ? '' : TEXT.rewardUnused) +
      ((REWARDS[rewardSeen(choices)] as Reward).isOutcome ? '' : TEXT.rewardOutcome) +
      after(filterOf(filter).rewardWords),
  },
  {
    name: 'accuracy',
    value: (row) => row.accuracy,
    digits: 3,
    belongs: ({ verifier }) => !verifierOf(verifier).isProgram,
    help: () => TEXT.accuracy,
  },
  {
    name: 'false_positives',
    value: (row) => row.false_positives,
    digits: 3,
    belongs: ({ verifier }) => !verifierOf(verifier).isProgram,
    help: () => TEXT.falsePositives,
  },
  {
    name: 'acceptance',
    value: (row) => row.acceptance,
    digits: 3,
    belongs: ({ experiment }) => !EXPERIMENTS[experiment].trains,
    help: () => TEXT.acceptance,
  },
  {
    name: 'reward_std',
    value: (row) => row.reward_std,
    digits: 3,
    help: () => TEXT.rewardStd,
  },
  {
    name: 'frac_reward_zero_std',
    value: (row) => row.frac_reward_zero_std,
    digits: 3,
    help: (settings) => TEXT.zeroStd({ teach: uniformGroups(settings) }),
  },
  {
    name: 'entropy',
    value: (row) => row.entropy,
    digits: 3,
    help: ({ entropyCoefficient }) =>
      TEXT.entropy +
      (entropyCoefficient === 0 ? '' : TEXT.entropyHeld({ coefficient: entropyCoefficient })),
  },
  {
    name: 'kl',
    value: (row) => row.kl,
    digits: 4,
    help: ({ klCoefficient }) =>
      klCoefficient === 0 ? TEXT.kl : TEXT.klPenalised({ coefficient: klCoefficient }),
  },
  {
    name: 'KL from base',
    value: (_row, evaluation) => evaluation?.heldOut?.kl,
    digits: 2,
    unit: TEXT.nats,
    help: () => TEXT.klFromBase,
  },
  {
    name: 'clip_ratio',
    value: (row) => row.clip_ratio,
    digits: 3,
    help: clipWords,
  },
  { name: 'grad_norm', value: (row) => row.grad_norm, digits: 3, help: gradientWords },
  { name: 'loss', value: (row) => row.loss, digits: 4, help: lossWords },
  {
    name: 'value_loss',
    value: (row) => row.value_loss,
    digits: 4,
    belongs: hasValues,
    help: () => TEXT.value,
  },
  {
    name: 'cov_share',
    value: (row) => row.cov_share,
    digits: 4,
    belongs: ({ covariance }) => !(COVARIANCES[covariance] as Described).isNone,
    help: ({ covariance, covarianceShare }) =>
      say((COVARIANCES[covariance] as Covariance).shareWords ?? '', { share: covarianceShare }),
  },
  {
    name: 'num_gen_batches',
    value: (row) => row.num_gen_batches,
    digits: 0,
    belongs: ({ filter }) => filterOf(filter).redraws === true,
    help: () => TEXT.draws({ most: LARGEST_DRAWS }),
  },
  {
    name: 'wrong_steps',
    value: (_row, evaluation) => evaluation?.wrong_steps,
    digits: 3,
    belongs: ({ task }) => recordOf(task).writesSteps === true,
    help: ({ reward }) =>
      TEXT.wrongSteps + ((REWARDS[reward] as Reward).seesSteps ? '' : TEXT.unseenSteps),
  },
  {
    name: 'wrong_credit',
    value: (row) => row.wrong_credit,
    digits: 3,
    belongs: ({ task, experiment }) =>
      recordOf(task).writesSteps === true && EXPERIMENTS[experiment].usesRewards,
    help: () => TEXT.wrongCredit,
  },
  {
    name: 'completions/mean_length',
    value: (row) => row['completions/mean_length'],
    digits: 2,
    help: () => TEXT.meanLength,
  },
  {
    name: 'step_time',
    value: (row) => row.step_time,
    digits: 2,
    unit: 's',
    help: () => TEXT.stepTime,
  },
];

/** The metrics that belong to a run. */
export function metricsOf(settings: RunSettings): Metric[] {
  return METRICS.filter(({ belongs }) => !belongs || belongs(settings));
}
