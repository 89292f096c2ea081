import type { Playground } from '../playground.svelte.ts';

/** The steps whose state can be asked about: the checkpoints, and the latest step while nothing runs on. */
export function askableSteps(playground: Playground): readonly number[] {
  const { checkpoints, state, liveStep } = playground;
  if (checkpoints.length === 0 || state === 'playing' || state === 'loading') return checkpoints;
  return checkpoints.includes(liveStep) ? checkpoints : [...checkpoints, liveStep];
}

/** The index of the last of `steps` at or before the cursor; of the last one without a cursor. */
export function stepIndexAt(steps: readonly number[], cursor: number | null): number {
  if (cursor === null) return steps.length - 1;
  return Math.max(
    0,
    steps.findLastIndex((step) => step <= cursor),
  );
}
