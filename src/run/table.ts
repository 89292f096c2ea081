import { ADVANTAGES, NORMALISATIONS } from '../rl/advantages.ts';
import { AGGREGATIONS } from '../rl/aggregations.ts';
import { ALGORITHMS, type AlgorithmName } from '../rl/algorithms.ts';
import { FILTERS, KL_PLACEMENTS, type AlgorithmChoices } from '../rl/choices.ts';
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

type SettingGroup = 'run' | 'algorithm' | 'evaluation' | 'base';

interface SettingText {
  key: SettingKey;
  /** Its name on the command line (`--group-size`) and in the permalink (`group-size=`). */
  flag: string;
  label: string;
  /** One sentence for a tooltip and for `--help`. */
  help: string;
  /** Where the page shows it. */
  group: SettingGroup;
}

interface ChoiceSetting extends SettingText {
  kind: 'choice';
  choices: readonly { value: string; label: string; help?: string }[];
  default: string;
}

interface NumberSetting extends SettingText {
  kind: 'number';
  integer: boolean;
  min: number;
  max: number;
  default: number;
}

export type Setting = ChoiceSetting | NumberSetting;

type NumberKey = {
  [Key in SettingKey]: RunSettings[Key] extends number ? Key : never;
}[SettingKey];
type ChoiceKey = Exclude<SettingKey, NumberKey>;

/** What makes the entries of one group; each has its default from the standard settings. */
function entriesOf(group: SettingGroup) {
  const numberEntry =
    (integer: boolean) =>
    (
      key: NumberKey,
      flag: string,
      label: string,
      help: string,
      [min, max]: readonly [number, number],
    ): NumberSetting => ({
      kind: 'number',
      key,
      group,
      flag,
      label,
      help,
      integer,
      min,
      max,
      default: STANDARD[key],
    });
  return {
    number: numberEntry(false),
    integer: numberEntry(true),

    /** A choice among the entries of a table, which names each value that the setting can have. */
    choice<Key extends ChoiceKey>(
      key: Key,
      flag: string,
      label: string,
      help: string,
      table: Readonly<Record<RunSettings[Key], { label: string; help?: string }>>,
    ): ChoiceSetting {
      const described: [string, { label: string; help?: string }][] = Object.entries(table);
      const choices = described.map(([value, { label, help }]) =>
        help === undefined ? { value, label } : { value, label, help },
      );
      return {
        kind: 'choice',
        key,
        group,
        flag,
        label,
        help,
        choices,
        default: STANDARD[key],
      };
    },
  };
}

const algorithm = entriesOf('algorithm');

/** What an algorithm is made of, in the order of a step. */
export const ALGORITHM_SETTINGS: readonly Setting[] = [
  algorithm.choice('filter', 'filter', 'Trained on', 'Which prompts and groups count.', FILTERS),
  algorithm.choice('reward', 'reward', 'Reward', 'What an answer earns.', REWARDS),
  algorithm.number(
    'unlikeliness',
    'unlikeliness',
    'Unlikeliness β',
    'What the likeliest right answer of a group loses of its reward.',
    [0, 1],
  ),
  algorithm.choice(
    'advantage',
    'advantage',
    'Advantage',
    'How rewards become a push up or down.',
    ADVANTAGES,
  ),
  algorithm.number(
    'positiveWeight',
    'positive-weight',
    'Weight of right λ',
    'What a right answer weighs beside a wrong one in weighted reinforcement.',
    [0, 100],
  ),
  algorithm.integer(
    'passK',
    'pass-k',
    'k of pass@k training',
    'Subsets of so many answers are rewarded if any is right.',
    [1, 256],
  ),
  algorithm.number(
    'gaeLambda',
    'gae-lambda',
    'GAE λ',
    'From trust in the value output (0) to trust in the outcome (1).',
    [0, 1],
  ),
  algorithm.number(
    'valueCoefficient',
    'value-coef',
    'Value loss',
    'Coefficient of the loss of the value output.',
    [0, 100],
  ),
  algorithm.number(
    'valueClip',
    'value-clip',
    'Value clip',
    'The value output may move so far in a step.',
    [0, 100],
  ),
  algorithm.choice(
    'normalisation',
    'normalisation',
    'Normalised',
    'What is done to the advantages of the whole batch.',
    NORMALISATIONS,
  ),
  algorithm.choice(
    'ratio',
    'ratio',
    'Ratio',
    'What is compared with the policy that drew the answers.',
    RATIOS,
  ),
  algorithm.choice(
    'surrogate',
    'surrogate',
    'Surrogate',
    'What is maximised for each token.',
    SURROGATES,
  ),
  algorithm.number(
    'clipLow',
    'clip-low',
    'Clip low',
    'Probability ratios below 1 minus this are clipped.',
    [0, 1],
  ),
  algorithm.number(
    'clipHigh',
    'clip-high',
    'Clip high',
    'Probability ratios above 1 plus this are clipped.',
    [0, 100],
  ),
  algorithm.choice(
    'aggregation',
    'aggregation',
    'Loss is the',
    'How the tokens of a batch add up to one loss.',
    AGGREGATIONS,
  ),
  algorithm.integer(
    'innerEpochs',
    'inner-epochs',
    'Epochs a step',
    'Passes over the same rollouts; clipping can only bind from the second update on.',
    [1, 32],
  ),
  algorithm.integer(
    'minibatches',
    'minibatches',
    'Updates an epoch',
    'The rollouts are split into so many minibatches, each with its own update.',
    [1, 512],
  ),
  algorithm.number(
    'klCoefficient',
    'kl',
    'KL to base',
    'Coefficient of the penalty that holds the policy near its base.',
    [0, 100],
  ),
  algorithm.choice(
    'klPlacement',
    'kl-placement',
    'KL stands',
    'Where the KL penalty enters.',
    KL_PLACEMENTS,
  ),
  algorithm.choice(
    'klEstimator',
    'kl-estimator',
    'KL estimate',
    'How the KL distance is estimated from the sampled tokens.',
    KL_ESTIMATORS,
  ),
  algorithm.number(
    'entropyCoefficient',
    'entropy-bonus',
    'Entropy bonus',
    'Coefficient of the entropy that is added to the objective.',
    [0, 100],
  ),
  algorithm.choice(
    'covariance',
    'covariance',
    'Covariance control',
    'What is done to the tokens that lower the entropy most.',
    COVARIANCES,
  ),
  algorithm.number(
    'covarianceShare',
    'covariance-share',
    'Share of tokens',
    'Share of the tokens that the covariance control acts on.',
    [0, 1],
  ),
  algorithm.number(
    'covariancePenalty',
    'covariance-penalty',
    'KL-Cov penalty',
    'Coefficient of the penalty of KL-Cov.',
    [0, 100],
  ),
];

