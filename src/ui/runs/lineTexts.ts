/** What runs and their lines are called wherever they are drawn; the table of runs has more. */
export const LINE_TEXT = {
  difference: '{setting} {value} instead of {other}',
  sameSettings: 'the same settings',
  ofGhost: '{line} of ghost {letter}',
  ghostStep: 'step {step}',
  ghostAt: '{letter}, step {step}',
  ofSeeds: '{line}, mean of {count} seeds',
  run: 'run {number}',
  entropyLine: 'entropy',
  rewardLine: 'reward',
};
