import {
  EXPERIMENTS,
  learnsBeside,
  warmStepsOf,
  type ExperimentName,
} from '../experiments/experiments.ts';
import { rewardSeen, seesRewards } from '../rl/advantages.ts';
import { GRPO, type AlgorithmChoices } from '../rl/choices.ts';
import { SURROGATES, type Surrogate } from '../rl/surrogates.ts';
import { VERIFIERS, type Verifier } from '../rl/verifiers.ts';
import type { TaskFamily } from './setting.ts';
import type { RunSettings, SettingKey } from './table.ts';

/** When a setting changes anything at all. */
export interface Matter {
  when(settings: RunSettings): boolean;
  /** Why it changes nothing otherwise. */
  otherwise: string;
}

/**
 * Whether ratios can be other than 1: where a step makes more than one update, from the second one on, or where its
 * rollouts are stale. Truncated weights take staleness out of the ratio.
 */
export function goesOffPolicy(settings: RunSettings): boolean {
  const { innerEpochs, minibatches, prompts } = settings;
  return innerEpochs * Math.min(minibatches, prompts) > 1 || ratiosAreStale(settings);
}

/** Whether the ratio of the first update of a step, too, is of two policies. */
export const ratiosAreStale = (settings: RunSettings): boolean =>
  isStale(settings) && settings.truncation === 0;

const isStale = ({ staleness, experiment }: RunSettings): boolean =>
  staleness > 0 && EXPERIMENTS[experiment].usesAlgorithm;

const ONE_UPDATE = 'With one update a step every ratio is 1';

/** What only some surrogates read, and only off-policy. */
const readBy = (key: Surrogate['reads'][number], otherwise: string): Matter => ({
  when: (settings) =>
    (SURROGATES[settings.surrogate] as Surrogate).reads.includes(key) && goesOffPolicy(settings),
  otherwise: `${ONE_UPDATE}, and ${otherwise}`,
});
const bounds = readBy('clipHigh', 'only a clipped ratio or weight has bounds');

const value: Matter = {
  when: ({ advantage }) => advantage === 'gae',
  otherwise: 'Only GAE has a value output',
};
/** Whether a KL penalty gets to what is learned from: one in the reward may not. */
const klReaches = ({ klPlacement, advantage }: RunSettings): boolean =>
  klPlacement === 'loss' || seesRewards(advantage);
const kl: Matter = {
  when: ({ klCoefficient }) => klCoefficient !== 0,
  otherwise: 'The coefficient of the KL penalty is 0',
};

const powerSampling: Matter = {
  when: ({ experiment }) => experiment === 'power-sampling',
  otherwise: 'Only power sampling uses it',
};

const rewards: Matter = {
  when: ({ experiment }) => EXPERIMENTS[experiment].usesRewards,
  otherwise: 'This experiment learns from no rewards',
};
const algorithm: Matter = {
  when: ({ experiment }) => EXPERIMENTS[experiment].usesAlgorithm,
  otherwise: 'Only RLVR learns by an algorithm',
};
const evolution: Matter = {
  when: ({ experiment }) => experiment === 'evolution',
  otherwise: 'Only evolution strategies use it',
};
const generations: Matter = {
  when: ({ experiment }) =>
    (['expert-iteration', 'self-training'] as ExperimentName[]).includes(experiment),
  otherwise: 'Only expert iteration and self-training go by generations',
};
const supervisedTeacher: Matter = {
  when: (settings) =>
    settings.experiment === 'distillation' || warmStepsOf(settings) > 0 || learnsBeside(settings),
  otherwise: 'Nothing here learns from a teacher’s answers',
};

/** The tasks whose problems have a size. */
export const SIZED_TASKS: readonly TaskFamily[] = ['countdown', 'programs'];
const sized: Matter = {
  when: ({ task }) => SIZED_TASKS.includes(task),
  otherwise: 'Only problems of Countdown and Programs have a size',
};

const liveBase: Matter = {
  when: ({ base }) => base === 'live',
  otherwise: 'The shipped base is not pretrained anew',
};

