import { ADVANTAGES, NORMALISATIONS } from '../rl/advantages.ts';
import { AGGREGATIONS } from '../rl/aggregations.ts';
import { ALGORITHMS, type AlgorithmName } from '../rl/algorithms.ts';
import { FILTERS, KL_PLACEMENTS, type AlgorithmChoices, type Described } from '../rl/choices.ts';
import { COVARIANCES } from '../rl/covariance.ts';
import { KL_ESTIMATORS } from '../rl/kl.ts';
import { REWARDS } from '../rl/rewards.ts';
import { RATIOS, SURROGATES } from '../rl/surrogates.ts';
import type { Prior } from '../tasks/prior.ts';
import { STANDARD } from './defaults.ts';

/** Tasks as the page offers them; Countdown comes in two sizes. */
export type TaskFamily = 'countdown' | 'countdown-steps' | 'maze' | 'programs';

/**
 * The configuration table. Every setting of a run is one entry here; the page's controls, the permalink and the
 * command line's flags are all made from it.
 */
export interface RunSettings extends AlgorithmChoices {
  task: TaskFamily;
  size: '3' | '4';
  prior: Prior;
  beyondShare: number;
  algorithm: AlgorithmName;
  seed: number;
  steps: number;
  lr: number;
  prompts: number;
  groupSize: number;
  maxGradNorm: number;
  temperature: number;
  evalEvery: number;
  evalProblems: number;
  evalSamples: number;
  evalTemperature: number;
  base: 'shipped' | 'live';
  baseSeed: number;
  pretrainSteps: number;
  correctFraction: number;
  pretrainLr: number;
  width: number;
  engine: 'auto' | 'webgl' | 'reference';
}

export type SettingKey = keyof RunSettings;

interface SettingText {
  key: SettingKey;
  /** Its name on the command line (`--group-size`) and in the permalink (`group-size=`). */
  flag: string;
  label: string;
  /** One sentence for a tooltip and for `--help`. */
  help: string;
  /** Where the page shows it. */
  group: 'run' | 'algorithm' | 'evaluation' | 'base';
}

export interface ChoiceSetting extends SettingText {
  kind: 'choice';
  choices: readonly { value: string; label: string; help?: string }[];
  default: string;
}

export interface NumberSetting extends SettingText {
  kind: 'number';
  integer: boolean;
  min: number;
  max: number;
  default: number;
}

export type Setting = ChoiceSetting | NumberSetting;

type ChoiceKey = {
  [Key in keyof AlgorithmChoices]: AlgorithmChoices[Key] extends number ? never : Key;
}[keyof AlgorithmChoices];

/** A choice among the entries of one of the tables that algorithms are made of. */
function fromTable(
  key: ChoiceKey,
  flag: string,
  label: string,
  help: string,
  table: Record<string, Described>,
): ChoiceSetting {
  const choices = Object.entries(table).map(([value, { label, help }]) => ({ value, label, help }));
  return {
    kind: 'choice',
    key,
    group: 'algorithm',
    flag,
    label,
    help,
    choices,
    default: STANDARD[key],
  };
}

/** A number that an algorithm uses. */
function coefficient(
  key: Exclude<keyof AlgorithmChoices, ChoiceKey>,
  flag: string,
  label: string,
  help: string,
  [min, max]: [number, number],
  integer = false,
): NumberSetting {
  return {
    kind: 'number',
    key,
    group: 'algorithm',
    flag,
    label,
    help,
    integer,
    min,
    max,
    default: STANDARD[key],
  };
}

