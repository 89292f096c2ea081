import type { does } from '../../messages/keys.ts';
import { canStep } from '../state/phase.ts';
import { nextSpeed } from '../state/pace.svelte.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { isTaken, type Taker } from '../takers.ts';

export type KeyId = keyof typeof does;

/** A key that the page listens to. */
export interface Key {
  /** As an event of the keyboard names them. */
  keys: readonly string[];
  /** Under which it is listed. */
  id: KeyId;
  /** Not given where the focused element acts by itself. */
  act?(playground: Playground): unknown;
}

/** Comes with the buttons that do the same. */
const branching = () => import('./branching.ts');

/** All keys, in the order in which they are listed. */
export const KEYS: readonly Key[] = [
  {
    keys: [' '],
    id: 'play',
    act: (page) => (page.run.phase.kind === 'playing' ? page.pause() : page.play()),
  },
  {
    keys: ['.', 'ArrowRight'],
    id: 'step',
    act: (page) => {
      if (canStep(page.run.phase)) page.step();
    },
  },
  {
    keys: ['-'],
    id: 'slower',
    act: (page) => page.setSpeed(nextSpeed(page.run.pace.limit, 'slower')),
  },
  {
    keys: ['+', '='],
    id: 'faster',
    act: (page) => page.setSpeed(nextSpeed(page.run.pace.limit, 'faster')),
  },
  { keys: [], id: 'scrub' },
  { keys: ['r'], id: 'reset', act: (page) => page.reset() },
  { keys: ['n'], id: 'newSeed', act: (page) => page.newSeed() },
  { keys: ['u'], id: 'undo', act: (page) => page.undo() },
  {
    keys: ['b'],
    id: 'branch',
    act: async (page) => (await branching()).branchHere(page),
  },
  {
    keys: ['p'],
    id: 'pin',
    act: async (page) => (await branching()).togglePin(page),
  },
  { keys: ['s'], id: 'share', act: (page) => (page.dialog = 'share') },
  {
    keys: ['Escape'],
    id: 'now',
    act: (page) => {
      page.figures.held = page.remark = null;
    },
  },
  { keys: ['?'], id: 'help', act: (page) => (page.dialog = 'keys') },
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
