import { ALGORITHMS, type AlgorithmName } from '../rl/algorithms.ts';
import { DEFAULT_ADAM } from '../policy/policy.ts';
import { DEFAULT_PRETRAIN, type PretrainSettings } from '../experiments/pretrain.ts';
import type { TrainSettings } from '../experiments/train.ts';
import type { Prior } from '../tasks/prior.ts';

/**
 * The configuration table. Every setting of a run is one entry here; the page's controls, the permalink and the
 * command line's flags are all made from it.
 */
export interface RunSettings {
  task: 'countdown';
  size: '3' | '4';
  algorithm: AlgorithmName;
  seed: number;
  steps: number;
  lr: number;
  prompts: number;
  groupSize: number;
  kl: number;
  entropyBonus: number;
  innerEpochs: number;
  clipLow: number;
  clipHigh: number;
  maxGradNorm: number;
  temperature: number;
  evalEvery: number;
  evalProblems: number;
  evalSamples: number;
  evalTemperature: number;
  base: 'shipped' | 'live';
  prior: Prior;
  beyondShare: number;
  baseSeed: number;
  pretrainSteps: number;
  correctFraction: number;
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
}

export interface ChoiceSetting extends SettingText {
  kind: 'choice';
  choices: readonly { value: string; label: string }[];
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

export const SETTINGS: readonly Setting[] = [
  {
    kind: 'choice',
    key: 'task',
    flag: 'task',
    label: 'Task',
    help: 'What the policy is asked to do.',
    choices: [{ value: 'countdown', label: 'Countdown' }],
    default: 'countdown',
  },
  {
    kind: 'choice',
    key: 'size',
    flag: 'size',
    label: 'Task size',
    help: 'How many numbers a Countdown problem gives.',
    choices: [
      { value: '3', label: '3 numbers' },
      { value: '4', label: '4 numbers' },
    ],
    default: '3',
  },
  {
    kind: 'choice',
    key: 'algorithm',
    flag: 'algorithm',
    label: 'Algorithm',
    help: 'How rewards become an update.',
    choices: Object.entries(ALGORITHMS).map(([value, { label }]) => ({ value, label })),
    default: 'grpo',
  },
  {
    kind: 'number',
    key: 'seed',
    flag: 'seed',
    label: 'Seed',
    help: 'Decides the training prompts and every sampled token; the same seed gives the same run.',
    integer: true,
    min: 0,
    max: 2 ** 31 - 1,
    default: 1,
  },
  {
    kind: 'number',
    key: 'steps',
    flag: 'steps',
    label: 'Steps',
    help: 'The run ends after this many updates.',
    integer: true,
    min: 0,
    max: 100_000,
    default: 300,
  },
  {
    kind: 'number',
    key: 'lr',
    flag: 'lr',
    label: 'Learning rate',
    help: 'Step size of Adam; with 0 nothing changes.',
    integer: false,
    min: 0,
    max: 10,
    default: 1e-3,
  },
  {
    kind: 'number',
    key: 'prompts',
    flag: 'prompts',
    label: 'Prompts a step',
    help: 'Training problems drawn for each step.',
    integer: true,
    min: 1,
    max: 512,
    default: 32,
  },
  {
    kind: 'number',
    key: 'groupSize',
    flag: 'group-size',
    label: 'Group size',
    help: 'Samples for each prompt; their mean reward is the baseline.',
    integer: true,
    min: 1,
    max: 256,
    default: 16,
  },
  {
    kind: 'number',
    key: 'kl',
    flag: 'kl',
    label: 'KL to base',
    help: 'Coefficient of the k3 penalty that holds the policy near its base.',
    integer: false,
    min: 0,
    max: 100,
    default: 0,
  },
  {
    kind: 'number',
    key: 'entropyBonus',
    flag: 'entropy-bonus',
    label: 'Entropy bonus',
    help: 'Coefficient of the entropy that is added to the objective.',
    integer: false,
    min: 0,
    max: 100,
    default: 0,
  },
  {
    kind: 'number',
    key: 'innerEpochs',
    flag: 'inner-epochs',
    label: 'Inner epochs',
    help: 'Updates made on the same rollouts; clipping can only bind from the second on.',
    integer: true,
    min: 1,
    max: 32,
    default: 1,
  },
  {
    kind: 'number',
    key: 'clipLow',
    flag: 'clip-low',
    label: 'Clip low',
    help: 'Probability ratios below 1 minus this are clipped.',
    integer: false,
    min: 0,
    max: 1,
    default: 0.2,
  },
  {
    kind: 'number',
    key: 'clipHigh',
    flag: 'clip-high',
    label: 'Clip high',
    help: 'Probability ratios above 1 plus this are clipped.',
    integer: false,
    min: 0,
    max: 100,
    default: 0.2,
  },
  {
    kind: 'number',
    key: 'maxGradNorm',
    flag: 'max-grad-norm',
    label: 'Gradient clip',
    help: 'A gradient with a larger norm is scaled down to this norm.',
    integer: false,
    min: 1e-6,
    max: 1e6,
    default: DEFAULT_ADAM.maxGradNorm,
  },
  {
    kind: 'number',
    key: 'temperature',
    flag: 'temperature',
    label: 'Temperature',
    help: 'Temperature of the training rollouts; the policy is trained as it is sampled.',
    integer: false,
    min: 0.01,
    max: 10,
    default: 1,
  },
  {
    kind: 'number',
    key: 'evalEvery',
    flag: 'eval-every',
    label: 'Evaluate every',
    help: 'Steps between two evaluations.',
    integer: true,
    min: 1,
    max: 10_000,
    default: 10,
  },
  {
    kind: 'number',
    key: 'evalProblems',
    flag: 'eval-problems',
    label: 'Problems',
    help: 'Held-out problems evaluated, and as many training problems.',
    integer: true,
    min: 1,
    max: 1000,
    default: 200,
  },
  {
    kind: 'number',
    key: 'evalSamples',
    flag: 'eval-samples',
    label: 'Samples',
    help: 'Samples a problem for the estimate that a benchmark would report; 0 for none.',
    integer: true,
    min: 0,
    max: 256,
    default: 16,
  },
  {
    kind: 'number',
    key: 'evalTemperature',
    flag: 'eval-temperature',
    label: 'Eval temperature',
    help: 'Temperature at which the evaluation samples.',
    integer: false,
    min: 0.01,
    max: 10,
    default: 1,
  },
  {
    kind: 'choice',
    key: 'base',
    flag: 'base',
    label: 'Base policy',
    help: 'Where the run begins: the shipped base, or one pretrained first, here and now.',
    choices: [
      { value: 'shipped', label: 'shipped' },
      { value: 'live', label: 'pretrain now' },
    ],
    default: 'shipped',
  },
  {
    kind: 'choice',
    key: 'prior',
    flag: 'prior',
    label: 'Prior',
    help: 'What the base was shown: everything, or no use of one skill.',
    choices: [
      { value: 'broad', label: 'broad' },
      { value: 'narrow', label: 'narrow' },
    ],
    default: 'broad',
  },
  {
    kind: 'number',
    key: 'beyondShare',
    flag: 'beyond-share',
    label: 'Share beyond',
    help: 'Share of the prompts that need the skill which a narrow prior lacks.',
    integer: false,
    min: 0,
    max: 1,
    default: 0.5,
  },
  {
    kind: 'number',
    key: 'baseSeed',
    flag: 'base-seed',
    label: 'Base seed',
    help: 'Initialisation and demonstrations of a base that is pretrained now.',
    integer: true,
    min: 0,
    max: 2 ** 31 - 1,
    default: DEFAULT_PRETRAIN.seed,
  },
  {
    kind: 'number',
    key: 'pretrainSteps',
    flag: 'pretrain-steps',
    label: 'Pretraining steps',
    help: 'Updates on demonstrations for a base that is pretrained now.',
    integer: true,
    min: 1,
    max: 100_000,
    default: DEFAULT_PRETRAIN.steps,
  },
  {
    kind: 'number',
    key: 'correctFraction',
    flag: 'correct-fraction',
    label: 'Correct share',
    help: 'Share of correct demonstrations for a base that is pretrained now.',
    integer: false,
    min: 0,
    max: 1,
    default: DEFAULT_PRETRAIN.correctFraction,
  },
  {
    kind: 'number',
    key: 'width',
    flag: 'width',
    label: 'Width',
    help: 'Channels of the network, a multiple of 4, for a base that is pretrained now.',
    integer: true,
    min: 8,
    max: 128,
    default: 32,
  },
  {
    kind: 'choice',
    key: 'engine',
    flag: 'engine',
    label: 'Engine',
    help: 'What computes: the GPU through WebGL, or plain TypeScript.',
    choices: [
      { value: 'auto', label: 'automatic' },
      { value: 'webgl', label: 'WebGL' },
      { value: 'reference', label: 'TypeScript' },
    ],
    default: 'auto',
  },
];

export const DEFAULT_SETTINGS = Object.fromEntries(
  SETTINGS.map((setting) => [setting.key, setting.default]),
) as unknown as RunSettings;

/** A setting read from text, or the reason why it was not taken. */
export type Coerced = { ok: true; value: string | number } | { ok: false; problem: string };

/** Reads the text of one setting and holds it against its choices or its range. */
export function coerceSetting(setting: Setting, text: string): Coerced {
  const refuse = (expected: string): Coerced => ({
    ok: false,
    problem: `${setting.flag} is '${text}', expected ${expected}`,
  });
  if (setting.kind === 'choice') {
    const values = setting.choices.map(({ value }) => value);
    return values.includes(text)
      ? { ok: true, value: text }
      : refuse(values.length === 1 ? `'${values[0]}'` : `one of ${values.join(', ')}`);
  }
  const value = text.trim() === '' ? NaN : Number(text);
  const inRange = value >= setting.min && value <= setting.max;
  if (!inRange || (setting.integer && !Number.isInteger(value)))
    return refuse(
      `a ${setting.integer ? 'whole ' : ''}number from ${setting.min} to ${setting.max}`,
    );
  if (setting.key === 'width' && value % 4 !== 0) return refuse('a multiple of 4');
  return { ok: true, value };
}

/** The settings that differ from their defaults, as flag and text, in the order of the table. */
export function changedSettings(settings: RunSettings): [flag: string, text: string][] {
  return SETTINGS.filter(({ key, default: standard }) => settings[key] !== standard).map(
    ({ key, flag }) => [flag, String(settings[key])],
  );
}

/** Layers and heads of every network; the width is a setting. */
export const NETWORK_SIZE = { layers: 2, heads: 4 } as const;

export function taskName({ task, size }: RunSettings): string {
  return `${task}-${size}`;
}

export function trainSettings(settings: RunSettings): TrainSettings {
  return {
    algorithm: settings.algorithm,
    seed: settings.seed,
    steps: settings.steps,
    promptsPerStep: settings.prompts,
    beyondShare: settings.beyondShare,
    groupSize: settings.groupSize,
    temperature: settings.temperature,
    innerEpochs: settings.innerEpochs,
    clipLow: settings.clipLow,
    clipHigh: settings.clipHigh,
    klCoefficient: settings.kl,
    entropyCoefficient: settings.entropyBonus,
    optimizer: { ...DEFAULT_ADAM, learningRate: settings.lr, maxGradNorm: settings.maxGradNorm },
    evalEvery: settings.evalEvery,
    evalProblems: settings.evalProblems,
    evalSamples: settings.evalSamples,
    evalTemperature: settings.evalTemperature,
  };
}

export function pretrainSettings(settings: RunSettings): PretrainSettings {
  return {
    ...DEFAULT_PRETRAIN,
    seed: settings.baseSeed,
    steps: settings.pretrainSteps,
    correctFraction: settings.correctFraction,
  };
}
