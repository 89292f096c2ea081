import { settingsOver } from '../../settings.ts';
import type { RunSettings } from '../../table.ts';
import { STUDY_SEEDS, type ClaimSpec, type StudyArm } from '../study.ts';
import { COUNTDOWN, study, YUE } from './shared.ts';

/** Not a demonstration of multiplication, ever; then one with one × as likely as so many of others. */
const RARITIES = [0, 1e-4, 1e-3, 1e-2, 0.1, 1] as const;

/** The ways of learning, each a line over the rarities. */
const METHODS: Record<
  string,
  Pick<StudyArm, 'label' | 'role'> & { settings: Partial<RunSettings> }
> = {
  grpo: { label: 'GRPO', role: 'now', settings: {} },
  'pass-k': { label: 'pass@k training', role: 'other', settings: { algorithm: 'pass-at-k' } },
  entropy: { label: 'entropy bonus', role: 'other', settings: { algorithm: 'entropy-bonus' } },
  sft: { label: 'SFT on a teacher', role: 'distilled', settings: { experiment: 'distillation' } },
  'then-rl': { label: 'SFT, then GRPO', role: 'other', settings: { warmSteps: 75 } },
};

const armId = (method: string, rarity: number): string => `${method}-${rarity}`;

const arms = Object.entries(METHODS).flatMap(([method, { label, role, settings }]) =>
  RARITIES.map((rarity): StudyArm => ({
    id: armId(method, rarity),
    label: `${label}, ρ = ${rarity}`,
    line: label,
    role,
    // A row of an algorithm says all that it needs; the step size is the study's for every one.
    settings: { ...settings, rarity },
  })),
);

const against = (method: string, other: string, measure: string): ClaimSpec[] =>
  RARITIES.map((rarity) => ({
    measure,
    arm: armId(method, rarity),
    against: other === 'base' ? other : armId(other, rarity),
  }));

const OVER_RARITY = {
  kind: 'overSetting',
  setting: 'rarity',
  logarithmic: true,
  withZero: true,
} as const;

/** The share of demonstrations that use multiplication once is about twice the rarity. */
export const rarity = study({
  name: 'rarity',
  title: 'How rare is too rare?',
  question:
    'A base has seen multiplication often, rarely or never. How little of it is enough for each way of learning to solve the problems that need it?',
  settings: {
    ...COUNTDOWN,
    ...{
      base: 'live',
      prior: 'long-tailed',
      lr: settingsOver({}).lr / 2,
      steps: 150,
      evalEvery: 50,
    },
    evalProblems: 200,
  },
  // Every run has a base of its own, of which there are 48.
  seeds: STUDY_SEEDS.slice(0, 8),
  seedsBase: true,
  arms,
  figure: { ...OVER_RARITY, measure: 'rare pass@256' },
  more: [
    { ...OVER_RARITY, measure: 'rare pass@1' },
    { ...OVER_RARITY, measure: 'common pass@256' },
  ],
  measures: ['rare pass@1', 'rare pass@256', 'common pass@1', 'common pass@256', 'RL only'],
  claims: [
    ...against('grpo', 'base', 'rare pass@256'),
    ...against('entropy', 'base', 'rare pass@256'),
    ...against('pass-k', 'base', 'rare pass@256'),
    ...against('sft', 'base', 'rare pass@256'),
    ...against('then-rl', 'sft', 'rare pass@256'),
    ...against('grpo', 'base', 'rare pass@1'),
  ],
  papers: [
    {
      says: 'RL gains at large k only at the edge of competence, with about 1 % of exposure in pretraining …',
      source: 'Zhang et al. 2025, arXiv 2512.07783',
      sign: 1,
      why: 'Plain GRPO narrows here at every rarity. With an entropy bonus the gain is there, and only at this rarity: the edge of competence is reached by what goes on exploring.',
      ...{ measure: 'rare pass@256', arm: 'grpo-0.01', against: 'base' },
    },
    {
      says: '… and none where there was none.',
      source: 'Zhang et al. 2025, arXiv 2512.07783',
      sign: 0,
      ...{ measure: 'rare pass@256', arm: 'grpo-0', against: 'base' },
    },
    {
      says: 'RL does not find what its base lacks.',
      source: YUE,
      sign: 0,
      ...{ measure: 'rare pass@256', arm: 'grpo-0.0001', against: 'base' },
    },
    {
      says: 'A model that RL trains for long and holds to exploring solves what its base never did.',
      source: 'Liu et al. 2025 (ProRL), arXiv 2505.24864',
      sign: 1,
      ...{ measure: 'rare pass@256', arm: 'entropy-0.01', against: 'base' },
    },
    {
      says: 'After a warm start RL comes to solve families of problems of which the base solves none.',
      source: 'Sun et al. 2025 (DELTA-Code), arXiv 2509.21016',
      sign: 1,
      ...{ measure: 'rare pass@256', arm: 'then-rl-0', against: 'base' },
    },
  ],
  why: 'One skill is rare here, and it is known exactly how rare; for a large model’s pretraining that can only be guessed. A fifth of the problems that RL trains on need it. The base varies with the seed, since every base sees a few other demonstrations of a rare skill.',
});
