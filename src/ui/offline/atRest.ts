import type { Page } from '../page.svelte.ts';

/** Between two looks at whether the figure is there. */
const PAUSE_MS = 3000;

/** The line that has the site saved, when the page has drawn its first figure and has nothing else to do. */
export async function offlineAtRest(page: Page) {
  do await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  while (!page.latest && !page.failure);
  // Safari has no idle callbacks.
  await new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
  return (await import('./OfflineLine.svelte')).default;
}
