import { GRPO, type AlgorithmChoices } from './choices.ts';

export { GRPO };

/**
 * An algorithm is a row of named choices and numbers. Every record says only in what it differs from GRPO.
 * A record whose method is published says from where, and how this one deviates from it.
 */
export interface Algorithm {
  label: string;
  source: string;
  /** Where it is not what its source describes, and where its numbers come from. */
  notes: string;
  differs: Partial<AlgorithmChoices>;
}

export const ALGORITHMS = {
  grpo: {
    label: 'GRPO',
    source: 'Shao et al. 2024, DeepSeekMath, arXiv 2402.03300',
    notes:
      'No KL term, as in Yue et al. 2025 (the paper: 0.04); clip 0.2 as in TRL and verl, without the dual clip of verl (3).',
    differs: {},
  },
  'dr-grpo': {
    label: 'Dr. GRPO',
    source: 'Liu et al. 2025, Understanding R1-Zero-Like Training, arXiv 2503.20783',
    notes: 'The constant of the loss is the longest answer, as in TRL.',
    differs: { advantage: 'group-centered', aggregation: 'constant-length' },
  },
  rloo: {
    label: 'RLOO',
    source: 'Ahmadian et al. 2024, Back to Basics, arXiv 2402.14740',
    notes: 'Without the KL penalty of the paper (TRL: 0.05 in the reward).',
    differs: { advantage: 'leave-one-out', surrogate: 'log-prob', aggregation: 'sequence-sum' },
  },
  reinforce: {
    label: 'REINFORCE',
    source: 'Williams 1992',
    notes: 'No baseline at all: with rewards of 0 and 1 only right answers teach.',
    differs: { advantage: 'return', surrogate: 'log-prob', aggregation: 'sequence-sum' },
  },
  'reinforce-pp': {
    label: 'REINFORCE++',
    source: 'Hu 2025, arXiv 2501.03262',
    notes: 'Without its KL penalty (OpenRLHF: k1 in the reward, 0.01), as in Yue et al. 2025.',
    differs: {
      advantage: 'return',
      normalisation: 'batch',
      aggregation: 'token-mean',
      klPlacement: 'reward',
      klEstimator: 'k1',
    },
  },
  'reinforce-pp-baseline': {
    label: 'REINFORCE++ with baseline',
    source: 'Hu 2025, arXiv 2501.03262',
    notes: 'Without its KL penalty (k2 in the loss).',
    differs: {
      advantage: 'group-centered',
      normalisation: 'batch',
      aggregation: 'token-mean',
      klEstimator: 'k2',
    },
  },
  remax: {
    label: 'ReMax',
    source: 'Li et al. 2024, arXiv 2310.10505',
    notes: 'G samples per prompt instead of one; greedy means a temperature of 0.001.',
    differs: {
      advantage: 'greedy-baseline',
      surrogate: 'log-prob',
      aggregation: 'sequence-sum',
    },
  },
  ppo: {
    label: 'PPO',
    source: 'Schulman et al. 2017, arXiv 1707.06347; whitening and λ = 1 as in verl',
    notes:
      'The value output shares the network with the policy and begins untrained (coefficient 0.1 as in TRL); 4 minibatches per step.',
    differs: {
      advantage: 'gae',
      normalisation: 'batch',
      aggregation: 'token-mean',
      minibatches: 4,
    },
  },
  'dual-clip': {
    label: 'GRPO with a dual clip',
    source: 'Ye et al. 2020, arXiv 1912.09729; verl’s default, 3',
    notes: '4 minibatches per step, since on-policy no ratio gets that far.',
    differs: { dualClip: 3, minibatches: 4 },
  },
  sapo: {
    label: 'SAPO',
    source: 'Gao et al. 2025, Soft Adaptive Policy Optimization, arXiv 2511.20347',
    notes:
      'τ = 1 for positive and 1.05 for negative advantages, as in the paper and TRL; 4 minibatches per step, since on-policy the gate is GRPO’s gradient.',
    differs: { surrogate: 'soft-gate', minibatches: 4 },
  },
  dapo: {
    label: 'DAPO',
    source: 'Yu et al. 2025, arXiv 2503.14476',
    notes:
      'Without the penalty on overlong answers, which do not exist here; 4 minibatches per step (the paper: 16).',
    differs: { aggregation: 'token-mean', clipHigh: 0.28, filter: 'mixed', minibatches: 4 },
  },
  gspo: {
    label: 'GSPO',
    source: 'Zheng et al. 2025, arXiv 2507.18071',
    notes:
      'The bounds of the paper are made for thousands of tokens. With a handful, nearly all answers are out of bounds after the first of 4 minibatches.',
    differs: { ratio: 'sequence', clipLow: 3e-4, clipHigh: 4e-4, minibatches: 4 },
  },
  cispo: {
    label: 'CISPO',
    source: 'MiniMax 2025, MiniMax-M1, arXiv 2506.13585',
    notes: 'No lower bound and 0.2 above, as in verl; 4 minibatches per step.',
    differs: {
      surrogate: 'clipped-weight',
      aggregation: 'token-mean',
      clipLow: 1,
      minibatches: 4,
    },
  },
  'kl-loss-k3': {
    label: 'GRPO + KL in the loss (k3)',
    source: 'Shao et al. 2024, DeepSeekMath, equation 4',
    notes:
      'Coefficient 0.1 instead of 0.04, for steps that are a thousand times as large. The plain k3 of the paper, without a ratio.',
    differs: { klCoefficient: 0.1 },
  },
  'kl-loss-k3-weighted': {
    label: 'GRPO + KL in the loss (w · k3)',
    source: 'DeepSeek-V3.2, 2025, arXiv 2512.02556; TRL from 1.10 on',
    notes:
      'Coefficient 0.1, as for k3. The ratio w is that of the token; TRL takes that of its surrogate. On-policy the gradient is that of k2.',
    differs: { klEstimator: 'k3-weighted', klCoefficient: 0.1 },
  },
  'kl-loss-k2': {
    label: 'GRPO + KL in the loss (k2)',
    source: 'Schulman 2020, Approximating KL Divergence',
    notes: 'Coefficient 0.1, as for k3.',
    differs: { klEstimator: 'k2', klCoefficient: 0.1 },
  },
  'kl-reward': {
    label: 'GRPO + KL in the reward (k1)',
    source: 'Ouyang et al. 2022, InstructGPT, arXiv 2203.02155',
    notes:
      'The estimates of an answer add up to one penalty on its reward. In a group that is all wrong or all right, standardizing makes the penalty alone a full-sized push. It holds the policy far more than the same coefficient in the loss.',
    differs: { klPlacement: 'reward', klEstimator: 'k1', klCoefficient: 0.1 },
  },
  flowrl: {
    label: 'FlowRL',
    source: 'Zhu et al. 2025, FlowRL, arXiv 2509.15207',
    notes:
      'Its loss is (log Z + log π − β r − log π_ref)². Here log Z is the mean over the group instead of a network of its own. On-policy the gradient is then that of r − KL / β less the group’s mean: the choices below, with 1 / β as the coefficient. β is 10 instead of 15, log-probabilities are of whole answers instead of means over tokens, rewards are 0 and 1 instead of standardized. So the target is exactly π_ref · e^(β r) / Z. This holds on-policy; in later updates of a step the residual would stay what it was when the answers were drawn.',
    differs: {
      advantage: 'group-centered',
      surrogate: 'clipped-weight',
      aggregation: 'sequence-sum',
      klPlacement: 'reward',
      klEstimator: 'k1',
      klCoefficient: 0.1,
    },
  },
  'entropy-bonus': {
    label: 'GRPO + entropy bonus',
    source: 'Williams & Peng 1991; coefficients as in PPO',
    notes: 'Coefficient 0.1; TRL and verl use 0.',
    differs: { entropyCoefficient: 0.1 },
  },
  'clip-cov': {
    label: 'Clip-Cov',
    source: 'Cui et al. 2025, The Entropy Mechanism, arXiv 2505.22617',
    notes:
      '2 % of the tokens instead of 0.02 %: a step has thousands of tokens here, not millions. On-policy.',
    differs: { covariance: 'clip-cov', aggregation: 'token-mean' },
  },
  'kl-cov': {
    label: 'KL-Cov',
    source: 'Cui et al. 2025, The Entropy Mechanism, arXiv 2505.22617',
    notes:
      '2 % of the tokens instead of 0.02 %; 4 minibatches per step, since on-policy its penalty has no gradient. The penalty stands in the place of bounds, as in the authors’ code.',
    differs: {
      surrogate: 'ratio',
      covariance: 'kl-cov',
      aggregation: 'token-mean',
      minibatches: 4,
    },
  },
  'entropy-tokens': {
    label: 'High-entropy tokens only',
    source: 'Wang et al. 2025, Beyond the 80/20 Rule, arXiv 2506.01939',
    notes:
      'DAPO on the fifth of the tokens with the highest entropy. They are chosen anew in each minibatch by the policy before its update. Answers have a handful of tokens here, so a fifth is one or two of an answer.',
    differs: {
      aggregation: 'token-mean',
      clipHigh: 0.28,
      filter: 'mixed',
      minibatches: 4,
      tokens: 'high-entropy',
    },
  },
  psr: {
    label: 'Positive only (PSR)',
    source: 'Zhu et al. 2025, arXiv 2506.01347',
    notes: 'Wrong answers stay in the divisor of the loss; the paper takes them out of the batch.',
    differs: { advantage: 'positive-only', aggregation: 'token-mean' },
  },
  nsr: {
    label: 'Negative only (NSR)',
    source: 'Zhu et al. 2025, arXiv 2506.01347',
    notes: 'Right answers stay in the divisor of the loss; the paper takes them out of the batch.',
    differs: { advantage: 'negative-only', aggregation: 'token-mean' },
  },
  'w-reinforce': {
    label: 'Weighted REINFORCE',
    source: 'Zhu et al. 2025, arXiv 2506.01347',
    notes: 'λ = 0.1 as in the paper.',
    differs: { advantage: 'weighted', aggregation: 'token-mean' },
  },
  'pass-at-k': {
    label: 'Pass@k training',
    source: 'Chen et al. 2025, arXiv 2508.10751',
    notes: 'The analytical advantage, with k = 4.',
    differs: { advantage: 'pass-at-k' },
  },
  maxrl: {
    label: 'MaxRL',
    source: 'MaxRL 2026, arXiv 2602.02710',
    notes: 'The estimator (r − mean) / mean of a group; nothing where none is right.',
    differs: { advantage: 'mean-normalized', aggregation: 'sequence-sum' },
  },
  unlikeliness: {
    label: 'Unlikeliness reward',
    source: 'He et al. 2025, Rewarding the Unlikely, arXiv 2506.02355',
    notes:
      'β = 0.25 and 2 epochs as in the paper. The group has the size of this page (the paper: 32). Ranks run from 0 to G − 1 by the mean log-probability of a token, as in the authors’ code; the factors of the paper’s formula are shifted by β / G.',
    differs: { reward: 'unlikeliness', innerEpochs: 2 },
  },
  'differential-smoothing': {
    label: 'Differential smoothing',
    source: 'Gai et al. 2025, Differential Smoothing, arXiv 2511.19942',
    notes:
      'Equation 6 as a re-implementation of the paper has it, with log π_old of the whole answer. One γ for right and wrong answers is chosen here. From 0.01 on it narrows the policy more than GRPO does, since every wrong answer is pushed down harder.',
    differs: { shaping: 'smoothing', shapingStrength: 0.005 },
  },
  ucpo: {
    label: 'UCPO',
    source: 'Lochab et al. 2026, Uniform-Correct Policy Optimization, arXiv 2605.00365',
    notes: 'τ = 0.3; likeliness is that of the policy that drew the answers.',
    differs: { shaping: 'uniform', shapingStrength: 0.3 },
  },
  'outcome-exploration': {
    label: 'Outcome-based exploration',
    source: 'Song et al. 2025, Outcome-based Exploration, arXiv 2509.06941',
    notes:
      'This is its batch version, which penalises repeats within a group. Its bonus for answers that are rare in the whole run would need a count of them. An answer is the whole response here, since no final answer stands apart from it. The coefficient is chosen here.',
    differs: { shaping: 'repeats', shapingStrength: 0.5 },
  },
  process: {
    label: 'GRPO + process rewards',
    source: 'Shao et al. 2024, DeepSeekMath, section 4.1.3',
    notes:
      'A program checks the steps in place of a reward model. It is only for tasks that write their steps.',
    differs: { reward: 'process', advantage: 'step-standardized' },
  },
  unsolved: {
    label: 'GRPO on unsolved problems',
    source: 'after arXiv 2606.15455 (updates on solved problems narrow the policy)',
    notes:
      'A problem leaves the training set with the first success on it. When none is left, nothing is updated any more.',
    differs: { filter: 'unsolved' },
  },
} satisfies Record<string, Algorithm>;

export type AlgorithmName = keyof typeof ALGORITHMS;

/** The algorithm from which every row says its differences. */
export const REFERENCE: AlgorithmName = 'grpo';

/** The whole row of an algorithm. */
export function choicesOf(name: AlgorithmName): AlgorithmChoices {
  return { ...GRPO, ...(ALGORITHMS[name] as Algorithm).differs };
}

/** The choices that a row makes differently from another one. */
export function differences(
  row: AlgorithmChoices,
  other: AlgorithmChoices,
): (keyof AlgorithmChoices)[] {
  return (Object.keys(GRPO) as (keyof AlgorithmChoices)[]).filter((key) => row[key] !== other[key]);
}