/** What only a run that trains reads needs one that does. */
export const TRAINS: Matter = {
  when: ({ experiment }) => EXPERIMENTS[experiment].trains,
  otherwise: 'Power sampling trains nothing and samples by its own settings',
};

/** What acts in a step, or looks back on one, needs one. */
export const STEPS: Matter = {
  when: ({ steps }) => steps > 0,
  otherwise: 'With 0 steps the run is over at its base',
};

/** What the experiment does needs steps after those of a warm start. */
export const BEGINS: Matter = {
  when: (settings) => {
    const warmSteps = warmStepsOf(settings);
    return warmSteps === 0 || warmSteps < settings.steps;
  },
  otherwise: 'The run ends with its warm start',
};

/** The settings that some other setting can make idle; those that are not here always matter. */
export const MATTERS: Partial<Record<SettingKey, Matter>> = {
  size: {
    when: ({ task }) => task === 'countdown',
    otherwise: 'Only Countdown comes in several sizes',
  },
  domains: {
    when: ({ task }) => task === 'mixed',
    otherwise: 'Only ‘Countdown and Programs’ has more than one domain',
  },
  rarity: {
    when: ({ prior }) => prior === 'long-tailed',
    otherwise: 'A broad prior has no rare skill, and a narrow one never shows it',
  },
  trainSizeMin: sized,
  trainSizeMax: sized,
  beyondShare: {
    when: ({ prior }) => prior === 'narrow',
    otherwise: 'Only a narrow prior has problems beyond it',
  },
  warmSteps: {
    when: ({ experiment }) => experiment !== 'distillation',
    otherwise: 'Distillation is nothing but a warm start',
  },
  sftWeight: {
    when: ({ experiment }) => experiment === 'rlvr',
    otherwise: 'Only RLVR learns from a teacher beside',
  },
  teacherAnswers: supervisedTeacher,
  teacherKeep: supervisedTeacher,
  generationSteps: generations,
  generationAnswers: generations,
  staleness: {
    when: algorithm.when,
    otherwise: 'Only RLVR learns from rollouts that can be stale',
  },
  hintShare: {
    when: algorithm.when,
    otherwise: 'Only RLVR draws rollouts that can begin with a hint',
  },
  population: evolution,
  sigma: evolution,
  maxGradNorm: {
    when: (settings) => settings.experiment !== 'evolution' || warmStepsOf(settings) > 0,
    otherwise: 'Evolution strategies have no gradient',
  },
  verifier: rewards,
  judgeAnswers: {
    when: (settings) =>
      rewards.when(settings) && (VERIFIERS[settings.verifier] as Verifier).judge !== undefined,
    otherwise: 'No judge pays',
  },
  alpha: powerSampling,
  blocks: powerSampling,
  chains: powerSampling,
  baseSeed: liveBase,
  pretrainSteps: liveBase,
  correctFraction: liveBase,
  demonstratedSize: {
    when: (settings) => liveBase.when(settings) && sized.when(settings),
    otherwise: 'No base is pretrained whose problems have a size',
  },
  pretrainLr: liveBase,
  width: liveBase,

  reward: {
    when: ({ advantage }) => seesRewards(advantage),
    otherwise: 'This advantage knows only right and wrong',
  },
  unlikeliness: {
    when: (settings) => rewardSeen(settings) === 'unlikeliness',
    otherwise: 'Only an advantage that sees the reward ‘unlikely answers first’ uses it',
  },
  positiveWeight: {
    when: ({ advantage }) => advantage === 'weighted',
    otherwise: 'Only the advantage ‘+λ for right, −1 for wrong’ uses it',
  },
  passK: {
    when: ({ advantage }) => advantage === 'pass-at-k',
    otherwise: 'Only the advantage ‘pass@k of subsets’ uses it',
  },
  gaeLambda: value,
  valueCoefficient: value,
  valueClip: {
    when: (settings) => value.when(settings) && goesOffPolicy(settings),
    otherwise:
      'Only GAE has a value output, and only a second update of a step can reach the bound',
  },
  shapingStrength: {
    when: ({ shaping }) => shaping !== 'none',
    otherwise: 'The advantages are not shaped',
  },
  tokenShare: {
    when: ({ tokens }) => tokens !== 'all',
    otherwise: 'All tokens are trained on',
  },
  ratio: readBy('ratio', 'the surrogate log-probability has none'),
  surrogate: {
    when: goesOffPolicy,
    otherwise: `${ONE_UPDATE}, where all surrogates have the same gradient`,
  },
  clipLow: bounds,
  clipHigh: bounds,
  dualClip: readBy('dualClip', 'only the surrogate ‘clipped ratio’ has a dual clip'),
  truncation: { when: isStale, otherwise: 'Only stale rollouts have importance weights' },
  klCoefficient: {
    when: klReaches,
    otherwise: 'This advantage knows only right and wrong, so no penalty in the reward reaches it',
  },
  klPlacement: kl,
  klEstimator: {
    when: (settings) => kl.when(settings) && klReaches(settings),
    otherwise: 'There is no KL penalty, or none that the advantage sees',
  },
  covariance: {
    when: (settings) => settings.covariance !== 'kl-cov' || goesOffPolicy(settings),
    otherwise: 'With one update a step the penalty of KL-Cov has no gradient',
  },
  covarianceShare: {
    when: ({ covariance }) => covariance !== 'none',
    otherwise: 'There is no covariance control',
  },
  covariancePenalty: {
    when: (settings) => settings.covariance === 'kl-cov' && goesOffPolicy(settings),
    otherwise: 'Only KL-Cov has a penalty, from the second update of a step on',
  },
};

