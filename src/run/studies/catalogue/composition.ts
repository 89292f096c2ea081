import { STUDY_SEEDS, type StudyArm } from '../study.ts';
import { COUNTDOWN, study } from './shared.ts';

const YUAN = 'Yuan et al. 2025, arXiv 2509.25123';

/** The base was shown problems of at most so many operations; what follows sees those of exactly as many. */
const shown = (size: 2 | 3): Partial<StudyArm['settings']> => ({
  demonstratedSize: size,
  trainSizeMin: size,
  trainSizeMax: size,
});

const armsOf = (size: 2 | 3): StudyArm[] => [
  { id: `rl-${size}`, label: `RL on size ${size}`, role: 'now', settings: shown(size) },
  {
    id: `own-${size}`,
    label: `own right answers on size ${size}`,
    role: 'other',
    settings: { ...shown(size), experiment: 'expert-iteration' },
  },
];

export const composition = study({
  name: 'composition',
  title: 'Compositions that nobody has shown',
  question:
    'The base has seen programs for functions of few operations. Does RL on these make it solve functions of more? Does next-token training on the same problems?',
  settings: {
    ...COUNTDOWN,
    task: 'programs',
    base: 'live',
    pretrainSteps: 1000,
    evalProblems: 405,
    // The base answers once, and right answers are learned as demonstrations.
    ...{ evalEvery: 50, generationSteps: 100 },
  },
  // Every run pretrains its base, and is evaluated on four times the usual problems.
  seeds: STUDY_SEEDS.slice(0, 8),
  seedsBase: true,
  arms: [
    ...armsOf(3),
    {
      id: 'teacher-3',
      label: 'a teacher’s right answers on size 3',
      role: 'distilled',
      settings: { ...shown(3), experiment: 'distillation', teacherKeep: 'right' },
    },
    ...armsOf(2),
  ],
  figure: { kind: 'plane', x: 'pass@1 of size 3', y: 'pass@1 of size 4' },
  measures: [
    ...[2, 3, 4, 5].map((size) => `pass@1 of size ${size}`),
    ...[3, 4, 5].map((size) => `pass@256 of size ${size}`),
    'entropy',
  ],
  claims: [
    ...[3, 4, 5].flatMap((size) => [
      { measure: `pass@1 of size ${size}`, arm: 'rl-3', against: 'base' },
      { measure: `pass@1 of size ${size}`, arm: 'own-3', against: 'base' },
      { measure: `pass@1 of size ${size}`, arm: 'rl-3', against: 'own-3' },
    ]),
    { measure: 'pass@1 of size 4', arm: 'rl-3', against: 'teacher-3' },
    { measure: 'pass@256 of size 4', arm: 'rl-3', against: 'base' },
    { measure: 'pass@256 of size 5', arm: 'rl-3', against: 'base' },
    { measure: 'pass@1 of size 3', arm: 'rl-2', against: 'base' },
    { measure: 'pass@1 of size 3', arm: 'rl-2', against: 'own-2' },
  ],
  papers: [
    {
      says: 'After RL on compositions of two functions, those of more than two are solved more often than before.',
      source: YUAN,
      sign: 1,
      why: 'The base has written longer programs already, but for functions that shorter ones compute too; what RL on shorter ones teaches is which operations to choose, more than to put another one on top.',
      ...{ measure: 'pass@1 of size 4', arm: 'rl-3', against: 'base' },
    },
    {
      says: 'Rejection fine-tuning on the same problems does not get there.',
      source: YUAN,
      sign: 1,
      why: 'The two cannot be told apart: both learn from the policy’s own right answers here, and neither gets far at four operations.',
      ...{ measure: 'pass@1 of size 4', arm: 'rl-3', against: 'own-3' },
    },
    {
      says: 'Where RL sees only what the base was taught, without a composition, it does not transfer.',
      source: YUAN,
      sign: 0,
      ...{ measure: 'pass@1 of size 3', arm: 'rl-2', against: 'base' },
    },
  ],
  why: 'In the paper the base knows every function by heart, and the language before that; only nesting them is new. Here the operations stand in every answer, and a larger size adds one more of them. The base has written programs of five operations, but for functions that three compute as well. It has seen 384 problems of up to three operations, but only 120 of up to two.',
});
