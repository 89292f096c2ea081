import { Results } from './results.svelte.ts';

/** Those of this visit: they stay while the reader is in another room. */
export const keptResults = new Results();
