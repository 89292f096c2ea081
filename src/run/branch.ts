import { idleReason } from './matters.ts';
import type { RunSettings, SettingKey } from './table.ts';

/** What a run has in common with the run that it branches off from: the problems, the base and how both are evaluated. */
const COMMON: readonly SettingKey[] = [
  'task',
  'size',
  'prior',
  'base',
  'baseSeed',
  'pretrainSteps',
  'pretrainLr',
  'correctFraction',
  'width',
  'evalProblems',
  'evalTemperature',
  'evalTopP',
];

/** Why a run with the settings `to` cannot branch off after step `step` from one with `from`, in words; null if it can. */
export function branchProblem(from: RunSettings, to: RunSettings, step: number): string | null {
  const matters = (key: SettingKey): boolean =>
    [from, to].some((settings) => idleReason(key, settings) === null);
  const changed = COMMON.filter((key) => from[key] !== to[key] && matters(key));
  if (changed.length > 0)
    return `a branch keeps the problems and the base of its run; changed: ${changed.join(', ')}`;
  if ([from, to].some(({ experiment }) => experiment === 'power-sampling'))
    return 'power sampling trains nothing, so there is nothing to branch from';
  if (to.steps <= step)
    return `a branch from step ${step} needs more than ${step} steps, and the setting says ${to.steps}`;
  return null;
}
