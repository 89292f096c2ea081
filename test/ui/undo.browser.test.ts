import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import Undo from '../../src/ui/timeline/Undo.svelte';
import { mounted } from './fixtures/mounted.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a run that was left is offered for ten seconds, those with the focus or the pointer on it not counted', () => {
  const did: string[] = [];
  const offer = mounted(Undo, {
    ...{ steps: 7, undo: () => did.push('undo'), forget: () => did.push('forget') },
  });
  expect(offer.text('[role=status]')).toMatch(/^The run of 7 steps is gone\./);
  vi.advanceTimersByTime(6000);
  offer.focus(offer.one('button'));
  vi.advanceTimersByTime(60_000);
  offer.one('p').dispatchEvent(new PointerEvent('pointerenter'));
  offer.one('button').blur();
  flushSync();
  vi.advanceTimersByTime(60_000);
  offer.click('button');
  expect(did).toEqual(['undo']);
  offer.one('p').dispatchEvent(new PointerEvent('pointerleave'));
  flushSync();
  vi.advanceTimersByTime(3900);
  expect(did).toEqual(['undo']);
  vi.advanceTimersByTime(200);
  expect(did).toEqual(['undo', 'forget']);
});
