/** The words of the trade, as this page uses them. */
export const TERMS = {
  'accept set':
    'All answers to a problem that the verifier takes. Here it is listed, which is what makes every number exact.',
  advantage:
    'How much better an answer was paid than a baseline, here its group’s mean, in some unit such as the group’s deviation.',
  base: 'The policy before RL: pretrained, and paid for nothing yet. Blue and dashed in every figure.',
  chance: 'What uniformly random tokens would reach, computed over the accept sets.',
  clip: 'Beyond some bounds of the importance ratio a token gets no gradient, so that one update cannot run off with old samples.',
  coverage:
    'The share of problems that can be solved at all within a budget of samples; pass@k at large k.',
  crossing:
    'The number of samples a problem from which on the base solves more problems than the trained policy.',
  distillation: 'Learning from the answers, or the probabilities, of a teacher instead of rewards.',
  entropy:
    'How undecided the policy is where it samples, in nats a token: −Σ π log π. 0 is always the same choice.',
  GRPO: 'Group relative policy optimisation (Shao et al. 2024): an update that compares each answer with the others of its group.',
  group: 'The answers sampled for one prompt in one step, which are compared with one another.',
  'held out': 'Kept out of training: never paid for, so that it cannot have been learned by heart.',
  'importance ratio':
    'How much likelier a token is under the policy now than under the one that sampled it.',
  interval:
    'The range that covers the mean over seeds with 95 % confidence, by Student’s t. If that of a difference includes 0, two things cannot be told apart.',
  KL: 'Kullback–Leibler divergence: how far the policy is from its base, in nats an answer. A penalty on it holds the policy back.',
  'learning rate': 'How far an update moves the weights. With 0 they stay.',
  now: 'The policy being trained, where it is now. Orange in every figure.',
  'pass@1': 'The share of problems that one sample solves: the mean of p.',
  'pass@256': 'The share of problems that at least one of 256 samples solves.',
  'pass@k':
    'The share of problems that at least one of k samples solves: the mean of 1 − (1 − p)ᵏ.',
  perplexity:
    'The exponential of the mean negative log-probability of an answer’s tokens: how surprised a model is by it.',
  policy: 'The network seen as a distribution over answers: what it says, with which probability.',
  'power sampling': 'Drawing an answer by a power of its whole probability, without training.',
  reward: 'What an answer is paid. Here the verifier pays 1 or 0.',
  RLVR: 'Reinforcement learning with verifiable rewards: the policy answers, a program checks, and an update makes what was paid likelier.',
  rollout: 'An answer that the policy samples to learn from.',
  seed: 'The number from which all sampled tokens and all prompts of a run follow. The same seed gives the same run.',
  SFT: 'Supervised fine-tuning: training on given answers, token by token; here those of a teacher.',
  support:
    'The answers that have a probability worth the name: more than samples could miss. Outside it nothing is found, so nothing is paid.',
  temperature: 'Divides the logits before sampling: above 1 it flattens, below 1 it sharpens.',
  token:
    'One sign of an answer, such as a number or a plus; the policy writes them one after another.',
  verifier: 'A program that takes or refuses an answer, without a person or another model.',
};

export type TermName = keyof typeof TERMS;

/** The colours of the words that are lines of figures. */
export const SERIES_OF: Readonly<Partial<Record<TermName, string>>> = {
  base: 'var(--base)',
  now: 'var(--now)',
  chance: 'var(--chance)',
  'pass@1': 'var(--k1)',
  'pass@256': 'var(--k256)',
  entropy: 'var(--entropy)',
  reward: 'var(--good)',
  distillation: 'var(--distilled)',
};
