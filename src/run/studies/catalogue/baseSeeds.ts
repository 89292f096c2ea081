import { COUNTDOWN, GRPO_ARM, study, YUE } from './shared.ts';

export const baseSeeds = study({
  name: 'base-seeds',
  title: 'Another base with every seed',
  question: 'All other studies begin with one base. Does what they show hold for other bases too?',
  settings: { ...COUNTDOWN, base: 'live' },
  seedsBase: true,
  arms: [
    { ...GRPO_ARM, label: 'GRPO, a base a seed' },
    { id: 'shipped', label: 'GRPO, one base', role: 'other', settings: { base: 'shipped' } },
  ],
  figure: { kind: 'passAtK' },
  measures: ['pass@1', 'pass@16', 'pass@256', 'pass@1024', 'entropy', 'RL only', 'base only'],
  claims: [
    { measure: 'pass@1', arm: 'grpo', against: 'base' },
    { measure: 'pass@256', arm: 'grpo', against: 'base' },
    { measure: 'crossing', arm: 'grpo', against: null },
    { measure: 'pass@1', arm: 'grpo', against: 'shipped' },
    { measure: 'pass@256', arm: 'grpo', against: 'shipped' },
  ],
  papers: [
    {
      says: 'At large k the base solves more than the trained model, with every family of base.',
      source: `${YUE}, figure 2 and table 4`,
      sign: -1,
      ...{ measure: 'pass@256', arm: 'grpo', against: 'base' },
    },
  ],
  why: 'The bases differ in their first weights and in the demonstrations that they were shown, not in size, task or recipe. In the paper they come from different makers and in different sizes. The held-out problems are the same.',
});
