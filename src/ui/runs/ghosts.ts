import type { TriedRun } from './tried.ts';

/** A run that is drawn behind the one on screen. */
export interface Ghost {
  letter: string;
  run: TriedRun;
}

/** What each ghost is called, and its dashes. */
export const GHOST_MARKS = [
  { letter: 'A', dash: '6 2' },
  { letter: 'B', dash: '2 2' },
  { letter: 'C', dash: '8 2 2 2' },
] as const;
