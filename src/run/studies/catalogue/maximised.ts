import type { ClaimSpec, StudyArm } from '../study.ts';
import { ALGORITHMS, type AlgorithmName } from '../../../rl/algorithms.ts';
import { COUNTDOWN, GRPO_ARM, study } from './shared.ts';

/** What each maximises; for REINFORCE and Dr. GRPO that is p itself, whose mean is pass@1. */
const OWN = {
  reinforce: 'pass@1',
  'dr-grpo': 'pass@1',
  maxrl: 'U maxrl',
  'pass-at-k': 'U pass-at-k',
} as const satisfies Partial<Record<AlgorithmName, string>>;

const OTHERS = Object.keys(OWN) as (keyof typeof OWN)[];

const against = (arm: string, measure: string): ClaimSpec => ({ measure, arm, against: 'grpo' });

export const maximised = study({
  name: 'maximised',
  title: 'What is maximised',
  question:
    'Algorithms climb different functions of p. Does each get higher than GRPO on its own function, and GRPO higher than each on GRPO’s?',
  // Each takes one update of each step’s answers, so that its expected direction is that of its own objective.
  settings: COUNTDOWN,
  arms: [
    GRPO_ARM,
    ...OTHERS.map((name): StudyArm => ({
      id: name,
      label: ALGORITHMS[name].label,
      role: 'other',
      settings: { algorithm: name },
    })),
  ],
  figure: { kind: 'plane', x: 'pass@1', y: 'U maxrl' },
  more: [{ kind: 'plane', x: 'U grpo', y: 'U pass-at-k' }],
  measures: ['pass@1', 'U grpo', 'U maxrl', 'U pass-at-k', 'pass^8', 'pass@256', 'KL'],
  claims: [
    ...OTHERS.map((name) => against(name, OWN[name])),
    ...OTHERS.map((name) => against(name, 'U grpo')),
  ],
  papers: [
    {
      says: 'A model trained for the likelihood of being right reaches a pass@k for which GRPO needs many times the samples.',
      source: 'MaxRL 2026, arXiv 2602.02710',
      sign: 1,
      ...{ measure: 'pass@256', arm: 'maxrl', against: 'grpo' },
    },
  ],
  why: 'All objectives rise with p, so what raises one nearly always raises the others. An objective decides which problems come first; held-out problems and shared parameters decide what becomes of that. All arms take the same number of steps at one learning rate. Adam divides out the height of an objective.',
});
