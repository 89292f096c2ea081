import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import More from '../../../src/ui/kit/More.svelte';
import { eventually, mounted } from '../fixtures/mounted.ts';

const shown = (words: number, width: number) => {
  const text = 'word '.repeat(words).trim();
  const more = mounted(More, {
    children: createRawSnippet(() => ({ render: () => `<span>${text}</span>` })),
  });
  more.root.style.width = `${width}px`;
  const lines = (): number => {
    const p = more.one('p');
    return Math.round(p.clientHeight / Number.parseFloat(getComputedStyle(p).lineHeight));
  };
  return { more, lines };
};

describe('what explains', () => {
  it('takes two lines at most, and the rest for whoever asks', async () => {
    const { more, lines } = shown(60, 300);
    await more.appears('button[aria-expanded=false]');
    expect(lines()).toBe(2);
    // Whoever hears the page hears all of it.
    expect(more.text('p').split(' ')).toHaveLength(60);
    more.click('button');
    expect(lines()).toBeGreaterThan(4);
    more.click('button[aria-expanded=true]');
    expect(lines()).toBe(2);
  });

  it('has nothing to ask for where it fits, until it no longer does', async () => {
    const { more, lines } = shown(10, 600);
    await eventually(() => expect(lines()).toBe(1));
    expect(more.all('button')).toEqual([]);
    more.root.style.width = '100px';
    await more.appears('button');
  });
});
