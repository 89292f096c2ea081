import { words } from '../../text/words.ts';

export const TEXT = words('compare', {
  title: 'All methods on one plane',
  intro:
    'Every recorded method that begins with the same base of Countdown, on the same {problems} held-out problems, all exact. To the right: one sample is right more often. Up: more problems are solved at all with 256. A toy, and no evidence about large models.',
  introBefore:
    'Every recorded method that begins with the same base of Countdown, on the same held-out problems. To the right: one sample is right more often. Up: more problems are solved at all with 256. A toy, and no evidence about large models.',
  reading: 'Reading the recorded studies: {done} of {total}',
  stop: 'Stop',
  stopped: '{done} of {total} studies have been read.',
  goOn: 'Read the rest',
  noMethods: 'No study with this base has been read, so there is nothing to compare.',
  groups: 'Groups shown',
  plane: 'pass@256 against pass@1',
  planeCaption:
    'Each mark is the mean over {seeds} seeds at the end of training; bars are 95 % intervals (Student’s t). The dashed lines are the base’s own numbers.',
  planeSlider: 'A method on the plane',
  summaryPoint: '{label}: pass@1 {x}, pass@256 {y}',
  axisX: 'pass@1 (share of problems)',
  axisY: 'pass@256 (share of problems)',
  liveRun: 'live run',
  recordedRun: 'recorded run',
  liveAt:
    'The run at the top of the page, at step {step}; one seed, no interval. The line is its way from the base.',
  liveNone:
    'The run at the top of the page joins the plane with its first evaluation after training.',
  livePending: 'The run at the top of the page is not on the plane: {why}.',
  apart_task: 'it is of another task',
  apart_prior: 'its base has a narrow prior',
  apart_base: 'it begins with a base of its own',
  apart_problems: 'it is evaluated on other problems, or on fewer',
  leftOut: 'Not compared here: {list}.',
  leftOutStudy: '{study} ({why})',
  leftOutArms: '{arms} of “{study}” ({why})',
  base: 'base',
  chance: 'chance',
  weights: 'weights {percent} % of the way',
  group_rl: 'RL algorithms',
  group_answers: 'learning from answers',
  group_sampling: 'without training',
  group_between: 'weights between',
  group_reward: 'another reward',
  group_scale: 'scale',
  group_base: 'the base',
  group_chance: 'uniformly random tokens',
  group_live: 'the run of this page',
  seeds: 'mean ± 95 % interval over {seeds} seeds',
  oneSeed: 'exact; no seed plays a part',
  oneRun: 'one seed, exact',
  settings: 'Set otherwise than GRPO: {list}.',
  settingsNone: 'The algorithm that the others are held against.',
  setting: '{label} {value}',
  study: 'Open its study',
  live: 'Run this live',
  liveLabel: 'Run this live: {label}',
  curves: 'pass@k, method by method',
  curvesCaption:
    'Solid: the method, with its 95 % band; dashed: the base. All panels have the same axes, and stand in the order of the table. A dotted line marks where the two curves cross.',
  curveSummary:
    '{label}: {now} at k = 1 and {end} at k = 1,024; the base: {baseNow} and {baseEnd}. {crossing}',
  crossingAt: 'They cross at k ≈ {k}.',
  crossingNone: 'They do not cross with every seed.',
  crossingMark: 'k ≈ {k}',
  openStudy: 'Open the study of {label}',
  panelNumbers: 'pass@1 {x}, pass@256 {y}',
  showAll: 'Show all {count}',
  showFewer: 'Show the first {count}',
  table: 'The numbers of all methods',
  tableCaption:
    'Shares of problems, and entropy in nats a token; mean ± half of the 95 % interval over seeds (Student’s t). The crossing is the k from which on the base solves more; “none in 3 of 8” counts seeds whose curves do not cross up to a million.',
  column_method: 'Method',
  column_group: 'Group',
  column_seeds: 'Seeds',
  column_run: 'Run',
  sortedBy: 'Sorted by {column}, {order}.',
  descending: 'largest first',
  ascending: 'smallest first',
  noneIn: 'none in {missing} of {seeds}',
});

/**
 * What a method is called where its study is not named beside it: by study and arm, or by study alone with the arm's
 * label in place of {arm}. Where there is none, the arm's own label says enough.
 */
export const NAMES: Readonly<Record<string, string | undefined>> = words('methods', {
  kl: 'KL penalty, {arm}',
  judges: '{arm}, 200 steps',
  'judges grpo': 'GRPO, 200 steps',
  'spurious grpo': 'GRPO, 4 minibatches',
  'collapse self': 'trained on all own answers',
  'collapse expert': 'expert iteration',
  'pass-at-k-training negative': 'NSR: only wrong answers',
  'group-size': 'GRPO, {arm} a prompt',
  sparsity: 'GRPO, {arm}, 128 in all',
  'training-set': 'GRPO, {arm} to train on',
  capacity: 'GRPO, {arm} to train on',
  'steps grpo': 'GRPO, 1,000 steps',
});