/** What an algorithm is made of, in the order of a step. */
export const ALGORITHM_SETTINGS: readonly Setting[] = [
  fromTable('filter', 'filter', 'Trained on', 'Which prompts and groups count.', FILTERS),
  fromTable('reward', 'reward', 'Reward', 'What an answer earns.', REWARDS),
  coefficient(
    'unlikeliness',
    'unlikeliness',
    'Unlikeliness β',
    'What the likeliest right answer of a group loses of its reward.',
    [0, 1],
  ),
  fromTable(
    'advantage',
    'advantage',
    'Advantage',
    'How rewards become a push up or down.',
    ADVANTAGES,
  ),
  coefficient(
    'positiveWeight',
    'positive-weight',
    'Weight of right λ',
    'What a right answer weighs beside a wrong one in weighted reinforcement.',
    [0, 100],
  ),
  coefficient(
    'passK',
    'pass-k',
    'k of pass@k training',
    'Subsets of so many answers are rewarded if any is right.',
    [1, 256],
    true,
  ),
  coefficient(
    'gaeLambda',
    'gae-lambda',
    'GAE λ',
    'From trust in the value output (0) to trust in the outcome (1).',
    [0, 1],
  ),
  coefficient(
    'valueCoefficient',
    'value-coef',
    'Value loss',
    'Coefficient of the loss of the value output.',
    [0, 100],
  ),
  coefficient(
    'valueClip',
    'value-clip',
    'Value clip',
    'The value output may move so far in a step.',
    [0, 100],
  ),
  fromTable(
    'normalisation',
    'normalisation',
    'Normalised',
    'What is done to the advantages of the whole batch.',
    NORMALISATIONS,
  ),
  fromTable(
    'ratio',
    'ratio',
    'Ratio',
    'What is compared with the policy that drew the answers.',
    RATIOS,
  ),
  fromTable('surrogate', 'surrogate', 'Surrogate', 'What is maximised for each token.', SURROGATES),
  coefficient(
    'clipLow',
    'clip-low',
    'Clip low',
    'Probability ratios below 1 minus this are clipped.',
    [0, 1],
  ),
  coefficient(
    'clipHigh',
    'clip-high',
    'Clip high',
    'Probability ratios above 1 plus this are clipped.',
    [0, 100],
  ),
  fromTable(
    'aggregation',
    'aggregation',
    'Loss is the',
    'How the tokens of a batch add up to one loss.',
    AGGREGATIONS,
  ),
  coefficient(
    'innerEpochs',
    'inner-epochs',
    'Epochs a step',
    'Passes over the same rollouts; clipping can only bind from the second update on.',
    [1, 32],
    true,
  ),
  coefficient(
    'minibatches',
    'minibatches',
    'Updates an epoch',
    'The rollouts are split into so many minibatches, each with its own update.',
    [1, 512],
    true,
  ),
  coefficient(
    'klCoefficient',
    'kl',
    'KL to base',
    'Coefficient of the penalty that holds the policy near its base.',
    [0, 100],
  ),
  fromTable(
    'klPlacement',
    'kl-placement',
    'KL stands',
    'Where the KL penalty enters.',
    KL_PLACEMENTS,
  ),
  fromTable(
    'klEstimator',
    'kl-estimator',
    'KL estimate',
    'How the KL distance is estimated from the sampled tokens.',
    KL_ESTIMATORS,
  ),
  coefficient(
    'entropyCoefficient',
    'entropy-bonus',
    'Entropy bonus',
    'Coefficient of the entropy that is added to the objective.',
    [0, 100],
  ),
  fromTable(
    'covariance',
    'covariance',
    'Covariance control',
    'What is done to the tokens that lower the entropy most.',
    COVARIANCES,
  ),
  coefficient(
    'covarianceShare',
    'covariance-share',
    'Share of tokens',
    'Share of the tokens that the covariance control acts on.',
    [0, 1],
  ),
  coefficient(
    'covariancePenalty',
    'covariance-penalty',
    'KL-Cov penalty',
    'Coefficient of the penalty of KL-Cov.',
    [0, 100],
  ),
];

