import { words } from '../../text/words.ts';

export const EMBED = words('embed', {
  open: 'Open in the playground',
  figures: 'Figures',
  released: 'stopped while nobody looked, which frees the graphics card',
  noFigure: "In the link, figures has '{name}', expected some of {known}; it is left out.",
  noControl: "In the link, hide has '{name}', which is no control of this page; it is ignored.",
});

export const DIALOG = words('embed-dialog', {
  title: 'Put this run into a page',
  what: 'With the settings of the run on screen. A picture stands there until a reader presses “Run it here”; then it trains in their browser.',
  figures: 'Figures',
  passk: 'pass@k over k',
  training: 'pass@k and entropy over steps',
  entropy: 'entropy',
  reward: 'reward',
  problems: 'map of the problems',
  beyond: 'pass@k beyond a narrow prior',
  weight: 'weight of a problem, w(p)',
  hide: 'Leave out',
  timeline: 'timeline',
  speed: 'speed',
  seed: 'seed',
  'run-to': 'run to step',
  branch: 'branch',
  pin: 'pin',
  keys: 'list of keys',
  theme: 'Theme',
  auto: 'as the page is',
  light: 'light',
  dark: 'dark',
  autorun: 'train when it is seen',
  element: 'As an element: as high as it needs, light or dark as the page',
  frame: 'As a frame, where no script may be added',
  copy: 'Copy',
  copied: 'Copied',
  promise:
    'What begins with v1/ goes on to work as it does, so that an old post keeps its figure. The numbers are those of your run on the same engine; on another device rounding can make another run with the same statistics.',
  close: 'Close',
});
