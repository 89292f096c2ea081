/** What stands around the cards. */
export const PAGE_TEXT = {
  skip: 'Skip to the figures',
  intro:
    'A tiny transformer learns {task} by {rlvr} – a program only checks its answers. Does training teach it anything new, or only to find sooner what it could already find? Compare it now with {base} and with {chance} at {k} tries.',
  lecture: 'Lecture',
  share: 'Share',
  shareHint: 'Link, run file, rows (S)',
  themeHint: 'Light, dark, or as the system says',
  auto: 'auto',
  light: 'light',
  dark: 'dark',
  aside: 'Sections and settings',
  sections: 'Sections',
  settings: 'Settings',
  toy: 'A toy, and no evidence about large models. It shows the effect that {paper} report for them, in a network so small{parameters} that every success probability can be computed instead of sampled. Nothing is scripted: set the learning rate to 0 and every curve stays flat. The same seed gives the same run, without a GPU to the last bit on every machine; between a GPU and a processor rounding flips a token now and then, and from there two runs part.',
  parameters: ' ({count} parameters)',
};

/** Words that a newcomer meets on the stage, each with what it means. */
export const TERMS = {
  rlvr: {
    name: 'RLVR',
    text: 'Reinforcement learning with verifiable rewards: the policy answers, a program says right or wrong, and answers that were right become likelier.',
  },
  base: {
    name: 'the base',
    text: 'The policy before this training. It was pretrained on demonstrations, right ones and wrong ones, as a large model is on text.',
  },
  chance: {
    name: 'chance',
    text: 'Answers of random symbols, which know nothing: what solves as many needs no skill.',
  },
  k: {
    name: 'k',
    text: 'How many answers a problem gets. pass@k is the share of problems of which at least one of k sampled answers is right, exact.',
  },
};
