import type { RunSettings } from '../../run/table.ts';
import type { Chapter, CurveQuestion, LineSpec, Over, RunLine } from './chapter.ts';

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

const run = (line: RunLine): LineSpec => ({ of: 'run', line });
const arm = (name: string, measure?: string, color?: string): LineSpec => ({
  ...{ of: 'study', arm: name },
  ...(measure && { measure }),
  ...(color && { color }),
});
/** In the colours that base and chance have everywhere; in a study's own figure they have that of their arm. */
const BASE = arm('base grpo', '', 'var(--base)');
const CHANCE = arm('chance grpo', '', 'var(--chance)');

/** A curve to be drawn, with nothing beside it unless more is said. */
const curve = (
  over: Over,
  handles: readonly number[],
  more: Pick<CurveQuestion, 'asked'> & Partial<CurveQuestion>,
): CurveQuestion => ({
  ...{ kind: 'curve', over, handles, yMax: 1, given: [], revealed: [] },
  ...more,
});

/** The story in its order; what it says stands in messages/, by the name of the chapter. */
export const CHAPTERS: readonly Chapter[] = [
  // What RLVR does, in runs made here and now.
  {
    name: 'verifier',
    answeredBy: 'run',
    settings: UNTRAINED,
    question: { kind: 'count', count: 'accepted', edges: [0, 1, 5, 15, 40, 100] },
    picture: 'answers',
    numbers: { base: { study: 'no-training', arm: 'grpo', measure: 'pass@1', when: 'base' } },
    claims: {},
    sandbox: ['task', 'prior', 'evalTemperature'],
  },
  {
    name: 'pass-at-k',
    answeredBy: 'run',
    settings: UNTRAINED,
    question: curve('k', KS, {
      asked: run('base'),
      revealed: [run('chance')],
      pinned: true,
      adds: 'estimates',
    }),
    numbers: {
      one: { study: 'no-training', arm: 'grpo', measure: 'pass@1', when: 'base' },
      many: { study: 'no-training', arm: 'grpo', measure: 'pass@256', when: 'base' },
    },
    claims: {},
    own: 'base',
    sandbox: ['evalSamples', 'evalTemperature', 'task'],
  },
  {
    name: 'sharpen',
    answeredBy: 'run',
    settings: TRAINED,
    question: curve('step', STEPS, { asked: run('pass@1'), pinned: true }),
    numbers: {
      before: { study: 'no-training', arm: 'grpo', measure: 'pass@1', when: 'base' },
      after: { study: 'no-training', arm: 'grpo', measure: 'pass@1' },
    },
    claims: { 'no-training': [0, 4] },
    own: 'pass@1',
    sandbox: ['lr', 'groupSize', 'seed'],
  },
  {
    name: 'crossing',
    answeredBy: 'run',
    settings: TRAINED,
    question: curve('k', KS, {
      asked: run('now'),
      given: [run('base')],
      revealed: [run('chance')],
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
    name: 'entropy',
    answeredBy: 'run',
    settings: TRAINED,
    question: curve('step', STEPS, { asked: run('entropy'), yMax: 1.5 }),
    numbers: {
      before: { study: 'no-training', arm: 'grpo', measure: 'entropy', when: 'base' },
      after: { study: 'no-training', arm: 'grpo', measure: 'entropy' },
    },
    claims: { temperature: [0, 1] },
    own: 'entropy',
    sandbox: ['entropyCoefficient', 'temperature', 'lr'],
  },
  {
    name: 'lost',
    answeredBy: 'run',
    settings: TRAINED,
    question: { kind: 'count', count: 'lost', edges: [0, 1, 10, 30, 60, 100] },
    picture: 'moved',
    numbers: { gained: { study: 'no-training', arm: 'grpo', measure: 'RL only' } },
    claims: { 'group-size': [4] },
    sandbox: ['groupSize', 'algorithm', 'seed'],
  },
  {
    name: 'found',
    answeredBy: 'study',
    study: 'rarity',
    settings: { ...TRAINED, algorithm: 'entropy-bonus', lr: 5e-4, steps: 150, evalProblems: 200 },
    question: {
      kind: 'arms',
      arms: ['grpo-0.01', 'pass-k-0.01', 'entropy-0.01', 'sft-0.01'],
      measure: 'rare pass@256',
    },
    numbers: {
      base: { study: 'rarity', arm: 'grpo-0.01', measure: 'rare pass@256', when: 'base' },
      grpo: { study: 'rarity', arm: 'grpo-0.01', measure: 'rare pass@256' },
      entropy: { study: 'rarity', arm: 'entropy-0.01', measure: 'rare pass@256' },
      taught: { study: 'rarity', arm: 'sft-0.01', measure: 'rare pass@256' },
      never: { study: 'rarity', arm: 'entropy-0', measure: 'rare pass@256' },
      neverTaught: { study: 'rarity', arm: 'sft-0', measure: 'rare pass@256' },
    },
    claims: { rarity: [3, 9] },
    sandbox: ['algorithm', 'lr', 'entropyCoefficient'],
  },

  // What can be asked of it, mostly answered by recorded studies.
  {
    name: 'luck',
    answeredBy: 'study',
    study: 'luck',
    settings: { ...TRAINED, base: 'live', pretrainSteps: 1, pretrainLr: 1e-5, steps: 20 },
    question: curve('k', KS, {
      asked: arm('untrained'),
      given: [BASE],
      revealed: [CHANCE, arm('grpo')],
    }),
    numbers: {
      chance: { study: 'luck', arm: 'untrained', measure: 'pass@1024' },
      trained: { study: 'luck', arm: 'grpo', measure: 'pass@1024' },
    },
    claims: { luck: [4, 5] },
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
    question: curve('step', [0, 1 / 3, 2 / 3, 1], {
      asked: arm('grpo', 'sound pass@1', 'var(--good)'),
      given: [arm('grpo', 'pass@1')],
    }),
    numbers: {
      wrong: { study: 'soundness', arm: 'grpo', measure: 'wrong_credit' },
      process: { study: 'soundness', arm: 'process', measure: 'wrong_credit' },
      processOne: { study: 'soundness', arm: 'process', measure: 'pass@1' },
      baseOne: { study: 'soundness', arm: 'process', measure: 'pass@1', when: 'base' },
    },
    claims: { soundness: [1, 3, 6] },
    own: 'sound pass@1',
    sandbox: ['algorithm', 'steps', 'seed'],
  },
  {
    name: 'algorithms',
    answeredBy: 'formula',
    settings: { groupSize: 8, algorithm: 'grpo' },
    question: curve('p', [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999], {
      yMax: 5,
      asked: { of: 'weight', algorithm: 'grpo' },
      revealed: [{ of: 'weight', algorithm: 'dr-grpo' }],
    }),
    picture: 'choices',
    numbers: {},
    claims: { algorithms: [0, 1, 5], 'pass-at-k-training': [1] },
    sandbox: ['algorithm', 'groupSize'],
  },
  {
    name: 'distillation',
    answeredBy: 'study',
    study: 'beyond',
    settings: { ...TRAINED, prior: 'narrow', experiment: 'distillation', steps: 60 },
    question: { kind: 'arms', arms: ['grpo', 'opd', 'sft'], measure: 'beyond pass@256' },
    numbers: {
      base: { study: 'beyond', arm: 'grpo', measure: 'beyond pass@256', when: 'base' },
      started: { study: 'beyond', arm: 'warm', measure: 'beyond.passAt.256', when: 20 },
      warm: { study: 'beyond', arm: 'warm', measure: 'beyond.passAt.256' },
      startedOne: { study: 'beyond', arm: 'warm', measure: 'beyond.passAt.1', when: 20 },
      warmOne: { study: 'beyond', arm: 'warm', measure: 'beyond.passAt.1' },
      known: { study: 'distillation', arm: 'sft', measure: 'pass@256' },
      knownBase: { study: 'distillation', arm: 'sft', measure: 'pass@256', when: 'base' },
    },
    claims: { beyond: [1, 3] },
    sandbox: ['experiment', 'warmSteps', 'steps'],
  },
  {
    name: 'sampling',
    answeredBy: 'study',
    study: 'power',
    settings: { ...TRAINED, experiment: 'power-sampling', steps: 10, evalEvery: 1 },
    question: curve('k', KS, { asked: arm('power-4'), given: [BASE], revealed: [arm('grpo')] }),
    numbers: {
      cold: { study: 'power', arm: 'cold', measure: 'pass@1' },
      power: { study: 'power', arm: 'power-4', measure: 'pass@1' },
      chain: { study: 'power', arm: 'power-4', measure: 'chain pass@1' },
    },
    claims: { power: [1, 2, 5] },
    own: 'now',
    sandbox: ['alpha', 'blocks', 'seed'],
  },
  {
    name: 'vanish',
    answeredBy: 'study',
    study: 'capacity',
    settings: { ...TRAINED, trainProblems: 4 },
    question: curve('problems', [1, 4, 16, 64, 512], {
      asked: arm('end', 'train.passAt.256'),
      given: [arm('base', 'train.passAt.256')],
    }),
    numbers: {
      still: { study: 'no-training', arm: 'still', measure: 'pass@256' },
      stillBase: { study: 'no-training', arm: 'still', measure: 'pass@256', when: 'base' },
      penalty: { study: 'kl', arm: 'klCoefficient-0.3', measure: 'pass@256' },
      plainOne: { study: 'kl', arm: 'klCoefficient-0', measure: 'pass@1' },
      penaltyOne: { study: 'kl', arm: 'klCoefficient-0.3', measure: 'pass@1' },
      coin: { study: 'spurious', arm: 'random', measure: 'pass@1' },
    },
    claims: { capacity: [0, 2, 4], spurious: [1] },
    own: 'trained on',
    sandbox: ['trainProblems', 'klCoefficient', 'verifier'],
  },
  {
    name: 'large',
    answeredBy: 'papers',
    settings: TRAINED,
    question: { kind: 'count', count: 'same sign', edges: [0, 25, 50, 75, 100] },
    picture: 'findings',
    numbers: {
      toy: { study: 'no-training', arm: 'grpo', measure: 'pass@256' },
      toyBase: { study: 'no-training', arm: 'grpo', measure: 'pass@256', when: 'base' },
    },
    claims: { steps: [1] },
    sandbox: ['task', 'algorithm', 'width', 'lr', 'seed'],
  },
];

/** The chapter of that name, or undefined. */
export const chapterNamed = (name: string): Chapter | undefined =>
  CHAPTERS.find((chapter) => chapter.name === name);
