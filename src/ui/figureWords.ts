/** What lines and axes are called in more than one figure. */
export const FIGURE_TEXT = {
  chance: 'chance',
  base: 'base',
  now: 'now',
  kAxis: 'k, samples per problem (log scale)',
  atK: 'at k = {k}',
  far: 'k to a million',
  curve: '{label}: {first} at k = 1, {last} at k = {k}',
};

/** The pass@k curve of the run. */
export const CURVE_TEXT = {
  title: 'Held-out pass@k',
  baseSound: 'base, steps ✓',
  nowSound: 'now, steps ✓',
  optimum: 'KL optimum',
  crossing: 'crossing at k ≈ {k}',
  estimates: 'from {samples} samples, ±1 s.e.',
  notYet:
    'The share of held-out problems that at least one of k samples solves, for the base. Now comes with the next evaluation.',
  before:
    'The share of held-out problems that at least one of k samples solves, for the base. Press Play to train it.',
  beforePower:
    'The share of held-out problems that at least one of k samples solves, for the base. Press Play to sample from its power.',
  sound:
    'At step {step} one sample is right with {now} (base {base}), and right with all its steps right with {soundNow} (base {soundBase}): sound pass@k (CoT-pass@k), the lines marked steps ✓.',
  crosses:
    'At step {step} the trained policy is ahead with few samples; from k ≈ {k} on, the base solves more.',
  crossesPower:
    'At step {step} the power of the base, which the chains approach, is ahead with few samples; from k ≈ {k} on, the base solves more.',
  nowLeads:
    'At step {step} the two curves do not cross between k = 1 and a million: the trained policy stays ahead.',
  baseLeads:
    'At step {step} the trained policy is not ahead even at k = 1, so that there is no crossing to look for.',
  wantsOptimum: 'KL optimum with this pass@1',
  countsAll: 'all k right (pass^k)',
  allTitle: 'Held-out pass^k: all of k samples right',
  allAxis: 'pass^k',
  allBefore:
    'The share of held-out problems that all of k samples solve, p^k exactly: what one can rely on, for the base.',
  allNow:
    'At step {step} all of {k} samples are right on {now} of the held-out problems (base {base}): pass^k, exactly p^k, is what one can rely on.',
};
