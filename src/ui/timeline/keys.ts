import { canStep } from '../state/phase.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { isTaken, type Taker } from '../takers.ts';
import { nextSpeed } from './speeds.ts';

export const TEXT = {
  title: 'Keys',
  close: 'Close',
  note: 'While the focus is in a field, keys write there.',
  space: 'Space',
  play: 'play or pause',
  dots: '. or →',
  step: 'one training step',
  slower: 'play slower',
  faster: 'play faster',
  reset: 'reset: the same seed, the same run',
  newSeed: 'new seed, and a new run with it',
  undo: 'after either, for ten seconds: the run before is back',
  branch: 'branch off at the step that the figures show',
  pin: 'pin this run as a ghost, or let it go',
  arrows: '← → Home End',
  scrub: 'on the timeline: the step that all figures show',
  escape: 'Esc',
  now: 'back to the latest step; close this list',
  share: 'share and keep: link, run file, rows',
  help: 'this list',
};

/** A key that the page listens to. */
export interface Key {
  /** As an event of the keyboard names them. */
  keys: readonly string[];
  /** As a reader knows it. */
  name: string;
  does: string;
  /** Not given where the focused element acts by itself. */
  act?(playground: Playground): void | Promise<void>;
}

/** Comes with the buttons that do the same. */
const branching = () => import('./branching.ts');

/** All keys, in the order in which they are listed. */
export const KEYS: readonly Key[] = [
  {
    keys: [' '],
    name: TEXT.space,
    does: TEXT.play,
    act: (page) => (page.run.phase.kind === 'playing' ? page.pause() : page.play()),
  },
  {
    keys: ['.', 'ArrowRight'],
    name: TEXT.dots,
    does: TEXT.step,
    act: (page) => {
      if (canStep(page.run.phase)) page.step();
    },
  },
  {
    keys: ['-'],
    name: '−',
    does: TEXT.slower,
    act: (page) => page.setSpeed(nextSpeed(page.run.pace.limit, 'slower')),
  },
  {
    keys: ['+', '='],
    name: '+',
    does: TEXT.faster,
    act: (page) => page.setSpeed(nextSpeed(page.run.pace.limit, 'faster')),
  },
  { keys: [], name: TEXT.arrows, does: TEXT.scrub },
  { keys: ['r'], name: 'R', does: TEXT.reset, act: (page) => page.reset() },
  { keys: ['n'], name: 'N', does: TEXT.newSeed, act: (page) => page.newSeed() },
  { keys: ['u'], name: 'U', does: TEXT.undo, act: (page) => page.undo() },
  {
    keys: ['b'],
    name: 'B',
    does: TEXT.branch,
    act: async (page) => (await branching()).branchHere(page),
  },
  {
    keys: ['p'],
    name: 'P',
    does: TEXT.pin,
    act: async (page) => (await branching()).togglePin(page),
  },
  { keys: ['s'], name: 'S', does: TEXT.share, act: (page) => (page.dialog = 'share') },
  {
    keys: ['Escape'],
    name: TEXT.escape,
    does: TEXT.now,
    act: (page) => {
      page.figures.held = page.remark = null;
    },
  },
  { keys: ['?'], name: '?', does: TEXT.help, act: (page) => (page.dialog = 'keys') },
];

/** What acts on keys by itself when it has the focus: on all of them, on arrows, on the space bar. */
const TAKERS: readonly Taker[] = [
  {
    selector:
      'input:not([type=range], [type=checkbox], [type=radio]), select, textarea, [contenteditable], dialog',
  },
  {
    selector: 'input, figure, [role=img], [role=slider], [tabindex]',
    keys: ['ArrowRight'],
  },
  { selector: 'button, a, summary, input[type=checkbox], input[type=radio]', keys: [' '] },
];

/** What a key does where the focus is; null where it is not the page's. */
export function keyFor(
  { key, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent,
  focused: Pick<Element, 'closest'> | null,
): Key | null {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return null;
  if (isTaken(TAKERS, key, focused)) return null;
  const pressed = key.length === 1 ? key.toLowerCase() : key;
  return KEYS.find((each) => each.keys.includes(pressed)) ?? null;
}
