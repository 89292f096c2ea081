import type { RunSettings } from '../../run/table.ts';
import type { Chapter, CurveQuestion, LineSpec } from './chapter.ts';

/** The base is only sampled and evaluated. */
const UNTRAINED: Partial<RunSettings> = { steps: 0, evalProblems: 200, evalSamples: 16 };

/** A third of the page's steps with a quarter of its rollouts: seconds, and the set-up of the recorded studies. */
const TRAINED: Partial<RunSettings> = {
  prompts: 16,
  groupSize: 8,
  steps: 100,
  evalEvery: 10,
  evalProblems: 100,
  evalSamples: 0,
};

const KS = [1, 4, 16, 64, 256, 1024];
const STEPS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const run = (line: Extract<LineSpec, { of: 'run' }>['line']): LineSpec => ({ of: 'run', line });
const arm = (name: string, measure?: string): LineSpec =>
  measure === undefined ? { of: 'study', arm: name } : { of: 'study', arm: name, measure };

const overK = (
  parts: Pick<CurveQuestion, 'asked' | 'given' | 'revealed'> & Partial<CurveQuestion>,
): CurveQuestion => ({ kind: 'curve', over: 'k', handles: KS, yMax: 1, ...parts });
const overSteps = (
  parts: Pick<CurveQuestion, 'asked' | 'given' | 'revealed'> & Partial<CurveQuestion>,
): CurveQuestion => ({ kind: 'curve', over: 'step', handles: STEPS, yMax: 1, ...parts });

