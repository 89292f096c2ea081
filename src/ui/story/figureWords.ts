import { words } from '../../text/words.ts';

/** Titles and y axes of the chapters' figures, by the name of the chapter. */
export const FIGURE_TEXT: Readonly<Record<string, string>> = words('story-figures', {
  'pass-at-k title': 'pass@k of the base',
  'pass-at-k y': 'pass@k',
  'sharpen title': 'pass@1 over training',
  'sharpen y': 'pass@1, held out',
  'crossing title': 'pass@k before and after',
  'crossing y': 'pass@k',
  'entropy title': 'Entropy over training',
  'entropy caption': 'Computed here and now, seed {seed}; of the answers that each step samples.',
  'entropy y': 'entropy (nats a token)',
  'luck title': 'pass@k of a network that has learned nothing',
  'luck y': 'pass@k',
  'credit title': 'Right answers, and right with right steps',
  'credit y': 'share of answers',
  'algorithms title': 'The weight of a problem in the first update',
  'algorithms caption': 'Computed here, from the formula, for groups of 8.',
  'algorithms y': 'w(p)',
  'found title': 'pass@256 on problems that need multiplication',
  'distillation title': 'pass@256 beyond the prior',
  'sampling title': 'pass@k of the base, of its power, of GRPO',
  'sampling y': 'pass@k',
  'vanish title': 'pass@256 on the problems trained on',
  'vanish y': 'pass@256',
  'lost title': 'Each held-out problem, before and after',
  'verifier count': 'Right answers of 100',
  'lost count': 'Problems lost, of 100',
  'large count': 'Recorded findings that go the same way, of 100',
  'verifier title': 'Answers of the base to one problem',
});

export const AXIS_TEXT = words('story-axes', {
  k: 'k, samples per problem (log scale)',
  step: 'training step',
  p: 'p, exact, of a problem (log odds)',
  problems: 'training problems (log scale)',
  atK: 'k = {x}',
  atStep: 'step {x}',
  atP: 'p = {x}',
  crossing: 'crossing at k ≈ {k}',
  atProblems: 'training set of {x}',
});
