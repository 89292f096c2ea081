export const TEXT = {
  speed: 'Speed',
  speedHint:
    'How fast a run plays, also while it does: slow enough, each step can be followed (− +)',
  asFast: 'as fast as it goes',
  onePerSecond: 'at most 1 step/s',
  perSecond: 'at most {speed} steps/s',
  oneStepPerSecond: 'at most one step a second',
  stepsPerSecond: 'at most {speed} steps a second',
  seed: 'Seed',
  stays: 'it stays {value}',
  newSeed: 'New seed',
  newSeedHint: 'Another seed, and a new run with it (N)',
  runTo: 'Run to step',
  runToHint: 'Trains until this step and pauses; beyond its end the run goes on, twice as long',
  goTo: 'Go: run to this step',
  go: 'Go',
  noStep: 'run to step is ‘{text}’, expected {expected}',
  beginsAgain:
    'Power sampling divides its moves among its blocks: with more of them it begins again.',
  expectedStep: 'a whole number above {after}, at most {most}',

  timeline: 'Timeline: the step that all figures show',
  now: 'Now',
  nowHint: 'Back to the latest step',
  lookingBack: 'step {step} of {steps}',
  latest: 'step {step}',
  recorded: 'recorded: step {step}',
  ticks:
    'Drag or use the arrow keys: all figures go back to that step. Ticks above: evaluations; below: checkpoints, which a run can branch off from.',
  branch: 'Branch at {step}',
  branchHint:
    'Goes on from the checkpoint of step {step} with the settings of the panel; the run so far stays as a ghost (B)',
  noBranchYet: 'Branch',
  pin: 'Pin',
  pinHint: 'Keeps this run as a ghost behind those that come after it (P)',
  unpin: 'Pinned',
  keys: '?',
  keysName: 'Keys',
  keysHint: 'All keys (?)',
  recordedNoBranch:
    'This run is a recording, without checkpoints: press Play to train one that can be branched.',
  noCheckpoint: 'There is no checkpoint yet to branch off from.',
  sameSettings:
    'With the same settings a branch from step {step} would repeat the same rows. Change a setting first, such as the learning rate or the seed.',
  noBranch: 'No branch from step {step}: {problem}.',
  branchDone:
    'Branched off after step {step}. The run so far stays as a ghost; press Play to go on with the changed settings.',
  nothingToPin: 'There is nothing to pin before the first live step.',
  dismiss: 'Dismiss this message',

  ghosts: 'Runs drawn behind this one',
  ghost: 'ghost {letter}: {name}, {difference}',
  ghostHere: 'ghost {letter}: this run, once another begins',
  hideGhost: 'Hide ghost {letter}',
  band: 'dotted line and band: mean and range of {count} seeds ({name}); not a confidence interval',
  hideBand: 'Hide the band',
};
