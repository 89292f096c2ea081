import { idleReason } from './matters.ts';
import { lower } from '../text/words.ts';
import { DEFINITIONS, keysWith, type RunSettings } from './definitions.ts';

/** What a run has in common with the run that it branches off from: the problems, the base and how both are evaluated. */
const COMMON = keysWith(({ keptByBranch }) => keptByBranch === true);

/** Why a run with the settings `to` cannot branch off after step `step` from one with `from`, in words; null if it can. */
export function branchProblem(from: RunSettings, to: RunSettings, step: number): string | null {
  const changed = COMMON.filter(
    (key) => from[key] !== to[key] && [from, to].some((each) => idleReason(key, each) === null),
  );
  if (changed.length > 0) {
    const labels = DEFINITIONS.filter(({ key }) => changed.some((each) => each === key)).map(
      ({ label }) => lower(label),
    );
    return `a branch keeps the problems and the base of its run; changed: ${labels.join(', ')}`;
  }
  if ([from, to].some(({ experiment }) => experiment === 'power-sampling'))
    return 'power sampling trains nothing, so there is nothing to branch from';
  if (to.steps <= step)
    return `a branch from step ${step} needs more than ${step} steps, and the setting says ${to.steps}`;
  return null;
}
