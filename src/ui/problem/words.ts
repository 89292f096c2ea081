/** What the map of the problems says. */
export const MAP = {
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
  columnProblem: 'Problem',
  columnAccepted: 'Accepted answers',
  columnBase: 'p base',
  columnNow: 'p now',
  columnFate: 'Fate',
};

/** What is said of the opened problem. */
export const CARD = {
  title: 'Problem {number} of {problems}',
  chosen: 'Chosen by you.',
  notThere:
    'Problem {number} was asked for, and there are {count}; so this one was chosen for you.',
  median: 'Chosen for you: about half of the problems are easier for the base than this one.',
  p: 'p, one sample right',
  passAt: 'pass@{k}',
  base: 'base',
  now: 'now',
  nowAt: 'step {step}',
  recordedAt: 'recorded, step {step}',
  loading: 'The tree comes when the base has been loaded.',
  failed: 'No tree: {why}.',
};
