import type { PresetName } from '../../run/presets.ts';
import type { FigureName } from '../embed/figures.ts';

/** One slide of the deck. */
export interface Slide {
  /** In the address, as `slide=crossing`. */
  id: SlideId;
  preset: PresetName;
  /** Where it stands when it is opened: a recorded run is shown there, any other trains to it. */
  step: number;
  figures: readonly FigureName[];
}

export type SlideId =
  | 'base'
  | 'crossing'
  | 'training'
  | 'lost'
  | 'explores'
  | 'still'
  | 'coin'
  | 'narrow'
  | 'distilled'
  | 'room';

/** In the order of a lecture of five minutes and more. */
export const DECK: readonly Slide[] = [
  { id: 'base', preset: 'crossing', step: 0, figures: ['passk'] },
  { id: 'training', preset: 'crossing', step: 60, figures: ['training'] },
  { id: 'crossing', preset: 'crossing', step: 300, figures: ['passk', 'training'] },
  { id: 'lost', preset: 'crossing', step: 300, figures: ['problems'] },
  { id: 'explores', preset: 'explores', step: 0, figures: ['problems'] },
  { id: 'still', preset: 'still', step: 0, figures: ['training'] },
  { id: 'coin', preset: 'coin', step: 0, figures: ['passk', 'training'] },
  { id: 'room', preset: 'room', step: 0, figures: ['passk'] },
  { id: 'narrow', preset: 'narrow', step: 0, figures: ['passk', 'beyond'] },
  { id: 'distilled', preset: 'distilled', step: 0, figures: ['passk', 'beyond'] },
];

/** The slide of that name; null for none. */
export const slideOf = (id: string): Slide | null => DECK.find((slide) => slide.id === id) ?? null;

/** The heading of each slide, and what a lecturer may ask or say. */
export const SLIDES = {
  base: 'Before any training, the base can solve far more than one sample shows',
  baseNote:
    'A wrong answer is common, a right one rare, and for a fifth of the problems next to impossible: they need multiplication, which the base was hardly ever shown. Ask: what will training move, the left end of this curve or the right?',
  training: 'Training: pass@1 rises, pass@256 falls, and so does entropy',
  trainingNote:
    'Every point is exact: all right answers are enumerated, so nothing here is luck of the draw. Press space to train it live.',
  crossing: 'The curves cross: ahead with few samples, behind with many',
  crossingNote:
    'Left of the crossing the trained policy is better, right of it the base is. Which side is your use on?',
  lost: 'Which problems were lost?',
  lostNote:
    'One cell a problem, above the base, below after training. Outlined: solved by 256 samples of the base, no longer after training. Is there one the other way round?',
  explores: 'And found? Gentler steps with an entropy bonus',
  exploresNote:
    'The same base, the same rewards. This run keeps trying what is unlikely. Press space and watch for problems that the base could not solve: the claim that RL finds none can fail.',
  still: 'Nothing is scripted: with a learning rate of 0 nothing moves',
  stillNote: 'Press space. The curves stay where they are, to the last digit.',
  coin: 'Paid by a coin',
  coinNote:
    'The reward says nothing about the answer. Ask first: will pass@1 rise here? Then press space.',
  room: 'A training set so small that the network has room for it',
  roomNote:
    'Four training problems. Where there is room to learn each one, does the effect go away? These curves are of held-out problems.',
  narrow: 'Problems beyond what the base was shown',
  narrowNote:
    'This base never saw one skill. Rewards can only strengthen what is sampled: press space and watch the figure on the right.',
  distilled: 'A teacher brings in what rewards do not find',
  distilledNote:
    'The same base learns from a teacher’s answers instead. Press space and compare the figure on the right with the slide before.',
};

export const LECTURE = {
  of: '{at} / {all}',
  recorded: 'recorded run, seed {seed}, step {step}',
  live: 'live, seed {seed}, step {step} of {steps}',
  preparing: 'getting ready: {what}',
  ready: 'ready: space trains it here',
  cancelled: 'cancelled: R prepares the slide again, space begins it',
  cancel: 'Cancel',
  cancelHint: 'End what is being prepared',
  stopHint: 'Stop here, before the step of the slide',
  training: 'training to step {step}',
  loading: 'getting ready',
  failed: 'stopped: {why}',
  play: 'Train (space)',
  pause: 'Pause (space)',
  step: 'Step (.)',
  reset: 'Reset (R)',
  next: 'Next slide (→)',
  previous: 'Slide before (←)',
  keys: 'Keys (?)',
  leave: 'Open the playground',
  noSlide: "In the link, slide is '{id}', expected one of {known}; the first one is shown.",
  deck: 'Slides',
  stage: 'Figures of the slide',
  black: 'Dark for a moment; any key goes on.',
};

export const LECTURE_KEYS = {
  title: 'Keys of a presenter',
  space: 'Space',
  spaceDoes: 'train, or pause',
  next: '→ Page down N',
  nextDoes: 'next slide',
  previous: '← Page up P',
  previousDoes: 'slide before',
  ends: 'Home End',
  endsDoes: 'first slide, last slide',
  step: '.',
  stepDoes: 'one training step',
  reset: 'R',
  resetDoes: 'back to where the slide begins',
  view: 'V',
  viewDoes: 'both figures, or one at a time',
  larger: '+ −',
  largerDoes: 'larger, smaller',
  theme: 'T',
  themeDoes: 'light or dark',
  black: 'B',
  blackDoes: 'dark screen, and back',
  full: 'F',
  fullDoes: 'full screen',
  help: '?',
  helpDoes: 'this list',
};
