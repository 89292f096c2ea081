import { ALGORITHMS, type AlgorithmName } from '../../../rl/algorithms.ts';
import type { ClaimSpec, StudyArm } from '../study.ts';
import { COUNTDOWN, GRPO_ARM, study } from './shared.ts';

const armOf = (algorithm: AlgorithmName): StudyArm => ({
  id: algorithm,
  label: ALGORITHMS[algorithm].label,
  role: 'other',
  settings: { algorithm },
});

/** The rows, each with what it changes by its one idea. */
const COMPARED: readonly (readonly [row: AlgorithmName, against: string])[] = [
  ['dual-clip', 'grpo-4'],
  ['sapo', 'grpo-4'],
  ['entropy-tokens', 'dapo'],
  ['kl-loss-k3-weighted', 'grpo'],
  ['differential-smoothing', 'grpo'],
  ['ucpo', 'grpo'],
  ['outcome-exploration', 'grpo'],
  ['flowrl', 'grpo'],
];

const both = (arm: string, against: string): ClaimSpec[] =>
  ['pass@1', 'pass@256'].map((measure) => ({ measure, arm, against }));

export const newerRows = study({
  name: 'newer-rows',
  title: 'Newer algorithms',
  question: 'Do the methods that followed keep what the base can solve, and at what price?',
  settings: COUNTDOWN,
  arms: [
    GRPO_ARM,
    {
      id: 'grpo-4',
      label: 'GRPO, 4 updates a step',
      role: 'control',
      settings: { minibatches: 4 },
    },
    { ...armOf('dapo'), role: 'control' },
    ...COMPARED.map(([row]) => armOf(row)),
  ],
  figure: { kind: 'plane', x: 'pass@1', y: 'pass@256' },
  more: [{ kind: 'plane', x: 'KL', y: 'KL from target' }],
  measures: ['pass@1', 'pass@16', 'pass@256', 'pass@1024', 'entropy', 'KL', 'KL from target'],
  claims: [
    ...COMPARED.flatMap(([row, against]) => both(row, against)),
    ...['flowrl', 'grpo'].map((arm) => ({ measure: 'KL from target', arm, against: 'base' })),
  ],
  papers: [
    {
      says: 'A soft gate in place of hard clipping trains more steadily, to a higher pass@1.',
      source: 'Gao et al. 2025, SAPO, arXiv 2511.20347',
      sign: 1,
      why: 'With answers of a few tokens and 4 updates per step, a gate has little to steady. What it lets through beyond the bounds costs breadth.',
      measure: 'pass@1',
      arm: 'sapo',
      against: 'grpo-4',
    },
    {
      says: 'Trained on the fifth of the tokens with the highest entropy, a model of 8 billion parameters does as well as on all of them; larger ones do better.',
      source: 'Wang et al. 2025, Beyond the 80/20 Rule, arXiv 2506.01939',
      sign: 0,
      why: 'An answer has five tokens here, and the first two decide. A fifth of all tokens leaves out some that matter; among thousands of tokens most follow from the others.',
      measure: 'pass@1',
      arm: 'entropy-tokens',
      against: 'dapo',
    },
    ...(['pass@1', 'pass@256'] as const).map((measure) => ({
      says:
        measure === 'pass@1'
          ? 'Smoothing right answers and sharpening wrong ones raises pass@1 …'
          : '… and pass@k, on Countdown too.',
      source: 'Gai et al. 2025, Differential Smoothing, arXiv 2511.19942',
      sign: 1 as const,
      why: 'The strength that keeps this small policy in one piece is so small that it changes little.',
      measure,
      arm: 'differential-smoothing',
      against: 'grpo',
    })),
    {
      says: 'An even push among right answers raises pass@k …',
      source: 'Lochab et al. 2026, UCPO, arXiv 2605.00365',
      sign: 1,
      why: 'A group of 8 has one or two right answers here, so there is little to even out.',
      measure: 'pass@256',
      arm: 'ucpo',
      against: 'grpo',
    },
    {
      says: '… while pass@1 stays about the same.',
      source: 'Lochab et al. 2026, UCPO, arXiv 2605.00365',
      sign: 0,
      measure: 'pass@1',
      arm: 'ucpo',
      against: 'grpo',
    },
    {
      says: 'Penalising repeats within a batch improves accuracy and slows the loss of variety.',
      source: 'Song et al. 2025, Outcome-based Exploration, arXiv 2509.06941',
      sign: 1,
      measure: 'pass@256',
      arm: 'outcome-exploration',
      against: 'grpo',
    },
    {
      says: 'Matching a distribution instead of maximising the reward scores higher on mathematics …',
      source: 'Zhu et al. 2025, FlowRL, arXiv 2509.15207',
      sign: 1,
      why: 'The target has a coefficient that holds the policy near its base; it keeps more at large k for it.',
      measure: 'pass@1',
      arm: 'flowrl',
      against: 'grpo',
    },
    {
      says: '… with more varied answers.',
      source: 'Zhu et al. 2025, FlowRL, arXiv 2509.15207',
      sign: 1,
      measure: 'entropy',
      arm: 'flowrl',
      against: 'grpo',
    },
  ],
  why: 'Each row is compared with the row that it changes by one idea, at one learning rate and with the same number of steps. The column KL says how far each has moved; whatever moves less has less to lose. Answers have a handful of tokens: a fifth of them is one or two, ratios stay near 1, and an answer is the same as the way to it. With FlowRL’s log Z from the group its gradient is that of a KL penalty in the reward. The distance from its target is a mean over held-out problems: its pass rates are exact, its KL from the base is estimated from 2 answers to each.',
});
