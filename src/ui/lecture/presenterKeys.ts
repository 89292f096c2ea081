import { isTaken, type Taker } from '../takers.ts';
import * as LECTURE_KEYS from '../../messages/lectureKeys.ts';
import type { Lecture } from './lecture.svelte.ts';

type Act = (lecture: Lecture) => void;

/** Keys of a presenter, or of the small remote that sends them. */
interface PresenterKeys {
  /** In the list of keys: their name, and what they do. */
  name: string;
  does: string;
  /** By the key, as an event of the keyboard names it. */
  acts: Readonly<Record<string, Act>>;
}

const next: Act = (lecture) => lecture.goTo(lecture.index + 1);
const previous: Act = (lecture) => lecture.goTo(lecture.index - 1);
const larger: Act = (lecture) => lecture.enlarge(1.1);

export const PRESENTER_KEYS: readonly PresenterKeys[] = [
  {
    name: LECTURE_KEYS.space,
    does: LECTURE_KEYS.spaceDoes,
    acts: { ' ': (lecture) => lecture.playOrPause() },
  },
  {
    name: LECTURE_KEYS.next,
    does: LECTURE_KEYS.nextDoes,
    acts: { ArrowRight: next, PageDown: next, n: next },
  },
  {
    name: LECTURE_KEYS.previous,
    does: LECTURE_KEYS.previousDoes,
    acts: { ArrowLeft: previous, PageUp: previous, p: previous },
  },
  {
    name: LECTURE_KEYS.ends,
    does: LECTURE_KEYS.endsDoes,
    acts: { Home: (lecture) => lecture.goTo(0), End: (lecture) => lecture.goTo(Infinity) },
  },
  {
    name: LECTURE_KEYS.step,
    does: LECTURE_KEYS.stepDoes,
    acts: { '.': (lecture) => lecture.step() },
  },
  {
    name: LECTURE_KEYS.reset,
    does: LECTURE_KEYS.resetDoes,
    acts: { r: (lecture) => lecture.reset() },
  },
  {
    name: LECTURE_KEYS.view,
    does: LECTURE_KEYS.viewDoes,
    acts: { v: (lecture) => lecture.nextView() },
  },
  {
    name: LECTURE_KEYS.task,
    does: LECTURE_KEYS.taskDoes,
    acts: { k: (lecture) => lecture.nextTask() },
  },
  {
    name: LECTURE_KEYS.larger,
    does: LECTURE_KEYS.largerDoes,
    acts: { '+': larger, '=': larger, '-': (lecture) => lecture.enlarge(1 / 1.1) },
  },
  { name: LECTURE_KEYS.theme, does: LECTURE_KEYS.themeDoes, acts: { t: swapTheme } },
  {
    name: LECTURE_KEYS.black,
    does: LECTURE_KEYS.blackDoes,
    acts: { b: (lecture) => (lecture.isBlack = true) },
  },
  { name: LECTURE_KEYS.full, does: LECTURE_KEYS.fullDoes, acts: { f: swapFullScreen } },
  {
    name: LECTURE_KEYS.help,
    does: LECTURE_KEYS.helpDoes,
    acts: { '?': (lecture) => (lecture.showsKeys = true) },
  },
];

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
const TAKERS: readonly Taker[] = [
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
  if (isTaken(TAKERS, key, target instanceof Element ? target : null)) return false;
  const pressed = key.length === 1 ? key.toLowerCase() : key;
  const found = PRESENTER_KEYS.find(({ acts }) => Object.hasOwn(acts, pressed));
  found?.acts[pressed]!(lecture);
  return found !== undefined;
}
