import type { LiveRun } from '../state/run.svelte.ts';

/** The steps whose state can be asked about: the checkpoints, and the latest step while nothing runs on. */
export function askableSteps({ checkpoints, phase, step }: LiveRun): readonly number[] {
  if (checkpoints.length === 0 || phase.kind === 'playing' || phase.kind === 'loading')
    return checkpoints;
  return checkpoints.includes(step) ? checkpoints : [...checkpoints, step];
}

/** The index of the last of `steps` at or before the cursor; of the last one without a cursor. */
export function stepIndexAt(steps: readonly number[], cursor: number | null): number {
  if (cursor === null) return steps.length - 1;
  return Math.max(
    0,
    steps.findLastIndex((step) => step <= cursor),
  );
}
