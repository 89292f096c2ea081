import { GROUPS, STUDIES } from '../../run/studies/catalogue.ts';
import { MEASURES } from '../../run/studies/measures.ts';
import { worded } from '../../text/worded.ts';
import { words } from '../../text/words.ts';

/** What stands around recorded studies; the sentences of their claims are recorded with them, in English. */
export const STUDIES_TEXT = words('studies', {
  title: 'Comparisons',
  intro:
    'Recorded, not live: every arm was trained with the same seeds, which were chosen beforehand and are all counted. Intervals are of 95 % over training seeds, with one base and one set of problems: they say nothing of others. A toy, and no evidence about large models.',
  nav: 'Recorded studies',
  toCome: '{title} (not recorded yet)',
  loading: 'Loading what was recorded …',
  outcome: 'What came out',
  papers: 'What papers report of large models',
  papersOf: 'What papers report beside what this toy shows: {title}',
  why: 'Why they may differ.',
  made: 'Made by {command}',
  noFigure: 'No run of this study has what the figure would show.',
  numbers: 'The numbers of {title}',
  table: 'Held out and exact; mean ± half of the 95 % interval over seeds {seeds}.',
  arm: 'Arm',
  live: 'Live',
  run: 'Run live',
  runOf: 'Run live: {arm}',
  papersTitle: 'What the papers report, what this toy shows, why they may differ',
  reading: 'Reading the recorded studies: {done} of {total} …',
  verdicts:
    'Of {total} findings {same} have the same sign here and {differ} differ; {untold} are not told apart, since the 95 % interval includes 0 and an effect of 2 points; {cannot} cannot be told here, since the toy could not have shown them.',
  allPapers: 'All findings of papers beside those of this toy',
  report: 'Papers report',
  there: 'There',
  here: 'Here',
  sign: 'Verdict',
  sameSign: 'same sign',
  differs: 'differs',
  untold: 'not told apart',
  cannot: 'cannot be told here',
  noRoomAbove: 'From {from} it can rise by {left} at most, too little to be seen.',
  noRoomBelow: 'From {from} it can fall by {left} at most, too little to be seen.',
  noNumber: 'no number',
  noDifference: 'no difference',
});

/** Their figures. */
export const STUDY_FIGURE_TEXT = words('study figures', {
  oneSeed: 'one seed',
  seeds: '{count} seeds',
  bands: 'Lines are means over {seeds}, bands their 95 % intervals.',
  passTitle: 'Mean pass@k over seeds',
  pass: 'The share of held-out problems that at least one of k samples solves, exact. {bands}',
  soundTitle: 'Mean pass@k and sound pass@k (CoT-pass@k) over seeds',
  soundPass:
    'The share of held-out problems that at least one of k samples solves, exact; dotted, sound pass@k (CoT-pass@k): only answers whose written steps are all valid count. {bands}',
  sound: '{label}, sound',
  atStep: 'at step {step}',
  overTraining: '{measure} over training',
  evaluations: 'At every evaluation, the base at step 0. {bands}',
  steps: 'training steps',
  overMoves: '{measure} over their moves',
  moved:
    'After each move of every chain, the base’s own answers at 0; dotted, the exact {beside} of the target that they approach. {bands}',
  moves: 'moves of each chain',
  atMove: 'at move {step}',
  trained: 'trained',
  apart: ' Not on this axis: {arms}; see the table.',
  atSetting: 'at {setting} {x}',
  overSetting: '{measure} over {setting}',
  points:
    '{help} Points are means over {seeds} at the end of training, bars their 95 % intervals.{apart}',
  logScale: '{setting} (log scale)',
  interpolation: 'share of the way from the base’s weights to the trained ones',
  temperatures: 'temperature of sampling',
  matched: 'trained, at the base’s entropy',
  nucleus: '{label}, top-p {topP}',
  at: 'at {x}',
  atEnd: '{measure} at the end of training',
  finale: 'Evaluated exactly at each point. {bands}',
  of: '{what} of {arm}',
  against: '{y} against {x}',
  plane:
    'Each point is the mean over {count} seeds at the end of training; its bars are 95 % intervals.',
});

// The words of the catalogue itself, which is plain data for whoever records it.
const named = Object.fromEntries(STUDIES.map((study) => [study.name, study]));
worded('study', named, ['title', 'question', 'why']);
worded('study groups', Object.fromEntries(GROUPS.map((group) => [group.studies[0]!.name, group])), [
  'title',
  'question',
]);
worded(
  'study arms',
  Object.fromEntries(
    STUDIES.flatMap(({ name, arms }) => arms.map((arm) => [`${name}/${arm.id}`, arm])),
  ),
  ['label'],
);
worded(
  'study papers',
  Object.fromEntries(
    STUDIES.flatMap(({ name, papers }) => papers.map((paper, i) => [`${name}/${i + 1}`, paper])),
  ),
  ['says', 'why', 'cannot'],
);
worded('study measures', MEASURES, ['label']);
