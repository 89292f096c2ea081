import { words } from '../../text/words.ts';

/** What the stage says of the problem in hand. */
export const HAND = words('in hand', {
  title: 'A problem in hand',
  ofBase: 'Before training the policy answers:',
  ofStep: 'After {step} training steps it answers:',
  right: 'right',
  wrong: 'wrong',
  correct: 'right: {detail}',
  empty: '(nothing)',
  waiting: 'Answers come as soon as the policy is ready.',
  failed: 'There are no answers: {why}.',
  chance: 'One try is right with probability',
  base: 'before',
  now: 'now',
  another: 'Another problem',
  anotherHint: 'The next of a dozen held-out problems, from middling to hard to easy for the base',
  heldOut: 'Held out: training never sees it.',
  maze: 'Maze: {rows}',
  walk: '{walk}: {said}',
});
