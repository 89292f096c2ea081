import { describe, expect, it } from 'vitest';
import { does } from '../../../src/messages/keys.ts';
import { keyFor, KEYS } from '../../../src/ui/timeline/keys.ts';
import { nameOf as nameOfKey } from '../../../src/ui/timeline/keysList.ts';

const press = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    defaultPrevented: false,
    ...more,
  }) as KeyboardEvent;
/** The focused element, as far as it is asked: which of the words in a selector it matches. */
const focus = (...matches: string[]) => ({
  closest: (selector: string) =>
    selector.split(/,\s*(?![^()]*\))/).some((part) => matches.includes(part))
      ? ({} as Element)
      : null,
});
const FIELD = 'input:not([type=range], [type=checkbox], [type=radio])';
const nameOf = (key: string, focused: Parameters<typeof keyFor>[1], more = {}) => {
  const found = keyFor(press(key, more), focused);
  return found && nameOfKey(found);
};

describe('the keys of the page', () => {
  it('act in either case where nothing else has the focus', () => {
    for (const [key, name] of [
      [' ', 'Space'],
      ['.', '. or →'],
      ['ArrowRight', '. or →'],
      ['r', 'R'],
      ['R', 'R'],
      ['N', 'N'],
      ['b', 'B'],
      ['p', 'P'],
      ['?', '?'],
      ['-', '−'],
      // Which has the plus above it on many keyboards.
      ['=', '+'],
      ['Escape', 'Esc'],
      ['x', null],
      ['ArrowLeft', null],
    ] as const)
      expect(nameOf(key, focus()), key).toBe(name);
  });

  it('leave a field its keys', () => {
    for (const key of [' ', '.', 'r', '?', 'ArrowRight'])
      for (const taker of [FIELD, 'select', 'textarea', '[contenteditable]', 'dialog'])
        expect(nameOf(key, focus(taker, 'input')), `${key} in ${taker}`).toBeNull();
  });

  it('leave the timeline and figures their arrows, and buttons their space', () => {
    expect(nameOf('ArrowRight', focus('input'))).toBeNull();
    expect(nameOf('ArrowRight', focus('figure'))).toBeNull();
    expect(nameOf('r', focus('input'))).toBe('R');
    expect(nameOf(' ', focus('input'))).toBe('Space');
    expect(nameOf(' ', focus('button'))).toBeNull();
    expect(nameOf('.', focus('button'))).toBe('. or →');
  });

  it('leave the browser its shortcuts', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'])
      expect(nameOf('r', focus(), { [modifier]: true })).toBeNull();
  });

  it('are each listed once, with what they do', () => {
    const names = KEYS.map(nameOfKey);
    expect(new Set(names).size).toBe(names.length);
    for (const { id } of KEYS) expect(does[id]).not.toBe('');
  });
});
