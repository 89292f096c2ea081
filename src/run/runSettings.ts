import { ALGORITHMS } from '../rl/algorithms.ts';
import { entriesOf, type Setting } from './setting.ts';

const run = entriesOf('run');
const evaluation = entriesOf('evaluation');
const base = entriesOf('base');

/** What is trained, from which base, and how it is evaluated. */
export const RUN_SETTINGS: readonly Setting[] = [
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
];
