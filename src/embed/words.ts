/** What a frame shows before anything of it runs. */
export const POSTER = {
  title: 'A tiny transformer in training',
  caption: 'It answers small problems. The figures are of before and after.',
  run: 'Run it here',
  starting: 'Starting …',
  open: 'Open the playground',
  figures: 'Figures',
  problems: 'What is wrong with the address',
  /** Before the numbers, so that nobody takes them for a run of their own. */
  recorded: 'recorded, {steps} steps, seed {seed}',
  untrained: 'base, before training',
};

/** What is said of results of somebody's own models, if the page around says nothing else. */
export const RESULTS_HEAD = {
  title: 'pass@k before and after training',
  caption:
    'Estimated from samples that a verifier has judged. Bands: 95 % intervals, of redrawn problems.',
};

/** Names of figures, as their tabs have them. */
export const FIGURE_WORDS: Readonly<Record<string, string>> = {
  passk: 'pass@k over k',
  training: 'pass@k over steps',
  entropy: 'Entropy',
  reward: 'Reward',
  problems: 'Per problem',
  beyond: 'Beyond the prior',
  weight: 'Weight w(p)',
};

/** What is written in the pictures. */
export const PICTURE = {
  base: 'base',
  now: 'trained',
  chance: 'guessing',
  ends: '{name}: {first} at {x} = {from}, {last} at {x} = {to}',
  cells:
    '{count} held-out problems, one cell each, from those that the base solves often to those it never does',
  cellsNote:
    'One cell per held-out problem. Upper half: base. Lower half: trained. Bright cells are solved often.',
  baseCellsNote:
    'One cell per held-out problem. Upper half: base. A run draws the lower half. Bright cells are solved often.',
  none: 'A run draws this.',
  beyondNote: 'Only the held-out problems that need the skill which the base was never shown.',
  noneBeyond: 'This base lacks no skill.',
  passAtK: 'pass@k',
  kAxis: 'k, samples per problem',
  step: 'step',
  steps: 'training steps',
  entropy: 'entropy',
  entropyAxis: 'nats per token',
  reward: 'reward',
  rewardAxis: 'share of answers',
  accuracy: 'right',
  beyondAxis: 'share solved',
  pAxis: 'p, chance that one sample is right',
  weightAxis: 'w(p)',
};

/** What is said of a preset, or of a figure. */
interface PresetWords {
  /** What has been set up, where there is no recorded run to claim anything of. */
  name: string;
  what: string;
  /** What its recorded run shows: a test holds it against that. For the places of `found` see head.ts. */
  title: string;
  found?: string;
}

/** In place of what is said of the page's own preset, where one of these figures stands alone. */
export const FIGURE_HEADS: Readonly<Record<string, PresetWords>> = {
  entropy: {
    name: 'Entropy during training',
    what: 'Entropy tells how varied the sampled answers are.',
    title: 'Training makes answers less varied',
  },
  reward: {
    name: 'Reward during training',
    what: 'The mean reward of the sampled answers, step by step.',
    title: 'The reward rises',
    found: 'A program checks each answer, so the reward is the share of right ones.',
  },
  problems: {
    name: 'Base and trained policy, per problem',
    what: 'Each problem has its own chance to be solved.',
    title: 'Some problems get surer, others are lost',
    found: 'Training makes some easier and others harder.',
  },
  beyond: {
    name: 'Problems beyond the prior',
    what: 'They need a skill that a base was never shown.',
    title: 'Problems beyond the prior',
  },
  weight: {
    name: 'How much an update cares about one problem',
    what: 'It depends on p, the chance that one sample solves the problem.',
    title: 'How much an update cares about one problem',
  },
};

export const PRESET_WORDS: Readonly<Record<string, PresetWords>> = {
  crossing: {
    name: 'Rewards for right answers to number puzzles',
    what: 'Rewards train a tiny transformer on number puzzles.',
    title: 'One try gets better, many tries get worse',
    found: 'From k ≈ {crossing} on, the base solves more than the trained policy.',
  },
  explores: {
    name: 'A gentler run with a bonus for entropy',
    what: 'The steps are smaller, and entropy is rewarded, to keep answers varied.',
    title: 'A gentler run gains at 256 tries too',
    found: 'Some problems come within reach of 256 tries.',
  },
  'near-paper': {
    name: 'Smaller steps and a KL penalty',
    what: 'The steps are smaller, and a KL penalty holds the policy near its base.',
    title: 'Much is gained at one try, little is lost at many',
    found: 'The curves cross at k ≈ {crossing}.',
  },
  broad: {
    name: 'A base for which nothing is rare',
    what: 'This base has seen every skill often.',
    title: 'The base solves everything in 1,024 tries',
    found: 'Training makes one try better, and loses problems at large k.',
  },
  still: {
    name: 'A run whose step is 0',
    what: 'The step size is 0, so both curves have to be the same.',
    title: 'Nothing is learned, and nothing changes',
  },
  coin: {
    name: 'A coin pays',
    what: 'A coin decides which answers are rewarded. No program checks them.',
    title: 'A coin pays, and one try gets worse',
  },
  distilled: {
    name: 'A teacher’s answers for a base that lacks a skill',
    what: 'The base was never shown one skill. The answers of its teacher have it.',
    title: 'A teacher brings a skill that the base lacks',
    found:
      'In 256 tries the trained policy solves {beyondNow} of the problems that need it, the base {beyondBase}.',
  },
  narrow: {
    name: 'Rewards for a base that lacks a skill',
    what: 'The base was never shown one skill. What is never sampled is never rewarded.',
    title: 'Rewards do not bring a skill that the base lacks',
    found:
      'In 256 tries the trained policy solves {beyondNow} of the problems that need it, the base {beyondBase}.',
  },
  room: {
    name: 'Four problems to train on',
    what: 'The run trains on only four problems.',
    title: 'Four problems are learned by heart',
    found: 'The reward rises, and the held-out problems get no better.',
  },
  maze: {
    name: 'The way through a small maze',
    what: 'The policy writes a way through the maze, and a program walks it.',
    title: 'In a small maze, 256 tries get better too',
    found: 'Only from k ≈ {crossing} on, the base solves more.',
  },
  programs: {
    name: 'Small programs',
    what: 'The policy writes a small program, and hidden tests check it.',
    title: 'With small programs the curves cross too',
    found: 'They cross at k ≈ {crossing}.',
  },
};
