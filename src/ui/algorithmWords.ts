/** The card of an algorithm's choices. */
export const ALGORITHM_TEXT = {
  title: '{name}, choice by choice',
  back: 'Back to {name}',
  same: 'An algorithm is the row of choices below, in the order of a step; each can be changed on its own.',
  oneDiffers:
    'Of the row of choices below, in the order of a step, the one that is marked differs from GRPO; each can be changed on its own.',
  differ:
    'Of the row of choices below, in the order of a step, the {count} that are marked differ from GRPO; each can be changed on its own.',
  ofGrpo: 'GRPO: {value}',
  ofOwn: '; {name}: {value}',
  idle: '{count} choices without effect at present',
  noEffect: 'No effect at present: {why}.',
};

/** A sentence as the end of another one. */
export const uncapitalised = (text: string): string => text[0]!.toLowerCase() + text.slice(1);

/** The weight w(p) of a problem. */
export const WEIGHT_TEXT = {
  title: 'w(p), the weight of a problem: {name}',
  caption:
    'How much the expected first update of a step cares about a problem that one sample solves with probability p, for groups of {G}. {sentence}',
  custom: 'custom',
  thisRow: 'this row',
  axis: 'p, exact, of a problem (log odds)',
  atP: 'at p = {p}',
  ends: '{label}: {first} at p = {low}, {last} at p = {high}',
  rug: '{count} held-out problems, one tick each',
  beyondRug:
    'At the ends of the rug stand {rare} problems solved less than 1 time in 1000, and {sure} that fail less often than that.',
  gainTitle: 'U(p), what is maximised: {name}',
  gainCaption:
    'The integral of w(p) from 0: in groups of {G} the expected updates climb the mean of U over the problems. Straight for REINFORCE, which maximises p; for GRPO near arcsin √p, for MaxRL near log p.',
  gainY: 'U(p) / U(1)',
  gainAxis: 'p, exact, of a problem',
  gainHalf: '{label}: {half} of the whole at p = 0.5',
  diagnostic:
    'pass@k itself diagnoses; it is no good objective: its gradient k(1 − p)^(k−1) · ∇p points as that of pass@1 does and vanishes as p → 1.',
  noWeight:
    'A problem solved half of the time has no weight: no group that counts tells its answers apart.',
  alike:
    'All problems weigh alike, whether solved 1 time in 100, half of the time or nearly always.',
  rare: 'A problem solved 1 time in 100 {weighs} one solved half of the time; one that fails 1 time in 100 {weighsSure} it.',
  weighsNothing: 'weighs next to nothing beside',
  weighsAlike: 'weighs as much as',
  weighsTimes: 'weighs {times} times as much as',
  unused: '{why}, so this weight is not at work.',
  paid: 'Here p is the probability of being paid, which is not that of being right.',
  tooMany:
    'With the reward for unlikely answers all 2^G sets of ranks have to be gone through, so the curve is drawn for groups of up to {most}, not {G}.',
  height: 'How high it stands is decided by all the problems of the rug, since {reasons}.',
  and: ', and ',
  notIn:
    'KL, entropy bonus, shaping, the choice of tokens, covariance control and the clipping of later updates are not in it. Adam takes out the height as a whole: what counts is the shape.',
};
