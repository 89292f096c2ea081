import type { Chapter, LineSpec } from '../chapter.ts';
import { arm, overK, overSteps, TRAINED } from './parts.ts';

/** In the colours that base and chance have everywhere; in a study's own figure they have that of their arm. */
const BASE: LineSpec = { of: 'study', arm: 'base grpo', color: 'var(--base)' };
const CHANCE: LineSpec = { of: 'study', arm: 'chance grpo', color: 'var(--chance)' };

/** What can be asked of it, mostly answered by recorded studies. */
export const QUESTIONS: readonly Chapter[] = [
  {
    name: 'luck',
    answeredBy: 'study',
    study: 'luck',
    settings: { ...TRAINED, base: 'live', pretrainSteps: 1, pretrainLr: 1e-5, steps: 20 },
    question: overK({
      asked: arm('untrained'),
      given: [BASE],
      revealed: [CHANCE, arm('grpo')],
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
        asked: { of: 'study', arm: 'grpo', measure: 'sound pass@1', color: 'var(--good)' },
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
    picture: 'choices',
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
      given: [BASE],
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
