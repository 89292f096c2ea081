/** What papers report, by the name of the finding, with what is measured for it here. */
export const FINDING_TEXT: Readonly<Record<string, string>> = {
  first: 'Training makes the first try better: pass@1 rises.',
  'first source': 'Yue et al. 2025, figure 2',
  'first measure': 'pass@1',
  many: 'With many samples the base solves more: pass@256 falls.',
  'many source': 'Yue et al. 2025, figure 2, table 4',
  'many measure': 'pass@256',
  crossing: 'The two curves cross: ahead at few samples, behind at many.',
  'crossing source': 'Yue et al. 2025, figure 2',
  'crossing measure': 'lead over the base: at k = 1 → at k = 1,024',
  entropy: 'The trained model is less undecided: its entropy falls.',
  'entropy source': 'Cui et al. 2025',
  'entropy measure': 'entropy of sampled answers, nats a token',
  coverage: 'More problems drop out of reach than come within it.',
  'coverage source': 'Wu et al. 2025',
  'coverage measure': 'problems solvable with 256 samples, of {n}',
  sound: 'Counting only answers with right reasoning, pass@k rises, also at large k.',
  'sound source': 'Wen et al. 2025',
  'sound measure': 'pass@256, every written step right',
  expands: 'Long training on varied tasks, with resets, raises pass@k at large k.',
  'expands source': 'Liu et al. 2025 (ProRL)',
  'expands measure': 'pass@256; here short, with no resets',
};

/** How a finding came out; a name before the outcome where it is told in words of its own. */
export const OUTCOME_TEXT: Readonly<Record<string, string>> = {
  appears: '✓ appears',
  opposite: '✗ the other way',
  still: '= no movement',
  missing: '– not a number',
  waiting: 'not run yet',
  'crossing appears': '✓ appears: k ≈ {k}',
  'crossing opposite': '✗ no crossing',
  'crossing still': '= one curve',
  'sound missing': '– this task has no steps',
};

export const FINDINGS_TEXT = {
  title: 'Your run, held against the papers',
  caption: 'One run, here and now: {run}. One seed: it shows what happened once, no mean.',
  before: 'Nothing has been run. The rows fill in while it trains.',
  report: 'Papers report',
  here: 'Your run: before → now',
  numbers: '{before} → {now}',
  run: '{task}, {algorithm}, width {width}, learning rate {lr}, seed {seed}, step {step} of {steps}',
  tally:
    'Your run, one seed. Of {all} findings: {appears} appear, {opposite} the other way, {still} without movement{missing}.',
  missing: ', {n} without a number here',
  first: 'first run: {numbers} {mark}',
  sandboxLead:
    'Change one thing and run again; your run takes the place of the first, whose numbers stay below it. Another width pretrains a base of its own first, which takes longer.',
  recorded: 'Recorded studies beside the papers',
  recordedLead:
    'Means over eight seeds with 95 % intervals, not your run; these are what the question asked about. No difference means that the interval includes 0.',
};
