import type { Chapter } from '../chapter.ts';
import { overK, overSteps, run, TRAINED, UNTRAINED } from './parts.ts';

/** What RLVR does, in runs made here and now. */
export const EFFECT: readonly Chapter[] = [
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
      adds: 'estimates',
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
    question: overK({
      asked: run('now'),
      given: [run('base')],
      revealed: [run('chance')],
      adds: 'crossing',
    }),
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
];
