/** What each metric of a step means, for the algorithm of a run, and when 0 is normal. */
export const METRIC_TEXT = {
  groupsValue: 'They teach all the same: the baseline is the value output, not the group.',
  groupsGreedy: 'They teach all the same wherever the greedy answer fared otherwise.',
  groupsShaped: 'They teach all the same, by the shaping of their advantages.',
  groupsPenalised:
    'They teach all the same: the KL penalty in the reward is another for each answer.',
  groupsWhitened: 'They teach all the same: whitening compares answers across the batch.',
  groupsAlone: 'They teach all the same: no answer is compared with its group.',
  groupsRight: 'All-right ones teach all the same; all-wrong ones teach nothing.',
  groupsWrong: 'All-wrong ones teach all the same; all-right ones teach nothing.',
  groupsNothing: 'They teach nothing: every advantage in them is 0.',
  clipNoBounds: 'Always 0 here: the surrogate has no bounds.',
  clipOneUpdate:
    'Always 0 here: with one update a step the ratio is 1, and nothing can leave the bounds.',
  clip: 'Share of tokens beyond the bounds, which get no gradient. {mean} 0 is normal where steps are small.',
  clipMean: 'Mean over the updates of a step, of which the first adds 0, since its ratio is 1.',
  clipMeanStale:
    'Mean over the updates of a step, the first too: an older policy drew the rollouts.',
  lossLogProb:
    'It is −A · log π and says little on its own: it may rise while the policy gets better.',
  lossWhitened:
    'It moves about 0: the advantages of the batch add up to 0, those of a minibatch only nearly. Its gradient is not 0.',
  lossCentred:
    'Near 0 by construction, since the advantages add up to 0; what is left comes from answers of different lengths, and from ratios that earlier updates of the step have moved. Its gradient is not 0.',
  lossUneven:
    'It is minus the mean advantage of the tokens that are trained on, and says nothing about progress on its own.',
  lossMean:
    'It is minus the mean advantage, so it follows the reward; it says nothing about progress on its own.',
  valueLoss: 'the value loss',
  klPenalty: 'the KL penalty, 0 at the base',
  entropyBonus: 'the entropy bonus, which is negative',
  loss: 'What an update descends, just before it; mean over the updates of a step. {policy}',
  lossParts: ' In it are also {parts}.',
  and: ' and ',
  gradient:
    'Norm of the gradient before it is scaled down to at most {most}, mean over the updates of a step. {zero}',
  zeroPulled:
    '0 is not normal here: the entropy bonus or the KL penalty pulls even where no answer does.',
  zeroBaseline: '0 is not normal here: the baseline is not the group.',
  zeroShaped: '0 is not normal here: the shaping pushes answers that all fare alike, too.',
  zeroMixed: '0 is normal where no group of a step is mixed.',
  zeroAlike: '0 is normal only where all answers of a step fare alike.',
  zeroNever: '0 is not normal here: every answer teaches.',
  zeroRight: '0 is normal only in a step without a right answer.',
  zeroWrong: '0 is normal only in a step without a wrong answer.',
  reward:
    'Share of the step’s rollouts on training problems that the verifier accepts. 0 is normal where the base solves next to nothing.',
  rewardPaid:
    'Share of the step’s rollouts on training problems that are paid for, by {payer}; what is right is told by accuracy.',
  rewardUnused: ' Nothing is learned from it in this experiment.',
  rewardOutcome: ' It is the outcome alone, not the reward that is trained on.',
  accuracy:
    'Share of the step’s rollouts that the program which checks answers accepts. Nothing is paid for it.',
  falsePositives: 'Share of the answers paid for that are wrong; none where nothing is paid for.',
  acceptance:
    'Share of the chains that took the answer proposed in this move. Near 1 the proposal is nearly what is wanted; near 0 the chains stand still.',
  rewardStd:
    'Standard deviation of the outcomes within a group, mean over groups. 0 means that every group is all right or all wrong.',
  zeroStd:
    'Share of groups whose answers are all right or all wrong. {teach} 0 means that all are mixed.',
  entropy: 'Nats per sampled token; 0 would be always the same choice.',
  entropyHeld: ' The bonus holds it up, with coefficient {coefficient}.',
  kl: 'Nats per sampled token from the base (k3), 0 at the base. Nothing holds it down here; measured at evaluations.',
  klPenalised:
    'Nats per sampled token from the base (k3), 0 at the base. Penalised with coefficient {coefficient}; measured at each step.',
  klFromBase:
    'How far the policy has moved: nats per whole answer to held-out problems, at the last evaluation. An estimate from 2 answers each, so a little below 0 is normal near the base.',
  value:
    'Half the squared error of the value output, mean over the tokens and the updates of a step. It begins untrained; it cannot reach 0 while answers to a problem are now right, now wrong: ½ p (1 − p) is left.',
  draws:
    'Draws made to fill the batch with mixed groups. 1 means that the first draw was enough; {most} that it gave up and trained on what there was.',
  wrongSteps:
    'Share of the rewarded rollouts with a step whose arithmetic is wrong, at the last evaluation. 0 means that every right answer was reached soundly.',
  unseenSteps: ' The reward does not look at the steps.',
  wrongCredit:
    'Of all pushes upwards on written steps, the share that lands on steps whose arithmetic is wrong. 0 means that only sound steps are credited.',
  meanLength: 'Tokens of an answer, the end included.',
  stepTime: 'Seconds for the step, without the evaluation.',
  nats: 'nats',
};

/** What stands around the metrics. */
export const METRICS_TEXT = {
  title: 'Metrics',
  solvable: 'Solvable with 256 samples',
  solvableNote:
    'Held-out problems by whether base and trained policy solve them at least half of the time.',
  both: 'both',
  baseOnly: 'base only',
  rlOnly: 'RL only',
  neither: 'neither',
  atStep: 'Step {step} in TRL’s names',
};
