import { STUDY_SEEDS, type Study } from '../study.ts';
import { COUNTDOWN, YUE } from './shared.ts';

export const algorithms: Study = {
  name: 'algorithms',
  title: 'Keeping the breadth while training',
  question:
    'Do a reward for subsets of answers, or a penalty on moving away, keep pass@k at large k?',
  settings: COUNTDOWN,
  arms: [
    { id: 'grpo', label: 'GRPO', role: 'now', settings: {} },
    {
      id: 'pass-at-k',
      label: 'Pass@k training',
      role: 'other',
      settings: { algorithm: 'pass-at-k' },
    },
    { id: 'kl', label: 'GRPO + KL 0.1', role: 'control', settings: { klCoefficient: 0.1 } },
  ],
  seeds: STUDY_SEEDS,
  figure: { kind: 'plane', x: 'pass@1', y: 'pass@256' },
  measures: ['pass@1', 'pass@16', 'pass@256', 'entropy', 'crossing', 'RL only', 'base only'],
  claims: [
    { measure: 'pass@1', arm: 'grpo', against: 'base' },
    { measure: 'pass@256', arm: 'grpo', against: 'base' },
    { measure: 'entropy', arm: 'grpo', against: 'base' },
    { measure: 'pass@1', arm: 'pass-at-k', against: 'grpo' },
    { measure: 'pass@256', arm: 'pass-at-k', against: 'grpo' },
    { measure: 'pass@1', arm: 'kl', against: 'grpo' },
    { measure: 'pass@256', arm: 'kl', against: 'grpo' },
  ],
  papers: [
    {
      says: 'RLVR raises pass@1 over the base.',
      source: `${YUE}, figure 2`,
      sign: 1,
      ...{ measure: 'pass@1', arm: 'grpo', against: 'base' },
    },
    {
      says: 'At large k the base solves more than the trained model.',
      source: `${YUE}, figure 2`,
      sign: -1,
      ...{ measure: 'pass@256', arm: 'grpo', against: 'base' },
    },
    {
      says: 'A KL penalty of 0.001 leaves a much lower pass@128 at a similar pass@1.',
      source: `${YUE}, figure 16`,
      sign: -1,
      ...{ measure: 'pass@256', arm: 'kl', against: 'grpo' },
    },
    {
      says: 'Rewarding subsets of answers gives a higher pass@k than rewarding each.',
      source: 'Chen et al. 2025, arXiv 2508.10751',
      sign: 1,
      ...{ measure: 'pass@256', arm: 'pass-at-k', against: 'grpo' },
    },
  ],
  why: 'The penalty here is a hundred times the paper’s and is measured at another k; the problems of the toy share few parameters and have few right answers.',
};