export const SETTINGS: readonly Setting[] = [
  {
    kind: 'choice',
    key: 'task',
    group: 'run',
    flag: 'task',
    label: 'Task',
    help: 'What the policy is asked to do.',
    choices: [
      { value: 'countdown', label: 'Countdown' },
      { value: 'countdown-steps', label: 'Countdown + steps' },
      { value: 'maze', label: 'Maze' },
      { value: 'programs', label: 'Programs' },
    ],
    default: STANDARD.task,
  },
  {
    kind: 'choice',
    key: 'size',
    group: 'run',
    flag: 'size',
    label: 'Task size',
    help: 'How many numbers a Countdown problem gives; the other tasks have one size.',
    choices: [
      { value: '3', label: '3 numbers' },
      { value: '4', label: '4 numbers' },
    ],
    default: STANDARD.size,
  },
  {
    kind: 'choice',
    key: 'prior',
    group: 'run',
    flag: 'prior',
    label: 'Prior',
    help: 'What the base was shown: everything, or no use of one skill, whose problems then lie beyond it.',
    choices: [
      { value: 'broad', label: 'everything' },
      { value: 'narrow', label: 'all but one skill' },
    ],
    default: STANDARD.prior,
  },
  {
    kind: 'number',
    key: 'beyondShare',
    group: 'run',
    flag: 'beyond-share',
    label: 'Share beyond',
    help: 'Share of the training prompts that need the skill which a narrow prior lacks.',
    integer: false,
    min: 0,
    max: 1,
    default: STANDARD.beyondShare,
  },
  {
    kind: 'choice',
    key: 'algorithm',
    group: 'run',
    flag: 'algorithm',
    label: 'Algorithm',
    help: 'How rewards become an update; it sets the choices and numbers below, each of which can be changed.',
    choices: Object.entries(ALGORITHMS).map(([value, { label }]) => ({ value, label })),
    default: STANDARD.algorithm,
  },
  {
    kind: 'number',
    key: 'seed',
    group: 'run',
    flag: 'seed',
    label: 'Seed',
    help: 'Decides the training prompts and every sampled token; the same seed gives the same run.',
    integer: true,
    min: 0,
    max: 2 ** 31 - 1,
    default: STANDARD.seed,
  },
  {
    kind: 'number',
    key: 'steps',
    group: 'run',
    flag: 'steps',
    label: 'Steps',
    help: 'The run ends after this many updates.',
    integer: true,
    min: 0,
    max: 100_000,
    default: STANDARD.steps,
  },
  {
    kind: 'number',
    key: 'lr',
    group: 'run',
    flag: 'lr',
    label: 'Learning rate',
    help: 'Step size of Adam; with 0 nothing changes.',
    integer: false,
    min: 0,
    max: 10,
    default: STANDARD.lr,
  },
  {
    kind: 'number',
    key: 'prompts',
    group: 'run',
    flag: 'prompts',
    label: 'Prompts a step',
    help: 'Training problems drawn for each step.',
    integer: true,
    min: 1,
    max: 512,
    default: STANDARD.prompts,
  },
  {
    kind: 'number',
    key: 'groupSize',
    group: 'run',
    flag: 'group-size',
    label: 'Group size',
    help: 'Samples for each prompt; their mean reward is the baseline.',
    integer: true,
    min: 1,
    max: 256,
    default: STANDARD.groupSize,
  },
  {
    kind: 'number',
    key: 'maxGradNorm',
    group: 'run',
    flag: 'max-grad-norm',
    label: 'Gradient clip',
    help: 'A gradient with a larger norm is scaled down to this norm.',
    integer: false,
    min: 1e-6,
    max: 1e6,
    default: STANDARD.maxGradNorm,
  },
  {
    kind: 'number',
    key: 'temperature',
    group: 'run',
    flag: 'temperature',
    label: 'Temperature',
    help: 'Temperature of the training rollouts; the policy is trained as it is sampled.',
    integer: false,
    min: 0.01,
    max: 10,
    default: STANDARD.temperature,
  },
  {
    kind: 'number',
    key: 'evalEvery',
    group: 'evaluation',
    flag: 'eval-every',
    label: 'Evaluate every',
    help: 'Steps between two evaluations.',
    integer: true,
    min: 1,
    max: 10_000,
    default: STANDARD.evalEvery,
  },
  {
    kind: 'number',
    key: 'evalProblems',
    group: 'evaluation',
    flag: 'eval-problems',
    label: 'Problems',
    help: 'Held-out problems evaluated, and as many training problems.',
    integer: true,
    min: 1,
    max: 1000,
    default: STANDARD.evalProblems,
  },
  {
    kind: 'number',
    key: 'evalSamples',
    group: 'evaluation',
    flag: 'eval-samples',
    label: 'Samples',
    help: 'Samples a problem for the estimate that a benchmark would report; 0 for none.',
    integer: true,
    min: 0,
    max: 256,
    default: STANDARD.evalSamples,
  },
  {
    kind: 'number',
    key: 'evalTemperature',
    group: 'evaluation',
    flag: 'eval-temperature',
    label: 'Eval temperature',
    help: 'Temperature at which the evaluation samples.',
    integer: false,
    min: 0.01,
    max: 10,
    default: STANDARD.evalTemperature,
  },
  {
    kind: 'choice',
    key: 'base',
    group: 'base',
    flag: 'base',
    label: 'Base policy',
    help: 'Where the run begins: the shipped base, or one pretrained first, here and now.',
    choices: [
      { value: 'shipped', label: 'shipped' },
      { value: 'live', label: 'pretrain now' },
    ],
    default: STANDARD.base,
  },
  {
    kind: 'number',
    key: 'baseSeed',
    group: 'base',
    flag: 'base-seed',
    label: 'Base seed',
    help: 'Initialisation and demonstrations of a base that is pretrained now.',
    integer: true,
    min: 0,
    max: 2 ** 31 - 1,
    default: STANDARD.baseSeed,
  },
  {
    kind: 'number',
    key: 'pretrainSteps',
    group: 'base',
    flag: 'pretrain-steps',
    label: 'Pretraining steps',
    help: 'Updates on demonstrations for a base that is pretrained now.',
    integer: true,
    min: 1,
    max: 100_000,
    default: STANDARD.pretrainSteps,
  },
  {
    kind: 'number',
    key: 'correctFraction',
    group: 'base',
    flag: 'correct-fraction',
    label: 'Correct share',
    help: 'Share of correct demonstrations for a base that is pretrained now.',
    integer: false,
    min: 0,
    max: 1,
    default: STANDARD.correctFraction,
  },
  {
    kind: 'number',
    key: 'pretrainLr',
    group: 'base',
    flag: 'pretrain-lr',
    label: 'Pretraining rate',
    help: 'Highest learning rate of a base that is pretrained now.',
    integer: false,
    min: 0,
    max: 10,
    default: STANDARD.pretrainLr,
  },
  {
    kind: 'number',
    key: 'width',
    group: 'base',
    flag: 'width',
    label: 'Width',
    help: 'Channels of the network, a multiple of 4, for a base that is pretrained now.',
    integer: true,
    min: 8,
    max: 128,
    default: STANDARD.width,
  },
  {
    kind: 'choice',
    key: 'engine',
    group: 'run',
    flag: 'engine',
    label: 'Engine',
    help: 'What computes: the GPU through WebGL, or plain TypeScript.',
    choices: [
      { value: 'auto', label: 'automatic' },
      { value: 'webgl', label: 'WebGL' },
      { value: 'reference', label: 'TypeScript' },
    ],
    default: STANDARD.engine,
  },
  ...ALGORITHM_SETTINGS,
];
