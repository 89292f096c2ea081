import { words } from '../../text/words.ts';

/** What the map of the problems says. */
export const MAP = words('problem-map', {
  title: 'Held-out problems',
  caption:
    'One cell a problem, from easy to hard for the base: above the base, below now, coloured by the exact probability p ' +
    'that one sample is right. Outlined are the {lost} lost and {gained} gained among those that {k} samples solve at ' +
    'least half of the time. {enumerated}{opens}',
  opens: ' A cell opens its problem below.',
  enumerating: 'Every answer that the verifier accepts is enumerated when the run is set up.',
  enumerated:
    '{total} accepted answers of {problems} problems were enumerated, from {fewest} to {most} a problem.',
  summary: '{problems} held-out problems; {lost} lost, {gained} gained since the base.',
  waiting: 'The cells come with the base’s first evaluation.',
  rare: 'p ≤ 0.0001: about never',
  sure: 'p = 1: every time',
  lost: 'lost',
  gained: 'gained',
  hint: 'Point at a cell, or walk the cells with the arrow keys; Enter opens one.',
  hintAlone: 'Point at a cell, or walk the cells with the arrow keys.',
  problem: 'problem {number}',
  cell: '{problem}{accepted}: p base {base}{now}{fate}',
  oneAccepted: ', 1 accepted answer',
  accepted: ', {count} accepted answers',
  now: ', now {p}',
  fate: ' – {fate}',
});

/** What is said of the opened problem. */
export const CARD = words('problem', {
  title: 'Problem {number} of {problems}',
  chosen: 'Opened by you.',
  notThere: 'Problem {number} was asked for, and there are {count}; so this one opened by itself.',
  fell:
    'Opened by itself: of the problems that the base solves in {k} samples at least half of the time, its p was lower ' +
    'by the largest factor at step {step}.',
  fellRecorded:
    'Opened by itself: of the problems that the base solves in {k} samples at least half of the time, its p is lower by ' +
    'the largest factor at step {step} of the recording.',
  median: 'Opened by itself: half of the problems are easier for the base than this one.',
  p: 'p, one sample right',
  passAt: 'pass@{k}',
  base: 'base',
  now: 'now',
  nowAt: 'step {step}',
  recordedAt: 'recorded, step {step}',
  loading: 'The tree comes when the base has been loaded.',
  failed: 'No tree: {why}.',
});

export const TREE = words('problem-tree', {
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
  noTimeline: 'The timeline begins with the first step.',
  baseColumn: 'π base',
  nowColumn: 'π now',
  otherRight: '{count} other right ones',
  allRight: 'all right ones: p',
});

/** The tables of map and tree, and what a saved tree says of itself. */
export const TABLE = words('problem-tables', {
  answer: 'Answer',
  kind: 'Kind',
  right: 'right',
  wrong: 'wrong',
  beginning: 'beginning',
  factor: 'Factor',
  problem: 'Problem',
  accepted: 'Accepted answers',
  baseP: 'p base',
  nowP: 'p now',
  fate: 'Fate',
  treeOf: 'The held-out problem {problem}, at the checkpoint of step {step}; bands {thickness}.',
});

export const ACCEPTED = words('problem-accepted', {
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
});

export const SAMPLES = words('problem-samples', {
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
});
