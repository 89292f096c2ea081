import { DOMAINS } from '../experiments/domains.ts';
import { EXPERIMENTS } from '../experiments/experiments.ts';
import { FINALES } from '../experiments/finales.ts';
import { TEACHER_KEEPS } from '../experiments/teacherKeeps.ts';
import { ALGORITHMS } from '../rl/algorithms.ts';
import { VERIFIERS } from '../rl/verifiers.ts';
import { entriesOf } from './entries.ts';
import type { Setting } from './setting.ts';

const run = entriesOf('run');
const evaluation = entriesOf('evaluation');
const base = entriesOf('base');

/** What can be chosen of settings that no table of an own is about. */
export const OWN_CHOICES = {
  task: {
    countdown: { label: 'Countdown' },
    'countdown-steps': { label: 'Countdown + steps' },
    maze: { label: 'Maze' },
    programs: { label: 'Programs' },
    mixed: { label: 'Countdown and Programs' },
  },
  size: { '3': { label: '3 numbers' }, '4': { label: '4 numbers' } },
  prior: { broad: { label: 'everything' }, narrow: { label: 'all but one skill' } },
  base: { shipped: { label: 'shipped' }, live: { label: 'pretrain now' } },
  engine: {
    auto: { label: 'automatic' },
    webgl: { label: 'WebGL' },
    wasm: { label: 'WebAssembly' },
    reference: { label: 'TypeScript' },
  },
};

/** What is trained, from which base, and how it is evaluated. */
export const RUN_SETTINGS: readonly Setting[] = [
  run.choice('task', 'task', 'Task', 'What the policy is asked to do.', OWN_CHOICES.task),
  run.choice(
    'size',
    'size',
    'Task size',
    'How many numbers a Countdown problem gives; the other tasks have one size.',
    OWN_CHOICES.size,
  ),
  run.choice(
    'prior',
    'prior',
    'Prior',
    'What the base was shown: everything, or no use of one skill, whose problems then lie beyond it.',
    OWN_CHOICES.prior,
  ),
  run.number(
    'beyondShare',
    'beyond-share',
    'Share beyond',
    'Share of the training prompts that need the skill which a narrow prior lacks.',
    [0, 1],
  ),
  run.choice(
    'experiment',
    'experiment',
    'Experiment',
    'How the policy learns: by reinforcement, or by what that is compared with.',
    EXPERIMENTS,
  ),
  run.choice(
    'verifier',
    'verifier',
    'Paid by',
    'Who says what an answer earns; evaluations are by the program in any case.',
    VERIFIERS,
  ),
  run.integer(
    'judgeAnswers',
    'judge-answers',
    'Answers for a judge',
    'Answers of the base from which a judge learns, before the run, what is right.',
    [1, 65_536],
  ),
  run.integer(
    'warmSteps',
    'warm-steps',
    'Warm start',
    'The first so many steps learn from a teacher’s answers; then the experiment begins.',
    [0, 100_000],
  ),
  run.integer(
    'teacherAnswers',
    'teacher-answers',
    'Teacher’s answers',
    'So many answers are sampled from the teacher, once.',
    [1, 65_536],
  ),
  run.choice(
    'teacherKeep',
    'teacher-keep',
    'Of them, keep',
    'Which of the teacher’s answers are learned from.',
    TEACHER_KEEPS,
  ),
  run.integer(
    'generationSteps',
    'generation-steps',
    'Steps a generation',
    'After so many steps the policy answers anew, and learns from that.',
    [1, 10_000],
  ),
  run.integer(
    'generationAnswers',
    'generation-answers',
    'Answers a generation',
    'So many answers are sampled for each generation.',
    [1, 65_536],
  ),
  run.choice(
    'domains',
    'domains',
    'Domains',
    'Which of a mixed task’s domains training problems are from; evaluations are of both.',
    DOMAINS,
  ),
  run.integer(
    'trainProblems',
    'train-problems',
    'Training set',
    'Training problems that there are at all; 0 for every one that is not held out.',
    [0, 65_536],
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
    [0, 0x7fffffff],
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
  run.number(
    'alpha',
    'alpha',
    'Power α',
    'Power sampling draws an answer by this power of its probability; 1 is the base.',
    [1, 100],
  ),
  run.integer(
    'blocks',
    'blocks',
    'Blocks',
    'Power sampling builds an answer in so many blocks, with as many moves in each.',
    [1, 32],
  ),
  run.integer(
    'chains',
    'chains',
    'Chains a problem',
    'Independent Markov chains of power sampling for each held-out problem.',
    [1, 256],
  ),
  evaluation.integer(
    'evalEvery',
    'eval-every',
    'Evaluate every',
    'Steps between two evaluations; at first there are more, after steps 1, 2, 5 and 10.',
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
  evaluation.number(
    'evalTopP',
    'eval-top-p',
    'Eval top-p',
    'The evaluation samples from the likeliest tokens that have this probability; 1 for all.',
    [0.01, 1],
  ),
  evaluation.integer(
    'klSamples',
    'kl-samples',
    'KL samples',
    'Answers to each held-out problem that the KL distance from the base is estimated from.',
    [1, 256],
  ),
  evaluation.integer(
    'answerProblems',
    'answer-problems',
    'Answers of',
    'Evaluations enumerate all answers to so many held-out problems; 0 for none.',
    [0, 1000],
  ),
  evaluation.choice('finale', 'finale', 'Finale', 'What the last row adds.', FINALES),
  base.choice(
    'base',
    'base',
    'Base policy',
    'Where the run begins: the shipped base, or one pretrained first, here and now.',
    OWN_CHOICES.base,
  ),
  base.integer(
    'baseSeed',
    'base-seed',
    'Base seed',
    'Initialisation and demonstrations of a base that is pretrained now.',
    [0, 0x7fffffff],
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
    'What computes: the GPU through WebGL, the processor through WebAssembly, or plain TypeScript.',
    OWN_CHOICES.engine,
  ),
];
