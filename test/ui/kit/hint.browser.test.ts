import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import Hint from '../../../src/ui/kit/Hint.svelte';
import { mounted } from '../fixtures/mounted.ts';

const word = createRawSnippet(() => ({ render: () => '<span>pass@256</span>' }));
const hint = () => {
  const shown = mounted(Hint, {
    ...{ text: 'Solved by at least one of 256 samples.', children: word },
    ...{ formula: 'mean of 1 − (1 − p)^256', trl: 'none' },
  });
  const [span, button] = [shown.one('.hint'), shown.one('button')];
  const tip = shown.one('[role=tooltip]');
  return {
    ...{ shown, span, button, tip },
    isOpen: () => tip.checkVisibility({ visibilityProperty: true }),
    // As a pointer does that enters the word or leaves it.
    point: (kind: 'enter' | 'leave') => span.dispatchEvent(new PointerEvent(`pointer${kind}`)),
  };
};

describe('an explanation', () => {
  it('opens with the focus, describes its word, and closes with Escape, which leaves the focus', () => {
    const { shown, button, tip, isOpen } = hint();
    expect(isOpen()).toBe(false);
    shown.focus(button);
    expect(isOpen()).toBe(true);
    expect(button.getAttribute('aria-describedby')).toBe(tip.id);
    expect(tip.textContent!.replace(/\s+/g, ' ')).toMatch(
      /at least one of 256 samples\. Formula: mean of 1 − \(1 − p\)\^256\. TRL’s name: none\./,
    );
    shown.press('Escape');
    expect(isOpen()).toBe(false);
    expect(document.activeElement).toBe(button);
  });

  it('opens under a pointer, which may go to it: it is inside of what the pointer entered', () => {
    const { shown, span, tip, isOpen, point } = hint();
    point('enter');
    shown.focus(document.body);
    expect(isOpen()).toBe(true);
    expect(span.contains(tip)).toBe(true);
    point('leave');
    shown.focus(document.body);
    expect(isOpen()).toBe(false);
  });

  it('stays inside the window wherever its word is, and is not as wide as a narrow one', () => {
    const { shown, button, tip } = hint();
    shown.root.style.cssText = 'position: fixed; right: 0; bottom: 0';
    shown.focus(button);
    const { left, right, top, bottom } = tip.getBoundingClientRect();
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(innerWidth);
    expect(bottom).toBeLessThanOrEqual(innerHeight);
    // Above its word, for which there is no room below.
    expect(bottom).toBeLessThanOrEqual(button.getBoundingClientRect().top);
  });
});
