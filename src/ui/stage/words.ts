/** What the stage says of the problem in hand. */
export const HAND = {
  title: 'A problem in hand',
  beforeTraining: 'Before training it answered',
  ofBase: 'Before training the policy answers:',
  ofStep: 'After {step} training steps it answers:',
  right: 'right',
  wrong: 'wrong',
  correct: 'right: {detail}',
  empty: '(nothing)',
  waiting: 'Answers are on their way.',
  failed: 'There are no answers: {why}.',
  chance: 'One try is right with probability',
  base: 'base',
  now: 'now',
  another: 'Another problem',
  anotherHint: 'The next of a dozen held-out problems, from middling to hard to easy for the base',
  heldOut: 'Training never sees it.',
  grid: '{task}: {rows}',
  walk: '{walk}: {said}',
};

/** What stands behind a run that was begun from a study. */
export const COMPANION_TEXT = {
  behind:
    'Faint and dotted behind this run: “{arm}” as the study “{title}” recorded it, the mean of {seeds} seeds with its 95 % interval.',
  back: '← Back to the study',
  remove: 'Take it away',
};
