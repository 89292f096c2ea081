import { COUNTDOWN, GRPO_ARM, study, YUE } from './shared.ts';

export const luck = study({
  name: 'luck',
  title: 'Is it luck?',
  question: 'With enough samples anything is solved by chance. How much of pass@k is that?',
  settings: { ...COUNTDOWN, evalSamples: 64 },
  arms: [
    GRPO_ARM,
    {
      id: 'untrained',
      label: 'an untrained network',
      role: 'control',
      settings: { base: 'live', pretrainSteps: 1, pretrainLr: 1e-5, steps: 0 },
    },
    {
      id: 'from-nothing',
      label: 'GRPO from the untrained network',
      role: 'other',
      settings: { base: 'live', pretrainSteps: 1, pretrainLr: 1e-5 },
    },
  ],
  figure: { kind: 'passAtK' },
  measures: [
    ...['pass@1', 'pass@16', 'pass@256', 'pass@1024'],
    ...['sampled pass@1', 'error of pass@1'],
  ],
  claims: [
    { measure: 'pass@256', arm: 'untrained', against: 'grpo' },
    { measure: 'pass@256', arm: 'from-nothing', against: 'untrained' },
    { measure: 'pass@1', arm: 'from-nothing', against: 'untrained' },
    { measure: 'pass@256', arm: 'grpo', against: 'chance', at: 'base' },
    { measure: 'pass@256', arm: 'grpo', against: 'chance' },
    { measure: 'pass@256', arm: 'untrained', against: 'chance' },
    { measure: 'pass@256', arm: 'from-nothing', against: 'chance' },
    { measure: 'sampled pass@1 less exact', arm: 'grpo', against: null },
    { measure: 'error of pass@1', arm: 'grpo', against: null },
    { measure: 'sampled pass@64 less exact', arm: 'grpo', against: null },
    { measure: 'error of pass@64', arm: 'grpo', against: null },
  ],
  papers: [
    {
      says: 'With enough samples guessing solves anything, so that pass@k at large k is luck (a criticism; the paper itself grants it for astronomic k).',
      source: `${YUE}, section 2.2`,
      sign: 0,
      measure: 'pass@1024',
      arm: 'grpo',
      against: 'chance',
      at: 'base',
    },
    {
      says: 'At the k that are used the base does not guess: 24 of its 25 hardest solved problems have a right chain of thought.',
      source: `${YUE}, on GSM8K`,
      sign: 1,
      measure: 'pass@256',
      arm: 'grpo',
      against: 'chance',
      at: 'base',
    },
  ],
  why: 'The dotted curve is uniformly random tokens, computed exactly, the control that the paper’s authors announced. The untrained network is one initialisation, the same with every seed: it prefers some tokens for no reason, and another one would prefer others. Chains of thought can be read for their reasons; here only the number of right answers tells luck from skill.',
});

export const soundness = study({
  name: 'soundness',
  title: 'Right answers by wrong steps',
  question:
    'If only answers count whose written steps all hold, does RL still gain? Does rewarding steps help?',
  settings: {
    task: 'countdown-steps',
    prompts: 8,
    groupSize: 8,
    steps: 60,
    evalEvery: 20,
    evalSamples: 0,
    evalProblems: 16,
  },
  arms: [
    { ...GRPO_ARM, label: 'outcome reward' },
    {
      id: 'process',
      label: 'steps and outcome',
      role: 'other',
      settings: { algorithm: 'process' },
    },
  ],
  figure: { kind: 'passAtK', sound: true },
  more: [{ kind: 'overSteps', measure: 'sound pass@1' }],
  measures: ['pass@1', 'sound pass@1', 'pass@256', 'sound pass@256', 'wrong_steps', 'wrong_credit'],
  claims: [
    { measure: 'pass@1', arm: 'grpo', against: 'base' },
    { measure: 'sound pass@1', arm: 'grpo', against: 'base' },
    { measure: 'sound pass@256', arm: 'grpo', against: 'base' },
    { measure: 'sound pass@1', arm: 'process', against: 'grpo' },
    { measure: 'sound pass@256', arm: 'process', against: 'grpo' },
    { measure: 'wrong_credit', arm: 'process', against: 'grpo' },
    ...['pass@1', 'pass@256'].flatMap((measure) =>
      ['base', 'grpo'].map((against) => ({ measure, arm: 'process', against })),
    ),
  ],
  papers: [
    {
      says: 'Counting only correct reasoning, RLVR leads the base at every k up to 1024.',
      source: 'Wen et al. 2025, arXiv 2506.14245',
      sign: 1,
      measure: 'sound pass@256',
      arm: 'grpo',
      against: 'base',
    },
    {
      says: 'Process supervision beats outcome supervision.',
      source: 'Shao et al. 2024, arXiv 2402.03300; Lightman et al. 2023',
      sign: 1,
      measure: 'pass@1',
      arm: 'process',
      against: 'grpo',
    },
    {
      says: 'The same, counting only sound answers.',
      source: 'Shao et al. 2024, arXiv 2402.03300; Lightman et al. 2023',
      sign: 1,
      measure: 'sound pass@1',
      arm: 'process',
      against: 'grpo',
    },
  ],
  why: 'Here a lie in the steps costs nothing and reaches the target directly, so an outcome reward teaches it; a large model’s wrong steps seldom lead to the right answer. Paid for each valid step, this policy gets little credit for wrong ones, and its answers are right less often than its base’s.',
});
