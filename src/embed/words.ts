/** What a frame shows before anything of it runs. */
export const POSTER = {
  base: 'base',
  now: 'trained',
  summary: '{name}: {first} at k = 1, {last} at k = 1024',
  xAxis: 'k, samples per problem (log scale)',
  title: 'Reinforcement learning with verifiable rewards, in miniature',
  recorded:
    'Held-out pass@k of a recorded run: the base, and after {steps} training steps with seed {seed}. Every number is exact.',
  baseOnly:
    'Held-out pass@k of the base, exact, before any training. What training does to it, a run will show.',
  none: 'A tiny transformer, trained in this page by a program that checks its answers.',
  run: 'Run it here',
  starting: 'Starting …',
  open: 'Open the playground',
};