/** What only a run that trains reads; of the algorithm, all its choices. */
const OF_TRAINING: ReadonlySet<SettingKey> = new Set<SettingKey>([
  ...(Object.keys(GRPO) as (keyof AlgorithmChoices)[]),
  ...(['algorithm', 'beyondShare', 'lr', 'prompts', 'groupSize', 'maxGradNorm'] as const),
  ...(['temperature', 'evalSamples', 'evalTemperature', 'evalTopP'] as const),
  ...(['klSamples', 'answerProblems', 'finale', 'domains'] as const),
  ...(['trainSizeMin', 'trainSizeMax', 'trainPMin', 'trainPMax', 'trainProblems'] as const),
  ...(['warmSteps', 'sftWeight', 'teacherAnswers', 'teacherKeep'] as const),
  ...(['staleness', 'hintShare'] as const),
]);

/** What is read from step 1 on. */
const OF_STEPS: ReadonlySet<SettingKey> = new Set<SettingKey>([
  ...(['lr', 'maxGradNorm', 'evalEvery', 'klSamples', 'innerEpochs', 'minibatches'] as const),
  ...(['warmSteps', 'sftWeight', 'teacherAnswers', 'teacherKeep'] as const),
  ...(['generationSteps', 'generationAnswers', 'alpha', 'blocks'] as const),
  ...(['staleness', 'truncation', 'hintShare', 'population', 'sigma'] as const),
]);

/** What a warm start does without; a filter draws the problems of its steps too. */
const OF_EXPERIMENT: ReadonlySet<SettingKey> = new Set<SettingKey>([
  ...(Object.keys(GRPO) as (keyof AlgorithmChoices)[]).filter((key) => key !== 'filter'),
  ...(['sftWeight', 'generationSteps', 'generationAnswers'] as const),
  ...(['staleness', 'hintShare', 'population', 'sigma'] as const),
]);

/** Why a setting changes nothing at present, or null where it does. */
export function idleReason(key: SettingKey, settings: RunSettings): string | null {
  if (!TRAINS.when(settings) && OF_TRAINING.has(key)) return TRAINS.otherwise;
  const ofAlgorithm = key === 'algorithm' || key in GRPO;
  const needed = [
    ...(ofAlgorithm ? [rewards, algorithm] : []),
    MATTERS[key],
    OF_STEPS.has(key) ? STEPS : undefined,
    OF_EXPERIMENT.has(key) ? BEGINS : undefined,
  ];
  return needed.find((matter) => matter && !matter.when(settings))?.otherwise ?? null;
}