const run = entriesOf('run');
const evaluation = entriesOf('evaluation');
const base = entriesOf('base');

export const SETTINGS: readonly Setting[] = [
  run.choice('task', 'task', 'Task', 'What the policy is asked to do.', {
    countdown: { label: 'Countdown' },
    'countdown-steps': { label: 'Countdown + steps' },
    maze: { label: 'Maze' },
    programs: { label: 'Programs' },
  }),
  run.choice(
    'size',
    'size',
    'Task size',
    'How many numbers a Countdown problem gives; the other tasks have one size.',
    { '3': { label: '3 numbers' }, '4': { label: '4 numbers' } },
  ),
  run.choice(
    'prior',
    'prior',
    'Prior',
    'What the base was shown: everything, or no use of one skill, whose problems then lie beyond it.',
    { broad: { label: 'everything' }, narrow: { label: 'all but one skill' } },
  ),
  run.number(
    'beyondShare',
    'beyond-share',
    'Share beyond',
    'Share of the training prompts that need the skill which a narrow prior lacks.',
    [0, 1],
  ),
  run.choice(
    'algorithm',
    'algorithm',
    'Algorithm',
    'How rewards become an update; it sets the choices and numbers below, each of which can be changed.',
    ALGORITHMS,
  ),
  run.integer(
    'seed',
    'seed',
    'Seed',
    'Decides the training prompts and every sampled token; the same seed gives the same run.',
    [0, 2 ** 31 - 1],
  ),
  run.integer('steps', 'steps', 'Steps', 'The run ends after this many updates.', [0, 100_000]),
  run.number('lr', 'lr', 'Learning rate', 'Step size of Adam; with 0 nothing changes.', [0, 10]),
  run.integer(
    'prompts',
    'prompts',
    'Prompts a step',
    'Training problems drawn for each step.',
    [1, 512],
  ),
  run.integer(
    'groupSize',
    'group-size',
    'Group size',
    'Samples for each prompt; their mean reward is the baseline.',
    [1, 256],
  ),
  run.number(
    'maxGradNorm',
    'max-grad-norm',
    'Gradient clip',
    'A gradient with a larger norm is scaled down to this norm.',
    [1e-6, 1e6],
  ),
  run.number(
    'temperature',
    'temperature',
    'Temperature',
    'Temperature of the training rollouts; the policy is trained as it is sampled.',
    [0.01, 10],
  ),
  evaluation.integer(
    'evalEvery',
    'eval-every',
    'Evaluate every',
    'Steps between two evaluations.',
    [1, 10_000],
  ),
  evaluation.integer(
    'evalProblems',
    'eval-problems',
    'Problems',
    'Held-out problems evaluated, and as many training problems.',
    [1, 1000],
  ),
  evaluation.integer(
    'evalSamples',
    'eval-samples',
    'Samples',
    'Samples a problem for the estimate that a benchmark would report; 0 for none.',
    [0, 256],
  ),
  evaluation.number(
    'evalTemperature',
    'eval-temperature',
    'Eval temperature',
    'Temperature at which the evaluation samples.',
    [0.01, 10],
  ),
  base.choice(
    'base',
    'base',
    'Base policy',
    'Where the run begins: the shipped base, or one pretrained first, here and now.',
    { shipped: { label: 'shipped' }, live: { label: 'pretrain now' } },
  ),
  base.integer(
    'baseSeed',
    'base-seed',
    'Base seed',
    'Initialisation and demonstrations of a base that is pretrained now.',
    [0, 2 ** 31 - 1],
  ),
  base.integer(
    'pretrainSteps',
    'pretrain-steps',
    'Pretraining steps',
    'Updates on demonstrations for a base that is pretrained now.',
    [1, 100_000],
  ),
  base.number(
    'correctFraction',
    'correct-fraction',
    'Correct share',
    'Share of correct demonstrations for a base that is pretrained now.',
    [0, 1],
  ),
  base.number(
    'pretrainLr',
    'pretrain-lr',
    'Pretraining rate',
    'Highest learning rate of a base that is pretrained now.',
    [0, 10],
  ),
  base.integer(
    'width',
    'width',
    'Width',
    'Channels of the network, a multiple of 4, for a base that is pretrained now.',
    [8, 128],
  ),
  run.choice(
    'engine',
    'engine',
    'Engine',
    'What computes: the GPU through WebGL, or plain TypeScript.',
    { auto: { label: 'automatic' }, webgl: { label: 'WebGL' }, reference: { label: 'TypeScript' } },
  ),
  ...ALGORITHM_SETTINGS,
];
