import { COUNTDOWN, GRPO_ARM, study, YUE } from './shared.ts';

export const noTraining = study({
  name: 'no-training',
  title: 'What RLVR does, and the control that must show nothing',
  question:
    'Is it the training that raises pass@1 and lowers pass@256, or would rollouts and evaluations alone?',
  settings: COUNTDOWN,
  arms: [GRPO_ARM, { id: 'still', label: 'learning rate 0', role: 'control', settings: { lr: 0 } }],
  figure: { kind: 'passAtK' },
  measures: ['pass@1', 'pass@16', 'pass@256', 'pass@1024', 'entropy', 'RL only', 'Δ_SE', 'KL'],
  claims: [
    { measure: 'pass@1', arm: 'grpo', against: 'base' },
    { measure: 'pass@256', arm: 'grpo', against: 'base' },
    { measure: 'entropy', arm: 'grpo', against: 'still' },
    { measure: 'crossing', arm: 'grpo', against: null },
    { measure: 'pass@1', arm: 'still', against: 'base' },
    { measure: 'pass@256', arm: 'still', against: 'base' },
  ],
  papers: [
    {
      says: 'RL raises pass@1 on every benchmark.',
      source: `${YUE}, figure 2`,
      sign: 1,
      ...{ measure: 'pass@1', arm: 'grpo', against: 'base' },
    },
    {
      says: 'At large k the base solves more than the trained model.',
      source: `${YUE}, figure 2 and table 4`,
      sign: -1,
      ...{ measure: 'pass@256', arm: 'grpo', against: 'base' },
    },
    {
      says: 'The trained model samples with less entropy than its base.',
      source: `${YUE}, section 4; Cui et al. 2025, arXiv 2505.22617`,
      sign: -1,
      ...{ measure: 'entropy', arm: 'grpo', against: 'still' },
    },
  ],
  why: 'All problems of the toy share 27 thousand parameters, and its losses at pass@256 are many times the few points of the paper.',
});
