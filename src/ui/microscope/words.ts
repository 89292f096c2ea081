/** The update microscope, apart from its formulas. */
export const TEXT = {
  title: 'One update in slow motion',
  intro:
    'The next step of the run, made on a copy of the policy: the same problems, the same random bits, the same numbers. The run itself is left alone until you say so.',
  look: 'Look into the next update',
  lookAgain: 'Look into the update after step {at}',
  after: 'after step {at}',
  waiting: 'Waiting until the run rests between two steps …',
  computing: 'Making step {step} on a copy …',
  cancel: 'Cancel',
  group: 'Group',
  groupOption: '{problem}: {paid} of {G} paid',
  pass: 'Update',
  passOption: '{index} of {count} (epoch {epoch}, minibatch {minibatch})',
  back: 'Back',
  next: 'Next',
  slowly: 'Play slowly',
  pause: 'Pause',
  stages: 'Stages of the update',
  stageOf: 'Stage {index} of 7: {name}',
  sample: 'Sample',
  verify: 'Verify',
  compare: 'Compare',
  advantage: 'Advantage',
  ratio: 'Ratio and clip',
  gradient: 'Gradient',
  afterwards: 'After',
  table: 'The answers of the group, token by token',
  number: '#',
  answer: 'Answer',
  verdict: 'Verifier',
  reward: 'Reward',
  mean: 'mean of the rewards',
  deviation: 'their deviation',
  sampled: 'Sampled',
  beforeStep: 'Before the step',
  afterStep: 'After it',
  right: 'right',
  wrong: 'wrong',
  underSample:
    'Under each token: its probability π_old when it was drawn; the darker, the likelier.',
  underRatio: 'Under each token: its ratio π / π_old; an outline of dashes means clipped.',
  underGradient:
    'Under each token: 1000 times its weight in the gradient; the deeper the colour, the larger. Green pushes up, red pushes down.',
  underAdvantage: 'Under each token: its advantage.',
  underNothing: '\u00a0',
  make: 'Make this step',
  making: 'The run makes the step …',
  made: 'The run has made step {step}. Its row says: reward {reward}, loss {loss}, gradient norm {norm}.',
  madeSame: 'These are the numbers above.',
  madeOther: 'The copy had: reward {reward}, loss {loss}, gradient norm {norm}.',
  ended: 'The run has ended at step {at}, so this step is one that it will not make.',
  none: 'none',

  noUpdateWarmStart:
    'The next step is still one of the warm start, which learns a teacher’s answers without reward; the updates of RLVR come after it.',
  noUpdateBeside:
    'Each update learns a teacher’s answers too, so that what it changes is not the work of rewards alone.',
};

/** What dynamic sampling dropped: at each stage in a sentence, and group by group. */
export const DROPPED = {
  title: 'Dropped by dynamic sampling',
  list: 'The dropped groups, in the order in which they were drawn',
  group: '{problem}: {paid} of {G}',
  draw: 'draw {draw}',
  all: 'all right',
  none: 'all wrong',
  allPaid: 'all paid',
  nonePaid: 'none paid',
  leftOver: 'left over',
  nothing: 'No group was dropped: all {drawn} had both kinds of answers.',
  sample:
    '{drawn} groups were drawn, {P} a draw (draws: {draws}, resamplings: {again}); {kept} are trained on.',
  verify:
    '{none} of the {drawn} groups have no rewarded answer and {all} have only rewarded ones: dropped. {left} with both kinds were left over once the batch was full.',
  compare:
    'Where no answer is rewarded the mean is 0, where all are it is 1, and the deviation is 0 in both: the {flat} groups have nothing to compare.',
  advantage:
    'Trained on, the answers of the {flat} groups would have r − mean = 0 each: an advantage of 0, no signal. So others were drawn in their place.',
  advantageOther:
    'This advantage does not compare the answers of a group; the {flat} groups are dropped all the same.',
  ratio: 'None of their answers is in the update: no ratio is computed for the {count} groups.',
  gradient:
    'They add nothing to the gradient: all {sequences} answers of the update are of the {kept} kept groups.',
  gradientNone: 'With no group kept there is no gradient at all.',
  afterwards:
    'What moved the policy are the {kept} kept groups alone. The dropped ones were the price: {answers} of {sampled} sampled answers.',
};

/** What is said at each stage, with the numbers of the group. */
export const SENTENCES = {
  sample:
    '{G} answers to {problem}, drawn token by token at temperature {temperature}. The likeliest of them had a probability of {largest}, the least likely {smallest}.',
  verify: 'A program checks each answer: {right} of {G} are right. Reward: {reward}.',
  verifyPaid:
    'A program checks each answer: {right} of {G} are right. What pays here is not that program; it pays {paid}. Reward: {reward}.',
  compare: 'mean of {G} rewards = {sum} / {G} = {mean}; deviation = {deviation}.',
  compareUniform:
    'mean of {G} rewards = {sum} / {G} = {mean}; deviation = 0: all are alike, so this group has nothing to tell apart.',
  compareMeanOnly: 'This advantage uses the mean, not the deviation.',
  compareNeither: 'This advantage uses neither of the two: {help}',
  advantageOf: 'Answer {index}, {verdict}: {worked}.',
  advantageAlike: 'All tokens of an answer share it.',
  whitened: ', whitened ({A} − {centre}) / {spread} = {W}',
  shaped: ', shaped to {S}',
  ratioFirst:
    'The policy has not moved since it drew these answers, so every ratio is 1 and nothing can be clipped. It is the only update of the step: a clip ratio of 0 is no error here.',
  ratioFirstOfMore:
    'This first of {count} updates is made with the policy that drew the answers, so every ratio is 1 and nothing can be clipped; from the next one on ratios move.',
  ratioLater:
    'Since the answers were drawn the policy has moved: ratios run from {smallest} to {largest}. Of {tokens} tokens {clipped} are beyond {low} … {high} in the direction that counts.',
  ratioDual: 'A negative advantage counts at most {dual} times.',
  ratioFree:
    'Since the answers were drawn the policy has moved: ratios run from {smallest} to {largest}. This surrogate has no bounds, so no token is clipped.',
  ratioUnused: 'The surrogate of this algorithm takes no ratio: it follows A · log π as it is.',
  noPass: 'No update is made: {why}.',
  gradient:
    'Token weight of answer {index} = share {share} × {factor} = {weight}. Over all {sequences} answers of the update ‖g‖ = {norm}; {scaled}. Adam then steps with learning rate {lr}.',
  gradientZero:
    'All weights of this group are 0: it adds nothing to the gradient. Over all {sequences} answers of the update ‖g‖ = {norm}; {scaled}. Adam then steps with learning rate {lr}.',
  gradientMore:
    'A KL, entropy, value or covariance term, or a choice of tokens, changes the weights.',
  unscaled: 'at most {most}, so it is left as it is',
  scaled: 'more than {most}, so it is multiplied by {scale}',
  after:
    'p = Σ π over the {accepted} accepted answers: {before} → {after} ({change}). Entropy of the first token: {entropyBefore} → {entropyAfter} nats. Other groups of the step moved it too.',
  afterAxis: 'probability of the answer (log scale)',
  afterTitle: 'Answers to {problem}, before the step and after it',
  afterSummary:
    '{count} answers; {up} became likelier, {down} less likely. p {before} before and {after} after.',
  afterKey: 'Hollow: before the step. Filled: after it. × 3 means sampled three times.',
  sampledTimes: '× {count}',
};
