import * as SLIDES from '../../messages/slides.ts';
import { TAUGHT_TASKS } from '../../run/bases.ts';
import { needsTeacher } from '../../experiments/experiments.ts';
import { PRESETS, type PresetName } from '../../run/presets.ts';
import { settingsOver, taskName, type RunSettings } from '../../run/settings.ts';
import type { TaskFamily } from '../../tasks/tasks.ts';
import type { SlideFigureName } from '../embed/figures.ts';

/** One slide of the deck. */
export interface Slide {
  /** In the address, as `slide=crossing`. */
  id: SlideId;
  preset: PresetName;
  /**
   * Where it stands when it is opened: a recorded run is shown there, any other trains to it. Unless given, as far as its
   * run has come.
   */
  step?: number;
  figures: readonly SlideFigureName[];
  /** Of the one task that it is about; of all unless given. */
  only?: TaskFamily;
  /** Whether it shows a comparison that stands, and nothing of the run on screen. */
  isFixed?: boolean;
}

/** What a deck can be about, in the order in which a key goes through them. */
export const DECK_TASKS = ['countdown', 'maze', 'programs'] as const satisfies TaskFamily[];

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
  | 'room'
  | 'large';

/**
 * In the order of a lecture of five minutes and more. The large model comes last: by then an audience has seen that the
 * toy was made to show the effect, and when it goes away, and what it takes home is what was measured elsewhere.
 */
export const DECK: readonly Slide[] = [
  { id: 'base', preset: 'crossing', step: 0, figures: ['passk'] },
  { id: 'training', preset: 'crossing', step: 60, figures: ['training'] },
  { id: 'crossing', preset: 'crossing', step: 300, figures: ['passk', 'training'] },
  { id: 'lost', preset: 'crossing', step: 300, figures: ['problems'] },
  { id: 'explores', preset: 'explores', figures: ['problems'] },
  { id: 'still', preset: 'still', figures: ['training'] },
  { id: 'coin', preset: 'coin', figures: ['passk', 'training'] },
  { id: 'room', preset: 'room', figures: ['passk'] },
  { id: 'narrow', preset: 'narrow', figures: ['passk', 'beyond'] },
  { id: 'distilled', preset: 'distilled', figures: ['passk', 'beyond'] },
  // The run that it shows is recorded of Countdown.
  {
    id: 'large',
    preset: 'crossing',
    step: 300,
    figures: ['large'],
    only: 'countdown',
    isFixed: true,
  },
];

/** The settings of a slide about a task, before what a link changes. */
export const settingsOf = ({ preset }: Slide, task: TaskFamily): Partial<RunSettings> => ({
  ...PRESETS[preset],
  task,
});

/** The slides about a task: none of another one, and none that needs a teacher where no teacher is. */
export const deckOf = (task: TaskFamily): readonly Slide[] =>
  DECK.filter((slide) => {
    if (slide.only !== undefined && slide.only !== task) return false;
    const settings = settingsOver(settingsOf(slide, task));
    return !needsTeacher(settings) || TAUGHT_TASKS.includes(taskName(settings));
  });

/** Slides that say something else of a task: on mazes the effect does not appear. */
const OWN_WORDS = {
  maze: { training: 'mazeTraining', crossing: 'mazeCrossing' },
} as const satisfies Partial<Record<TaskFamily, Partial<Record<SlideId, string>>>>;
type WordsId = SlideId | (typeof OWN_WORDS.maze)[keyof typeof OWN_WORDS.maze];

/** What a slide about a task says. */
export function wordsOf({ id }: Slide, task: TaskFamily): { title: string; note: string } {
  const ofTasks: Partial<Record<TaskFamily, Partial<Record<SlideId, WordsId>>>> = OWN_WORDS;
  const key = ofTasks[task]?.[id] ?? id;
  return { title: SLIDES[key], note: SLIDES[`${key}Note`] };
}
