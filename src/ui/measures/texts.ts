/** The cards of further measures. */
export const MEASURES_TEXT = {
  answersTitle: 'Whole answers',
  answers:
    'Means over {problems} held-out problems whose answers were enumerated but for {missing} of their probability. Maj@k: how often the most frequent of k answers is right. Perplexity: of the answers that each gives, as the base would have guessed their tokens.',
  answerEntropy: 'entropy of an answer, nats',
  distinct: 'different answers in {k} samples',
  perplexity: 'perplexity under the base',
  teacher: 'perplexity of the teacher’s answers',

  coverAxis: 'τ, least p of a problem (log scale)',
  coverShare: 'share of problems',
  cover: 'The share of problems that one sample solves with probability τ or more.',
  coverAt: '{meaning} At τ = {tau} now has {now}, the base {base}; {more}.',
  coverMore: 'at τ = {tau} now has {now}, the base {base}',
  coverLine: '{label}: {low} at τ = 0.001, {half} at τ = 0.5',
  coverWeight:
    'pass@k is a weighted mean of these heights; for large k, 63 % of the weight is on τ below 1/k.',
  atTau: 'at τ = {tau}',

  sureTitle: 'How sure is one sample?',
  zero: 'Zero is a p below {epsilon}, which {samples} samples miss at least 1 time in 20.',
  zeroBase: '{meaning} Problems there: {base} of the base.',
  zeroNow:
    '{meaning} Problems there: {now} now, {base} of the base; at {from} or more: {sureNow} now, {sureBase} of the base.',
  pAxis: 'p, exact, of a held-out problem',
  pLogAxis: 'p, exact, of a held-out problem (log scale)',
  problems: 'problems',
  zeroBin: 'zero',
  bins: 'Bins:',
  tenths: 'in tenths',
  decades: 'by order of size',
  counts: '{label}: {counts} problems from zero to 1',

  movedTitle: 'Problems lost and gained',
  moved:
    'Those that {k} samples of only one of the two, base or now, solve at least half of the time; first those whose p has changed by the largest factor.',
  lost: '{count} lost',
  gained: '{count} gained',
  problem: 'problem {number}',
  more: 'and {count} more',

  supportTitle: 'Support of {count} held-out problems',
  found:
    'Found is a problem with p of at least {epsilon}, of which {samples} samples miss 1 in 20.',
  preserved: 'preserved (P)',
  preservedMeans: 'found by the base and now',
  expanded: 'expanded (E)',
  expandedMeans: 'found now, not by the base',
  shrunk: 'shrunk (S)',
  shrunkMeans: 'found by the base, not now',
  out: 'out of support',
  outMeans: 'found by neither',
  srr: 'P / (P + S): still found, of what the base finds',
  ndr: 'E / (P + E): new, of what is found now',
  sds: 'harmonic mean: of the two above',
  nscr: '(E − S) / (P + E + S): net change',
  gap: 'pass@{k} of the base, {base}, − pass@1 now, {now}',
};

/** Reward against entropy, with the law fitted to them. */
export const LAW_TEXT = {
  title: 'Reward and entropy',
  caption:
    'One dot a step: how undecided the policy was on the rollouts of that step, and the share of them that was rewarded.',
  entropyAxis: 'H, entropy (nats per token)',
  rewardAxis: 'R, mean reward',
  paper:
    '{authors} fit large models’ runs with {equation}: reward is traded for entropy, and {ceiling} is what they predict where none remains. Fitted by least squares to this run:',
  fit: 'fit',
  summary: '{count} steps. {fit}{sentence}',
  summaryFit: '{equation}, R² {r}. ',
  waits: 'The fit comes with {least} steps; there are {count}.',
  unmoved: 'Entropy has not moved, so nothing can be fitted.',
  higher: 'Reward was higher where entropy was lower; {explained}.',
  noHigher: 'Reward was no higher where entropy was lower; {explained}.',
  explained: 'the curve explains {share} of the variance of the reward',
  unvaried: 'the reward has not varied, so there is nothing to explain',
  ceiling: 'At H = 0 it has R = {ceiling}, an extrapolation from H = {lowest}, the lowest so far.',
};

/** What a finale adds: weights between base and trained, and temperatures. */
export const FINALE_TEXT = {
  title: 'Weights between',
  caption:
    'Parameters (1 − x) · base + x · trained, evaluated exactly. At x = {x} pass@1 is {one}, pass@256 {many}, and the entropy {entropy} nats a token.',
  trained: 'trained',
  between: 'between',
  wayTitle: 'On the way from base to trained',
  wayCaption:
    'pass@1 and pass@256 of the same policies, by how far between the two their parameters lie.',
  wayAxis: 'x, share of the trained parameters',
  atX: 'at x = {x}',
  change: '{label} from {first} to {last}',
  temperatureTitle: 'pass@{k} over temperature',
  temperature:
    'Base and trained policy sampled at each temperature, exact: from all tokens, and from the likeliest that make up top-p.',
  matchedAt:
    'Base and trained policy sampled at each temperature, exact: from all tokens, and from the likeliest that make up top-p. Matched is the trained policy at T = {temperature}, where it has the base’s entropy.',
  temperatureAxis: 'temperature of sampling',
  matched: 'matched',
  nucleus: '{label}, top-p {topP}',
  atTemperature: '{value} at T = {temperature}',
  atEnd: 'at the end of each line',
  atOrBefore: 'at T = {temperature} or the point before',
};
