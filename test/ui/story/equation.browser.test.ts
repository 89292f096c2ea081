import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import Equation from '../../../src/ui/story/Equation.svelte';
import '../../../src/ui/theme.css';

let shown: { remove(): void } | null = null;
afterEach(() => shown?.remove());

/** The equation of the standard estimate in a place of a width. */
function show(width: number): HTMLElement {
  const place = document.createElement('div');
  place.style.width = `${width}px`;
  document.body.append(place);
  const component = mount(Equation, { target: place, props: { name: 'pass-at-k' } });
  flushSync();
  shown = {
    remove: () => {
      void unmount(component);
      place.remove();
    },
  };
  return place.querySelector<HTMLElement>('[role=group]')!;
}
const drawn = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const rules = { runOnly: ['scrollable-region-focusable', 'svg-img-alt', 'aria-allowed-attr'] };

describe('an equation', () => {
  it('is no stop of the keyboard where it fits, and is as large as 1.2 of the text', () => {
    const box = show(360);
    expect(box.tabIndex).toBe(-1);
    const [first] = box.querySelectorAll('svg');
    // pass@k = 1 − (1 − p)^k is 9.65 em wide: 19.2 px each.
    expect(first!.getBoundingClientRect().width).toBeCloseTo(185.4, 0);
  });

  it('scrolls in its own box where it does not, and the keyboard reaches it', async () => {
    const box = show(160);
    await drawn();
    expect(box.scrollWidth).toBeGreaterThan(300);
    expect(box.getBoundingClientRect().width).toBe(160);
    expect(box.tabIndex).toBe(0);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
    expect((await axe.run(box, rules)).violations).toEqual([]);
    // And no longer, once there is room.
    box.parentElement!.style.width = '600px';
    await drawn();
    expect(box.hasAttribute('tabindex')).toBe(false);
  });

  it('is drawn in the colour of the text, and heard as MathML', () => {
    const box = show(360);
    box.style.color = 'rgb(1, 2, 3)';
    expect(getComputedStyle(box.querySelector('path')!).fill).toBe('rgb(1, 2, 3)');
    expect([...box.querySelectorAll('svg')].every(({ ariaHidden }) => ariaHidden === 'true')).toBe(
      true,
    );
    expect(box.querySelectorAll('math')).toHaveLength(2);
  });
});
