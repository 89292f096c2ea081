import { COUNTDOWN, GRPO_ARM, YUE, study } from './shared.ts';

/** Spurious rewards are said to work through clipping, which acts only off-policy. */
const CLIPPED = { ...COUNTDOWN, minibatches: 4, lr: 3e-4 };

export const spurious = study({
  name: 'spurious',
  title: 'Spurious rewards',
  question: 'Is the verifier doing it, or would any reward?',
  settings: CLIPPED,
  arms: [
    { ...GRPO_ARM, label: 'true reward' },
    { id: 'random', label: 'random reward', role: 'control', settings: { verifier: 'random' } },
    {
      id: 'wrong',
      label: 'wrong answers rewarded',
      role: 'other',
      settings: { verifier: 'wrong' },
    },
    {
      id: 'format',
      label: 'well-formed answers rewarded',
      role: 'other',
      settings: { verifier: 'format' },
    },
  ],
  figure: { kind: 'overSteps', measure: 'pass@1' },
  measures: ['pass@1', 'pass@16', 'pass@256', 'entropy', 'KL'],
  claims: [
    { measure: 'pass@1', arm: 'grpo', against: 'base' },
    { measure: 'pass@1', arm: 'random', against: 'base' },
    { measure: 'pass@1', arm: 'wrong', against: 'base' },
    { measure: 'pass@1', arm: 'format', against: 'base' },
    { measure: 'pass@256', arm: 'random', against: 'base' },
  ],
  papers: [
    {
      says: 'Random rewards raise accuracy nearly as much as true ones (one family of models).',
      why: 'There the base’s habits, amplified by clipping, happened to be right ones; this base’s likeliest answers are mostly wrong.',
      source: 'Shao et al. 2025, arXiv 2506.10947',
      sign: 1,
      measure: 'pass@1',
      arm: 'random',
      against: 'base',
    },
    {
      says: 'So do rewards for wrong answers.',
      why: 'There wrong answers shared a useful form with right ones; here paying for them pays for nothing else.',
      source: 'Shao et al. 2025, arXiv 2506.10947',
      sign: 1,
      measure: 'pass@1',
      arm: 'wrong',
      against: 'base',
    },
    {
      says: 'Rewards for the format raise it less.',
      source: 'Shao et al. 2025, arXiv 2506.10947',
      sign: 1,
      why: 'This base’s answers are well-formed already.',
      measure: 'pass@1',
      arm: 'format',
      against: 'base',
    },
  ],
  why: 'There the base’s habits, amplified by clipping, happen to be right habits; other families of models did not show it. This base’s likeliest answers are mostly wrong.',
});

export const judges = study({
  name: 'judges',
  title: 'An imperfect judge',
  question: 'What happens when the reward comes from a judge that can be fooled?',
  settings: { ...COUNTDOWN, steps: 200 },
  arms: [
    { ...GRPO_ARM, label: 'verifier' },
    { id: 'judge', label: 'frozen judge', role: 'other', settings: { verifier: 'judge' } },
    {
      id: 'co-trained',
      label: 'co-trained judge',
      role: 'other',
      settings: { verifier: 'co-trained' },
    },
    { id: 'majority', label: 'own majority', role: 'other', settings: { verifier: 'majority' } },
  ],
  figure: { kind: 'overSteps', measure: 'proxy less truth' },
  more: [{ kind: 'overSteps', measure: 'pass@1' }],
  measures: [
    ...['pass@1', 'pass@256', 'reward', 'accuracy', 'proxy less truth'],
    ...['false_positives', 'entropy'],
  ],
  claims: [
    { measure: 'pass@1', arm: 'judge', against: 'grpo' },
    { measure: 'pass@1', arm: 'judge', against: 'base' },
    { measure: 'pass@1', arm: 'co-trained', against: 'base' },
    { measure: 'pass@1', arm: 'majority', against: 'base' },
    { measure: 'reward', arm: 'majority', against: 'grpo' },
    { measure: 'reward', arm: 'co-trained', against: 'judge' },
    ...['judge', 'co-trained', 'majority'].flatMap((arm) => [
      { measure: 'reward', arm, against: 'base' },
      { measure: 'proxy less truth', arm, against: null },
    ]),
  ],
  papers: [
    {
      says: 'With majority votes as reward the reward rises to its maximum …',
      source: 'Shafayat et al. 2025, arXiv 2505.21444',
      sign: 1,
      measure: 'reward',
      arm: 'majority',
      against: 'base',
    },
    {
      says: '… while accuracy collapses.',
      source: 'Shafayat et al. 2025, arXiv 2505.21444',
      sign: -1,
      measure: 'pass@1',
      arm: 'majority',
      against: 'base',
    },
    {
      says: 'Paid by a frozen copy of itself as judge, a model gets better, on Countdown too.',
      why: 'This judge is a network no larger than the policy, so that it can be fooled sooner than it can teach.',
      source: 'Simonds et al. 2025 (RLSR), arXiv 2505.08827',
      sign: 1,
      measure: 'pass@1',
      arm: 'judge',
      against: 'base',
    },
    {
      says: 'Paid by itself as it trains, it collapses.',
      source: 'Simonds et al. 2025 (RLSR), arXiv 2505.08827',
      sign: -1,
      measure: 'pass@1',
      arm: 'co-trained',
      against: 'base',
    },
  ],
  why: 'A large base’s majority is right more often than this one’s, and this judge is a network no larger than the policy. The reward and the share that is right are of the same answers to training problems. The co-trained judge learns from its own verdicts: with seven of sixteen seeds it ends by paying nobody, and groups without any reward teach the policy nothing.',
});

