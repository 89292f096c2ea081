import type { StudyArm } from '../study.ts';
import { COUNTDOWN, study } from './shared.ts';

/** How often the base solves a problem in one try, in four ranges. */
const RANGES = [
  { id: 'hardest', label: 'p below 0.001', settings: { trainPMax: 1e-3 } },
  { id: 'hard', label: 'p from 0.001 to 0.01', settings: { trainPMin: 1e-3, trainPMax: 0.01 } },
  { id: 'edge', label: 'p from 0.01 to 0.1', settings: { trainPMin: 0.01, trainPMax: 0.1 } },
  { id: 'easy', label: 'p above 0.1', settings: { trainPMin: 0.1 } },
] as const;

const inRange: StudyArm[] = RANGES.map((range) => ({ ...range, role: 'other' }));

export const difficulty = study({
  name: 'difficulty',
  title: 'Easy or hard training problems',
  question:
    'Which problems teach RL most: those that the base hardly ever solves, or those that it solves often?',
  // As many problems in every arm.
  settings: { ...COUNTDOWN, trainProblems: 128 },
  arms: [...inRange, { id: 'any', label: 'any p', role: 'control', settings: {} }],
  figure: { kind: 'plane', x: 'pass@1', y: 'pass@256' },
  measures: [
    ...['pass@1', 'pass@16', 'pass@256', 'RL only', 'base only', 'zero-signal share', 'entropy'],
    ...['train.passAt.1', 'train.passAt.256'],
  ],
  claims: [
    ...['hardest', 'hard', 'edge', 'easy'].flatMap((arm) => [
      { measure: 'pass@1', arm, against: 'base' },
      { measure: 'pass@256', arm, against: 'base' },
    ]),
    { measure: 'pass@1', arm: 'edge', against: 'hardest' },
    { measure: 'pass@1', arm: 'edge', against: 'easy' },
    { measure: 'pass@256', arm: 'edge', against: 'easy' },
    { measure: 'RL only', arm: 'edge', against: 'easy' },
    { measure: 'train.passAt.256', arm: 'hardest', against: 'base' },
  ],
  papers: [
    {
      says: 'Training on problems that are too hard degrades the model.',
      source: 'arXiv 2605.28388',
      sign: -1,
      ...{ measure: 'pass@1', arm: 'hardest', against: 'base' },
    },
    {
      says: 'Harder is not better: problems in between are better than the hardest.',
      source: 'arXiv 2605.28388',
      sign: 1,
      ...{ measure: 'pass@1', arm: 'edge', against: 'hardest' },
    },
  ],
  why: 'A group of the toy has 8 answers. Below p = 0.001 fewer than one group in a hundred has a right one, and all others give no signal. The few with one right answer push it with the whole weight that standardising gives it. The bounds here are on the base’s exact p, in the paper on a share of samples.',
});
