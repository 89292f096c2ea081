/** What the strip of four numbers says. */
export const HEADLINE_TEXT = {
  strip: 'The run in four numbers',
  recorded: 'Recorded run',
  recordedOf: '{steps} steps of the default settings, seed {seed}. Press Play to train live.',
  recordedOther: '{steps} steps of the default settings, not of yours. Press Play to train yours.',
  recordedUntil: 'It stays until your own run, which is being prepared, has made a step.',
  live: 'Live run',
  liveOf: '{task}, {method}, seed {seed}, computed here and now.',
  kept: 'Run from a file',
  keptOf: '{task}, {method}, seed {seed}, made {at}; steps beyond {step} are computed here.',
  away: 'While this tab was hidden it trained {steps} steps.',
  awayOne: 'While this tab was hidden it trained 1 step.',
  held: 'While this tab was hidden the browser held the training; it goes on now.',
  base: 'base',
  to: 'to',
  entropy: 'entropy',
  nats: 'nats',
  crossing: 'crossing',
  notTrained: 'not trained yet',
  notEvaluated: 'not evaluated yet',
  noChange: 'no change',
  noneYet: 'none yet',
  nothingYet: 'nothing is trained yet',
  baseSolvesMore: 'with more samples than this the base solves more',
  none: 'none',
  ahead: 'ahead of the base to a million samples',
  level: 'one sample solves as many as of the base',
  behind: 'behind the base from the first sample on',
};

/** Meaning, formula and TRL's name of each of them. */
export const HEADLINE_HINTS = {
  'pass@1': {
    text: 'The share of held-out problems that one sample solves: what RLVR is paid for, on problems that it was not trained on.',
    formula: 'mean over problems of p, exact over each accept set',
    trl: 'none; reward is its estimate on the prompts of a step',
  },
  'pass@256': {
    text: 'The share of held-out problems that at least one of 256 samples solves: what the policy can still do.',
    formula: 'mean over problems of 1 − (1 − p)²⁵⁶',
    trl: 'none; it is not logged during training',
  },
  entropy: {
    text: 'How undecided the policy is where it samples, in nats per token; 0 is always the same choice.',
    formula: '−Σ π log π over the vocabulary, mean over sampled tokens',
    trl: 'entropy',
  },
  crossing: {
    text: 'The number of samples a problem from which on the base solves more problems than the policy now.',
    formula: 'the k at which pass@k of now falls below pass@k of the base',
    trl: 'none',
  },
};
