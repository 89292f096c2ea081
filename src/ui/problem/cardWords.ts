export const TREE = {
  title: 'The answers that it can take',
  caption:
    'Token by token from the problem at the left edge to whole answers{mirror}. A band is as thick as {measure} the exact ' +
    'probability of what it begins; its coloured core is the part that ends in right answers (✓) of the tree, dashed where ' +
    'that is rarer than any line can show. What fades out goes on to answers that are not shown.',
  ofLinear: '',
  ofRoot: 'the square root of',
  mirror: ', and from the right for now',
  between: 'Numbers are those of checkpoints; between two of them only the bands move.',
  addsNow: 'Play adds now: the same tree after each step.',
  summary:
    'Tree of {right} right and {wrong} other answers at step {step}. Right answers together: base {base}, now {now}.',
  summaryBase:
    'Tree of {right} right and {wrong} other answers of the base. Right together: {base}.',
  pane: 'The tree, to scroll',
  view: 'Show',
  base: 'Base',
  now: 'Now',
  both: 'Both',
  thickness: 'Thickness',
  linear: 'linear in π',
  root: '√π',
  checkpoint: 'Checkpoint',
  step: 'step {step}',
  playAlong: '▶ Walk through the checkpoints',
  stop: '■ Stop',
  computing: 'computing the tree',
  cancel: 'Cancel',
  cancelHint: 'Leave off computing this tree',
  again: 'Compute it',
  cancelled: 'Cancelled: this tree has not been computed.',
  comes: 'The tree comes as soon as the run is between two steps.',
  noTimeline: 'The timeline begins with the first step.',
  baseColumn: 'π base',
  nowColumn: 'π now',
  otherRight: '{count} other right ones',
  allRight: 'all right ones: p',
};

/** The tables of map and tree, and what a saved tree says of itself. */
export const TABLE = {
  answer: 'Answer',
  kind: 'Kind',
  right: 'right',
  wrong: 'wrong',
  beginning: 'beginning',
  factor: 'Factor',
  treeOf: 'The held-out problem {problem}, at the checkpoint of step {step}; bands {thickness}.',
};

export const ACCEPTED = {
  title: 'Right answers',
  caption:
    'Every answer that the verifier accepts, with the exact probability of sampling it, the likeliest under the base first.',
  answer: 'Answer',
  base: 'π base',
  now: 'π now',
  factor: 'Factor',
  others: '{count} others together',
  sum: 'Sum = p',
  passAt: 'pass@{k}',
  empty: '(empty)',
};

export const SAMPLES = {
  title: 'Sampled answers',
  caption:
    '{count} answers each of base and now to this held-out problem, drawn when you ask; no step trains on them.',
  draw: 'Sample {count} answers',
  again: 'Sample {count} others',
  drawing: 'sampling…',
  cancel: 'Cancel',
  cancelHint: 'Leave off sampling',
  at: 'Drawn at step {step}: {base} of {count} right for the base, {now} of {count} now.',
  base: 'Base',
  now: 'Now, step {step}',
  right: 'right',
  wrong: 'wrong',
  empty: '(empty)',
  failed: 'Nothing was sampled: {why}.',
  cancelled: 'Cancelled: nothing was sampled.',
  noPicture: 'The picture of this task could not be fetched; reload the page.',
};
