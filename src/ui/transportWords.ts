import { words } from '../text/words.ts';

/** What the transport says and how its buttons are called. */
export const TRANSPORT_TEXT = words('transport', {
  group: 'Training',
  play: 'Play',
  playAgain: 'Play again',
  pause: 'Pause',
  playHint: 'Play or pause (space)',
  step: 'Step',
  stepHint: 'One training step (. or →)',
  reset: 'Reset',
  resetHint: 'Back to the base; the same seed, the same run (R)',
  more: 'More',
  moreHint: 'Speed, seed, run to a step, branch, pin',
  cancel: 'Cancel',
  cancelHint: 'End what is being prepared',
  preparing: 'getting ready',
  finished: 'finished at step {step}',
  failed: 'stopped',
  cancelled: 'cancelled: {what}. Play starts again',
  training: 'training{to}',
  trainingAt: 'training{to}, {speed} steps/s',
  to: ' to step {step}',
  paused: 'paused',
  branched: 'branched off at step {step}',
  ready: 'ready to train {steps} steps',
  counter: 'step',
});