/** The story in its order; what it says stands in `texts.ts`. */
export const CHAPTERS: readonly Chapter[] = [
  {
    name: 'verifier',
    answeredBy: 'run',
    settings: UNTRAINED,
    question: { kind: 'count', count: 'accepted', edges: [0, 1, 5, 15, 40, 100] },
    picture: 'answers',
    equation: 'reward',
    numbers: {
      base: { study: 'no-training', arm: 'grpo', measure: 'pass@1', when: 'base' },
    },
    claims: [],
    own: null,
    sandbox: ['task', 'prior', 'evalTemperature'],
  },
  {
    name: 'pass-at-k',
    answeredBy: 'run',
    settings: UNTRAINED,
    question: overK({
      asked: run('base'),
      given: [],
      revealed: [run('chance')],
      pinned: true,
    }),
    picture: null,
    equation: 'pass-at-k',
    numbers: {
      one: { study: 'no-training', arm: 'grpo', measure: 'pass@1', when: 'base' },
      many: { study: 'no-training', arm: 'grpo', measure: 'pass@256', when: 'base' },
    },
    claims: [],
    own: 'base',
    sandbox: ['evalSamples', 'evalTemperature', 'task'],
  },
  {
    name: 'sharpen',
    answeredBy: 'run',
    settings: TRAINED,
    question: overSteps({
      asked: run('pass@1'),
      given: [],
      revealed: [],
      pinned: true,
    }),
    picture: null,
    equation: 'objective',
    numbers: {
      before: { study: 'no-training', arm: 'grpo', measure: 'pass@1', when: 'base' },
      after: { study: 'no-training', arm: 'grpo', measure: 'pass@1' },
    },
    claims: [
      { study: 'no-training', index: 0 },
      { study: 'no-training', index: 4 },
    ],
    own: 'pass@1',
    sandbox: ['lr', 'groupSize', 'seed'],
  },
  {
    name: 'crossing',
    answeredBy: 'run',
    settings: TRAINED,
    question: overK({ asked: run('now'), given: [run('base')], revealed: [run('chance')] }),
    picture: null,
    equation: 'crossing',
    numbers: {
      before: { study: 'no-training', arm: 'grpo', measure: 'pass@256', when: 'base' },
      after: { study: 'no-training', arm: 'grpo', measure: 'pass@256' },
      crossing: { study: 'no-training', arm: 'grpo', measure: 'crossing' },
    },
    claims: [{ study: 'no-training', index: 1 }],
    own: 'now',
    sandbox: ['steps', 'klCoefficient', 'seed'],
  },
  {
    name: 'entropy',
    answeredBy: 'run',
    settings: TRAINED,
    question: overSteps({ asked: run('entropy'), given: [], revealed: [], yMax: 1.5 }),
    picture: null,
    equation: 'entropy',
    numbers: {
      before: { study: 'no-training', arm: 'grpo', measure: 'entropy', when: 'base' },
      after: { study: 'no-training', arm: 'grpo', measure: 'entropy' },
    },
    claims: [
      { study: 'temperature', index: 0 },
      { study: 'temperature', index: 1 },
    ],
    own: 'entropy',
    sandbox: ['entropyCoefficient', 'temperature', 'lr'],
  },
  {
    name: 'lost',
    answeredBy: 'run',
    settings: TRAINED,
    question: { kind: 'count', count: 'lost', edges: [0, 1, 10, 30, 60, 100] },
    picture: 'moved',
    equation: null,
    numbers: {
      gained: { study: 'no-training', arm: 'grpo', measure: 'RL only' },
    },
    claims: [{ study: 'group-size', index: 4 }],
    own: null,
    sandbox: ['groupSize', 'algorithm', 'seed'],
  },
  {
    name: 'luck',
    answeredBy: 'study',
    study: 'luck',
    settings: { ...TRAINED, base: 'live', pretrainSteps: 1, pretrainLr: 1e-5, steps: 20 },
    question: overK({
      asked: arm('untrained'),
      given: [arm('base grpo')],
      revealed: [arm('chance grpo'), arm('grpo')],
    }),
    picture: null,
    equation: null,
    numbers: {
      chance: { study: 'luck', arm: 'untrained', measure: 'pass@1024' },
      trained: { study: 'luck', arm: 'grpo', measure: 'pass@1024' },
    },
    claims: [
      { study: 'luck', index: 0 },
      { study: 'luck', index: 1 },
    ],
    own: 'now',
    sandbox: ['pretrainSteps', 'steps', 'seed'],
  },
  {
    name: 'credit',
    answeredBy: 'study',
    study: 'soundness',
    settings: {
      task: 'countdown-steps',
      prompts: 8,
      groupSize: 8,
      steps: 20,
      evalEvery: 5,
      evalSamples: 0,
      evalProblems: 4,
    },
    question: {
      ...overSteps({
        asked: arm('grpo', 'sound pass@1'),
        given: [arm('grpo', 'pass@1')],
        revealed: [],
      }),
      handles: [0, 1 / 3, 2 / 3, 1],
    },
    picture: null,
    equation: 'advantage',
    numbers: {
      wrong: { study: 'soundness', arm: 'grpo', measure: 'wrong_credit' },
      process: { study: 'soundness', arm: 'process', measure: 'wrong_credit' },
    },
    claims: [
      { study: 'soundness', index: 1 },
      { study: 'soundness', index: 3 },
    ],
    own: 'sound pass@1',
    sandbox: ['algorithm', 'steps', 'seed'],
  },
  {
    name: 'algorithms',
    answeredBy: 'formula',
    settings: { groupSize: 8, algorithm: 'grpo' },
    question: {
      kind: 'curve',
      over: 'p',
      handles: [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999],
      yMax: 5,
      asked: { of: 'weight', algorithm: 'grpo' },
      given: [],
      revealed: [{ of: 'weight', algorithm: 'dr-grpo' }],
    },
    picture: null,
    equation: 'weight',
    numbers: {},
    claims: [
      { study: 'algorithms', index: 0 },
      { study: 'algorithms', index: 1 },
      { study: 'algorithms', index: 5 },
      { study: 'pass-at-k-training', index: 1 },
    ],
    own: null,
    sandbox: ['algorithm', 'groupSize'],
  },
  {
    name: 'distillation',
    answeredBy: 'study',
    study: 'beyond',
    settings: {
      ...TRAINED,
      prior: 'narrow',
      experiment: 'distillation',
      steps: 60,
    },
    question: { kind: 'arms', arms: ['grpo', 'opd', 'sft'], measure: 'beyond pass@256' },
    picture: null,
    equation: 'distillation',
    numbers: {
      base: { study: 'beyond', arm: 'grpo', measure: 'beyond pass@256', when: 'base' },
      warm: { study: 'beyond', arm: 'warm', measure: 'beyond pass@256' },
      known: { study: 'distillation', arm: 'sft', measure: 'pass@256' },
      knownBase: { study: 'distillation', arm: 'sft', measure: 'pass@256', when: 'base' },
    },
    claims: [
      { study: 'beyond', index: 1 },
      { study: 'beyond', index: 3 },
    ],
    own: null,
    sandbox: ['experiment', 'warmSteps', 'steps'],
  },
  {
    name: 'sampling',
    answeredBy: 'study',
    study: 'power',
    settings: { ...TRAINED, experiment: 'power-sampling', steps: 10, evalEvery: 1 },
    question: overK({
      asked: arm('power-4'),
      given: [arm('base grpo')],
      revealed: [arm('grpo')],
    }),
    picture: null,
    equation: 'power',
    numbers: {
      cold: { study: 'power', arm: 'cold', measure: 'pass@1' },
      power: { study: 'power', arm: 'power-4', measure: 'pass@1' },
    },
    claims: [
      { study: 'power', index: 1 },
      { study: 'power', index: 2 },
    ],
    own: 'now',
    sandbox: ['alpha', 'blocks', 'seed'],
  },
  {
    name: 'vanish',
    answeredBy: 'study',
    study: 'capacity',
    settings: { ...TRAINED, trainProblems: 4 },
    question: {
      kind: 'curve',
      over: 'problems',
      handles: [1, 4, 16, 64, 512],
      yMax: 1,
      asked: arm('end', 'train.passAt.256'),
      given: [arm('base', 'train.passAt.256')],
      revealed: [],
    },
    picture: null,
    equation: null,
    numbers: {
      still: { study: 'no-training', arm: 'still', measure: 'pass@256' },
      stillBase: { study: 'no-training', arm: 'still', measure: 'pass@256', when: 'base' },
      penalty: { study: 'kl', arm: 'klCoefficient-0.3', measure: 'pass@256' },
      penaltyOne: { study: 'kl', arm: 'klCoefficient-0.3', measure: 'pass@1' },
      coin: { study: 'spurious', arm: 'random', measure: 'pass@1' },
    },
    claims: [
      { study: 'capacity', index: 0 },
      { study: 'capacity', index: 2 },
      { study: 'spurious', index: 1 },
    ],
    own: 'trained on',
    sandbox: ['trainProblems', 'klCoefficient', 'verifier'],
  },
  {
    name: 'large',
    answeredBy: 'papers',
    settings: {},
    question: { kind: 'count', count: 'same sign', edges: [0, 25, 50, 75, 100] },
    picture: 'papers',
    equation: null,
    numbers: {
      toy: { study: 'no-training', arm: 'grpo', measure: 'pass@256' },
      toyBase: { study: 'no-training', arm: 'grpo', measure: 'pass@256', when: 'base' },
    },
    claims: [{ study: 'steps', index: 1 }],
    own: null,
    sandbox: [],
  },
];

/** The chapter of that name, or undefined. */
export const chapterNamed = (name: string): Chapter | undefined =>
  CHAPTERS.find((chapter) => chapter.name === name);