export const sparsity = study({
  name: 'sparsity',
  title: 'Group size and groups without signal',
  question:
    'With the same number of rollouts per step, are few large groups better than many small ones?',
  settings: COUNTDOWN,
  arms: [2, 4, 8, 16, 32, 64].map((groupSize) => ({
    id: `g${groupSize}`,
    label: `G = ${groupSize}`,
    role: 'other' as const,
    settings: { groupSize, prompts: 128 / groupSize },
  })),
  figure: {
    kind: 'overSetting',
    measure: 'zero-signal share',
    setting: 'groupSize',
    logarithmic: true,
  },
  measures: ['pass@1', 'pass@16', 'pass@256', 'entropy', 'zero-signal share'],
  claims: [
    { measure: 'zero-signal share', arm: 'g64', against: 'g2' },
    { measure: 'pass@1', arm: 'g64', against: 'g8' },
    { measure: 'pass@256', arm: 'g64', against: 'g8' },
    { measure: 'pass@256', arm: 'g2', against: 'g8' },
    { measure: 'pass@1', arm: 'g2', against: 'g8' },
  ],
  papers: [
    {
      says: 'More rollouts per prompt raise pass@128 slightly.',
      source: `${YUE}, section on the number of rollouts`,
      sign: 1,
      measure: 'pass@256',
      arm: 'g64',
      against: 'g8',
    },
  ],
  why: 'The paper keeps the number of prompts and adds rollouts; here the number of rollouts stays.',
});

export const collapse = study({
  name: 'collapse',
  title: 'Training on one’s own answers',
  question:
    'A model is trained on its own samples, generation after generation. What is left, with and without a verifier?',
  settings: COUNTDOWN,
  arms: [
    {
      id: 'self',
      label: 'all own answers',
      role: 'control',
      settings: { experiment: 'self-training' },
    },
    {
      id: 'expert',
      label: 'right own answers',
      role: 'other',
      settings: { experiment: 'expert-iteration' },
    },
    GRPO_ARM,
  ],
  figure: { kind: 'overSteps', measure: 'entropy' },
  measures: ['pass@1', 'pass@16', 'pass@256', 'entropy', 'KL'],
  claims: [
    { measure: 'entropy', arm: 'self', against: 'base' },
    { measure: 'pass@256', arm: 'self', against: 'base' },
    { measure: 'pass@1', arm: 'expert', against: 'base' },
    { measure: 'pass@256', arm: 'expert', against: 'base' },
    { measure: 'pass@1', arm: 'expert', against: 'grpo' },
  ],
  papers: [
    {
      says: 'Trained on its own output, a model loses the tails of its distribution.',
      source: 'Shumailov et al. 2024',
      sign: -1,
      why: 'Four generations of thousands of fresh answers are too few and too large to lose a tail; there it took more.',
      measure: 'pass@256',
      arm: 'self',
      against: 'base',
    },
  ],
  why: 'Four generations of 2,048 fresh answers are few, and each goes on from the one before instead of from the beginning.',
});
