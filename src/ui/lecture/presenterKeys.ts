import type { Lecture } from './lecture.svelte.ts';
import { LECTURE_KEYS } from './deck.ts';

/** A key of a presenter, or of the small remote that sends it. */
interface PresenterKey {
  /** As an event of the keyboard names them. */
  keys: readonly string[];
  /** In the list of keys: its name, and what it does. */
  name: string;
  does: string;
  act(lecture: Lecture): void;
}

export const presenterKeys = (): readonly PresenterKey[] => [
  {
    keys: [' '],
    name: LECTURE_KEYS.space,
    does: LECTURE_KEYS.spaceDoes,
    act: (lecture) => lecture.playOrPause(),
  },
  {
    keys: ['ArrowRight', 'PageDown', 'n'],
    name: LECTURE_KEYS.next,
    does: LECTURE_KEYS.nextDoes,
    act: (lecture) => lecture.goTo(lecture.index + 1),
  },
  {
    keys: ['ArrowLeft', 'PageUp', 'p'],
    name: LECTURE_KEYS.previous,
    does: LECTURE_KEYS.previousDoes,
    act: (lecture) => lecture.goTo(lecture.index - 1),
  },
  {
    keys: ['Home', 'End'],
    name: LECTURE_KEYS.ends,
    does: LECTURE_KEYS.endsDoes,
    act: () => undefined,
  },
  {
    keys: ['.'],
    name: LECTURE_KEYS.step,
    does: LECTURE_KEYS.stepDoes,
    act: ({ playground }) => {
      if (['paused', 'cancelled'].includes(playground.state)) playground.step();
    },
  },
  {
    keys: ['r'],
    name: LECTURE_KEYS.reset,
    does: LECTURE_KEYS.resetDoes,
    act: (lecture) => lecture.reset(),
  },
  {
    keys: ['v'],
    name: LECTURE_KEYS.view,
    does: LECTURE_KEYS.viewDoes,
    act: (lecture) => lecture.nextView(),
  },
  {
    keys: ['+', '=', '-'],
    name: LECTURE_KEYS.larger,
    does: LECTURE_KEYS.largerDoes,
    act: () => undefined,
  },
  { keys: ['t'], name: LECTURE_KEYS.theme, does: LECTURE_KEYS.themeDoes, act: swapTheme },
  {
    keys: ['b'],
    name: LECTURE_KEYS.black,
    does: LECTURE_KEYS.blackDoes,
    act: (lecture) => (lecture.isBlack = true),
  },
  { keys: ['f'], name: LECTURE_KEYS.full, does: LECTURE_KEYS.fullDoes, act: swapFullScreen },
  {
    keys: ['?'],
    name: LECTURE_KEYS.help,
    does: LECTURE_KEYS.helpDoes,
    act: (lecture) => (lecture.showsKeys = true),
  },
];

/** Those of one row that do different things. */
const APART: Readonly<Record<string, (lecture: Lecture) => void>> = {
  Home: (lecture) => lecture.goTo(0),
  End: (lecture) => lecture.goTo(Infinity),
  '+': (lecture) => lecture.enlarge(1.1),
  '=': (lecture) => lecture.enlarge(1.1),
  '-': (lecture) => lecture.enlarge(1 / 1.1),
};

function swapTheme(): void {
  const { dataset } = document.documentElement;
  const isDark = dataset['theme']
    ? dataset['theme'] === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  dataset['theme'] = isDark ? 'light' : 'dark';
}

function swapFullScreen(): void {
  // Where it is not allowed, as in some frames, nothing happens.
  const done = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  void done.catch(() => undefined);
}

/** What takes keys itself: fields write, a button has the space bar, a slider the arrows. */
const TAKERS: readonly { selector: string; keys?: readonly string[] }[] = [
  { selector: 'input:not([type=range], [type=checkbox]), select, textarea, dialog' },
  {
    selector: 'input[type=range], [role=gridcell]',
    keys: ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'PageUp', 'PageDown'],
  },
  { selector: 'button, a, summary, input[type=checkbox]', keys: [' '] },
];

/** Does what a key stands for; false where it is not the presenter's. */
export function press(event: KeyboardEvent, lecture: Lecture): boolean {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (ctrlKey || metaKey || altKey) return false;
  if (lecture.isBlack) {
    lecture.isBlack = false;
    return true;
  }
  const focused = target instanceof Element ? target : null;
  if (
    TAKERS.some((taker) => (taker.keys?.includes(key) ?? true) && focused?.closest(taker.selector))
  )
    return false;
  const pressed = key.length === 1 ? key.toLowerCase() : key;
  const found = presenterKeys().find(({ keys }) => keys.includes(pressed));
  if (!found) return false;
  (APART[pressed] ?? found.act)(lecture);
  return true;
}
