/**
 * What each chapter says. `[name]` or `[name|shown]` is a word of the glossary, `<16|pass@16>` moves the cursor of the
 * figure to that x, `{place}` is a number of a recorded study. No measured number stands in a text.
 */
export const CHAPTER_TEXTS = {
  verifier: {
    title: 'A reward that a program can check',
    first:
      '[RLVR] is learning by trial and reward where a program can tell what is right. The task here is Countdown: some small numbers and a target. An answer is a calculation, worked out from left to right like on a pocket calculator, that uses each number at most once and hits the target. A program checks it and pays 1 for a right answer, 0 for any other: it is the [verifier], and what it pays is the [reward].',
    second:
      'The problems are small enough to list every answer that the program would accept, the [accept set]. So the chance p that one sample is right is not estimated but added up, exactly. The [base] is a tiny transformer, a network like those behind chat programs but very small, that has read many worked answers, most of them wrong, and has been paid for nothing yet.',
    ask: 'Of 100 answers that the base gives to problems it has not seen, how many does the program accept?',
    after:
      'In the recorded studies, on the first 100 of these problems, one sample of the base is right with probability {base}. Look at what is wrong about the others: the base knows how an answer has to look, and much less often what it comes to.',
  },
  'pass-at-k': {
    title: 'pass@k, and what the base already can',
    first:
      'Ask once, and a problem counts as solved with probability p: the mean over problems is [pass@1]. Ask k times, and it counts if any of the k answers is right: that is [pass@k]. With p known it needs no sampling at all, for any k.',
    second:
      'A benchmark does not know p. It draws n answers, counts the c right ones, and can estimate pass@k without bias only up to k = n: a set of more than n answers was never seen. Reading it off as if p were c/n comes out too low for rare successes. Circles show such estimates with their error; they end where the samples do.',
    ask: 'The first point is given: the base’s pass@1. Draw how pass@k goes on, up to k = 1,024 samples a problem.',
    after:
      'Recorded, over 100 problems: pass@1 {one}, <256|pass@256> {many}. A problem with a small p is far from hopeless: it asks for patience. What [RLVR|reinforcement learning] (RL) changes has to be held against this curve, not against its first point alone.',
  },
  sharpen: {
    title: 'RL sharpens',
    first:
      'Now train. For each of some problems the [policy], the network in training, gives a [group] of answers; the program pays; and an update makes answers that earned more than their group’s mean likelier and the others less likely. This is [GRPO]. The problems in the figure are [held out]: the policy is never paid for them.',
    second:
      'Nobody shows it a right answer. All it can learn from is what it has sampled itself. Large models are trained by rules of this kind; they differ in size, in text read before, and in how long an answer is.',
    ask: 'Draw [pass@1] over 100 training steps. The point at <0|step 0> is the base’s.',
    after:
      'Over the recorded seeds pass@1 goes from {before} to {after}. A control with [learning rate] 0 samples and evaluates just as much, and nothing moves. So it is the updates that raise it.',
  },
  crossing: {
    title: 'Where the curves cross',
    first:
      'The trained policy wins at the first try. Yue et al. (2025) asked what happens at many: on benchmarks of mathematics, code and images the curves of base and trained models crossed, and with enough samples the [base] solved more.',
    second:
      'The k where the curves meet is the [crossing]. Left of it, training saves samples. Right of it, the trained policy gives up on problems that the base still solves now and then. How much that matters depends on how many samples anyone takes: with <1|one sample> it does not.',
    ask: 'The base’s curve is drawn. Where will the curve of the trained policy run after 100 steps?',
    after:
      'Recorded: <256|pass@256> goes from {before} to {after}, and the crossing is at k = {crossing}. In the papers the loss at large k is a few points; here a small network gives up a lot. The direction is the same, the size is the toy’s own.',
  },
  entropy: {
    title: 'What is spent: entropy',
    first:
      'How undecided is the policy at each [token]? [entropy|Entropy] measures that, in nats: 0 when it always makes the same choice, ln 2 (about seven tenths) when two are equally likely. Cui et al. (2025) found that gains in reward are paid for with entropy, so much that one predicts the other, until nothing is left to spend.',
    second:
      'Is the loss at large k then only this, and would a higher [temperature] bring it back? Yue et al. raised the trained model’s temperature until its entropy was the base’s. The recorded study of this chapter does the same.',
    ask: 'Draw the entropy of the policy over 100 training steps, in nats a token.',
    after:
      'Recorded: entropy goes from {before} to {after}. Heated up to the base’s entropy, the policy wins back a part of pass@256 and stays below the base: here the lower entropy is a part of the loss and not all of it. The sentences below have the numbers.',
  },
  lost: {
    title: 'Who was lost',
    first:
      'A mean hides who pays. Call a problem solvable if 256 samples solve it at least half of the time. Then there are four kinds: solved by both, by the [base] only, by the trained policy only, by neither. The number of all that are solvable is the [coverage].',
    second:
      'Rewards reach only what is sampled. A problem whose right answers are rare is seldom paid; meanwhile updates for other problems move the same weights. What they take from it, nothing gives back. Each dot in the figure is one held-out problem, before and after.',
    ask: 'After 100 steps, on how many of 100 problems has the trained policy lost what the base could solve?',
    after:
      'And gained? Over the recorded seeds {gained} problems of 100 became solvable that were not, though a fifth of them had been unsolvable: there was room. This is plain GRPO; the next chapter asks what else there is.',
  },
  found: {
    title: 'Found, or only sharpened?',
    first:
      'A fifth of these problems need multiplication, and the [base] has seen it in about one demonstration of a hundred. So it has [support] there, but little: a right answer is possible and next to never drawn. Here the claim that RL finds nothing which its base lacked can fail.',
    second:
      'The recorded study of this chapter pretrains bases for which multiplication is rarer or more common, from never to as often as all else, and lets five ways of learning begin with each. [GRPO] pays what is sampled. An entropy bonus pays for staying undecided, so that unlikely answers go on being tried. A teacher’s answers ([SFT]) need no sampling at all.',
    ask: 'Multiplication in one demonstration of a hundred: after which of them does the policy solve most of the problems that need it, with 256 samples each?',
    after:
      'The base solves {base} of them. It is {grpo} after GRPO, {entropy} with an entropy bonus, {taught} after a teacher’s answers. With a base that has never seen a product the entropy bonus ends at {never}, and the teacher’s answers at {neverTaught}. So whether RL finds anything new depends on how rare the skill was, and on whether training goes on exploring: the figure of the study has the other rarities.',
  },
  luck: {
    title: 'Is it luck?',
    first:
      'With enough samples blind guessing solves anything. So is [pass@k] at large k only that? It is the oldest objection to the measure, and a fair one. Two controls answer it for this task: uniformly random tokens, computed exactly as [chance], and an untrained network of the same shape.',
    second:
      'The paper’s authors say the same of their own claim: at an astronomic k every model passes, so it rests on values of k that people use. They also read solutions by hand to see whether reasoning, and not a lucky guess, led to them. And one run is luck of another kind: recorded means come with an [interval] over [seed|seeds] that were chosen beforehand.',
    ask: 'The base’s curve is drawn. Draw that of a network that has learned nothing.',
    after:
      'With 1,024 samples the untrained network reaches {chance}, the trained one {trained}. So here luck explains a part of large k, and not most of it. Learning nothing is not the same as guessing evenly: this one network, a single initialisation, prefers some tokens and does worse. On tasks with few possible answers luck can be all of it.',
  },
  credit: {
    title: 'Where credit goes',
    first:
      'A group’s mean is the yardstick: the [advantage] says how far above it an answer was paid, in standard deviations. Each [token] of the answer gets the same advantage, good steps and blunders alike. If all answers of a group are paid alike, nothing is learned from it.',
    second:
      'Here the task is to write down each result on the way, and only the last number is checked. Critics of pass@k at large k argue exactly here: a right answer with wrong reasoning should not count. Wen et al. (2025) leave such answers out and find RLVR ahead at every k they look at. Let us count both.',
    ask: 'The share of right answers over training is drawn. Draw the share that is right with every written step right.',
    after:
      'At the end, a share of {wrong} of the credit falls on wrong steps. With rewards for steps it is {process}, but then pass@1 goes from {baseOne} to {processOne}. In this toy a false step costs nothing and can reach the target at once, so paying for outcomes teaches it. Sound answers become rarer, the opposite of what Wen et al. report, which says more about this task than about theirs.',
  },
  algorithms: {
    title: 'Algorithms, one table of choices',
    first:
      'GRPO, Dr. GRPO, RLOO, DAPO: each is one row of choices, and two rows often differ in one cell. What is compared with what? Is the difference divided by the group’s standard deviation? Which tokens count, and where is the [importance ratio] cut off by a [clip]?',
    second:
      'With rewards of 0 and 1 much of it comes down to one curve: w(p), how strongly the first update pushes on a problem that one sample solves with probability p. It follows from the formulas, so no run is needed. A weight that is flat treats all problems alike.',
    ask: 'Draw w(p) for GRPO with groups of 8: from problems hardly ever solved to problems hardly ever failed.',
    after:
      'Dividing by the deviation lifts both ends; taking that away, as Dr. GRPO does, flattens the curve. Below are recorded outcomes of whole runs. In Yue et al. (2025), six algorithms differ little at large k; here too most cannot be told apart. Paying groups for pass@k instead of single answers keeps more.',
  },
  distillation: {
    title: 'Beyond the base: distillation',
    first:
      'This base was never shown a product, and these problems need one. It does not have the [support]: right answers have next to no probability, so sampling finds none, and what is never sampled is never paid. Is there a way out?',
    second:
      'Compare three ways with the same number of steps. GRPO pays the policy’s own answers. [distillation|Distillation] imitates answers of a teacher that knows products. On-policy distillation lets the policy answer and asks the teacher how likely each token was.',
    ask: 'Which of them solves most of the problems beyond the base, with 256 samples each?',
    after:
      'The base starts at {base} there. A teacher’s answers ([SFT]) bring what was missing; advice along the policy’s own paths does not, since they hardly ever lead there. After only 20 steps of a teacher’s answers pass@256 is {started}. GRPO from there on takes pass@1 from {startedOne} to {warmOne}, hardly apart, and lowers pass@256 to {warm}: here it spends what the teacher brought. Sun et al. (2025) report more: with such a start RL comes to solve what no sample had solved. And for the base of the other chapters, which has seen products rarely, a teacher’s answers take pass@256 from {knownBase} to {known}.',
  },
  sampling: {
    title: 'Better sampling, no training',
    first:
      'If RL only makes likely answers likelier, one could do that without training: draw each answer with a probability in proportion to its old one to the power α. This is not a low temperature. Temperature sharpens each token by itself; a power of the whole answer looks ahead at what a token leads to.',
    second:
      'Karan and Du (2025) do it with a Markov chain, which keeps proposing changes to an answer and accepts some, and come near the accuracy of RL on large models; each sample costs more. In this toy the chain’s target can be computed exactly; the curve that you will see is that of the target for α = 4.',
    ask: 'The base’s curve is drawn. Draw pass@k of its fourth power (α = 4).',
    after:
      'One sample: {power} for the exact power, {cold} for a temperature of ¼, and {chain} for the chain after its ten moves: most of them are accepted, and still it is short of its target. Here the exact power does better at one sample than 100 steps of GRPO do, and keeps more at large k; the chain does not get so far. It can help only as far as likelier answers are righter ones.',
  },
  vanish: {
    title: 'When the effect vanishes',
    first:
      'A claim that cannot fail says nothing. So make the loss at large k go away. Set the learning rate to 0, and nothing moves. Hold the policy to its base by a [KL] penalty: in the exact optimum no right answer loses against another, and the curve rises everywhere. Or give the network room.',
    second:
      'A network that could give each problem parameters of its own would have no reason to trade one for another. With few training problems it comes near to that. The figure shows [pass@256] on the very problems that are trained on, for training sets of different sizes.',
    ask: 'The base’s is drawn. Draw where it ends after 100 steps, from one problem to 512.',
    after:
      'That is on the problems trained on; on held-out ones few training problems lose more, as the sentences below say. Further, held out: with learning rate 0 pass@256 is {still}, the base’s {stillBase}. With a strong KL penalty it is {penalty}, at the price of pass@1: {penaltyOne} in place of {plainOne}. If a coin pays instead of the program, pass@1 ends at {coin}: in one family of large models random rewards helped (Shao et al. 2025), here they do not.',
  },
  large: {
    title: 'What this says about large models, and what not',
    first:
      'Nothing here is evidence about large models. This network has some 27 thousand parameters, answers are a few tokens long, and its base was taught on purpose to be wrong often and varied. What it can show is that the mechanism exists, with every number exact, and under which conditions it goes away.',
    second:
      'The debate is open. On one side: crossings in many models, entropy spent, [support|supports] that shrink more than they grow (Wu et al. 2025). On the other: sound reasoning improves (Wen et al. 2025), long training with varied tasks and resets expands what is solved (Liu et al. 2025), narrow training sets cannot show a limit (Lambert 2025), and saving samples by the thousand is worth having.',
    ask: 'The recorded studies of this page stand beside findings of papers, each a number that rises, falls or stays. In how many of 100 does the toy’s number go the same way? The button also makes a run of your own, and the figure holds it against seven of the findings.',
    after:
      'This count is of recorded means; the full list is below. Where the signs differ it says so. With the same sign, sizes still differ: here pass@256 goes from {toyBase} to {toy}, far more than the few points of Yue et al. Your own run is one seed. Turn a setting and see which findings stay: a finding that one setting can remove is a finding about that setting too.',
  },
} as const;

export type ChapterTexts = (typeof CHAPTER_TEXTS)[keyof typeof CHAPTER_TEXTS];
export const textsOf = (name: string): ChapterTexts =>
  CHAPTER_TEXTS[name as keyof typeof CHAPTER_TEXTS];
