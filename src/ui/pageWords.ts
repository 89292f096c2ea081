/** What stands around the cards. */
export const PAGE_TEXT = {
  skip: 'Skip to the figures',
  intro:
    'A tiny transformer learns {task} – {asks} – from a program that only checks its answers. Does it learn anything new, or find faster what it could do?',
  tour: 'Guided tour',
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
