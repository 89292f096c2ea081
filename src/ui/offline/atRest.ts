import type { Figures } from '../state/figures.svelte.ts';

/** Between two looks at whether the figure is there. */
const PAUSE_MS = 3000;

/** When the page has drawn its first figure, or cannot, and has nothing else to do. */
async function atRest(hasFigure: () => boolean): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  while (!hasFigure());
  // Safari has no idle callbacks.
  await new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
}

/** The line that has the site saved, and says so. */
export async function offlineAtRest(figures: Figures) {
  await atRest(() => figures.latest !== null || figures.run.phase.kind === 'failed');
  return (await import('./OfflineLine.svelte')).default;
}

/** Has the site saved without a word, from views where a notice would stand in the way, as on a projector. */
export async function keepAtRest(): Promise<void> {
  await atRest(() => document.querySelector('main, svg') !== null);
  await new (await import('./offline.svelte.ts')).Offline().begin();
}
