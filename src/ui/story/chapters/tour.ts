import type { Chapter } from '../chapter.ts';
import { curve, KS, run, STEPS, TRAINED, UNTRAINED } from './pieces.ts';

/** What RLVR does, in runs made here and now: a stop after the other, in a few minutes. */
export const TOUR: readonly Chapter[] = [
  {
    name: 'verifier',
    part: 'tour',
    answeredBy: 'run',
    settings: UNTRAINED,
    question: { kind: 'judge', answers: 6 },
    numbers: {
      base: { study: 'no-training', arm: 'grpo', measure: 'pass@1', when: 'base', as: 'of 100' },
    },
    claims: {},
    sandbox: ['task', 'prior', 'evalTemperature'],
  },
  {
    name: 'pass-at-k',
    part: 'tour',
    answeredBy: 'run',
    settings: UNTRAINED,
    question: curve('k', KS, {
      asked: run('base'),
      revealed: [run('chance')],
      pinned: 'base',
      rises: true,
      decides: 256,
      adds: 'estimates',
    }),
    numbers: {
      many: { study: 'no-training', arm: 'grpo', measure: 'pass@256', when: 'base', as: 'of 100' },
    },
    claims: {},
    own: 'base',
    sandbox: ['evalSamples', 'evalTemperature', 'task'],
  },
  {
    name: 'sharpen',
    part: 'tour',
    answeredBy: 'run',
    settings: TRAINED,
    question: curve('step', STEPS, { asked: run('pass@1'), pinned: 'base', decides: 1 }),
    numbers: {
      after: { study: 'no-training', arm: 'grpo', measure: 'pass@1', as: 'of 100' },
    },
    claims: { 'no-training': [0, 4] },
    own: 'pass@1',
    sandbox: ['lr', 'groupSize', 'seed'],
  },
  {
    name: 'crossing',
    part: 'tour',
    answeredBy: 'run',
    settings: TRAINED,
    question: curve('k', KS, {
      asked: run('now'),
      given: [run('base')],
      revealed: [run('chance')],
      pinned: 'now',
      rises: true,
      decides: 256,
      adds: 'crossing',
    }),
    numbers: {
      before: { study: 'no-training', arm: 'grpo', measure: 'pass@256', when: 'base' },
      after: { study: 'no-training', arm: 'grpo', measure: 'pass@256' },
      crossing: { study: 'no-training', arm: 'grpo', measure: 'crossing' },
    },
    claims: { 'no-training': [1] },
    own: 'now',
    sandbox: ['steps', 'klCoefficient', 'seed'],
  },
  {
    name: 'lost',
    part: 'tour',
    answeredBy: 'run',
    settings: TRAINED,
    question: { kind: 'count', count: 'lost', edges: [0, 1, 10, 30, 60, 100] },
    picture: 'moved',
    numbers: { gained: { study: 'no-training', arm: 'grpo', measure: 'RL only', as: 'whole' } },
    claims: { 'group-size': [4] },
    sandbox: ['groupSize', 'algorithm', 'seed'],
    recap: 'tour',
  },
];
