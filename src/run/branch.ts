import type { RunSettings, SettingKey } from './table.ts';

const always = (): boolean => true;
const isLive = ({ base }: RunSettings): boolean => base === 'live';

/**
 * What a run has in common with the run that it branches off from, and when that decides anything: the problems, the base
 * and how both are evaluated. The worker reads it, and does without the reasons that a page has for what is idle.
 */
const COMMON: Partial<Record<SettingKey, (settings: RunSettings) => boolean>> = {
  task: always,
  size: ({ task }) => task === 'countdown',
  prior: always,
  rarity: ({ prior }) => prior === 'long-tailed',
  base: always,
  baseSeed: isLive,
  pretrainSteps: isLive,
  pretrainLr: isLive,
  correctFraction: isLive,
  width: isLive,
  evalProblems: always,
  evalTemperature: always,
  evalTopP: always,
};

/** Why a run with the settings `to` cannot branch off after step `step` from one with `from`, in words; null if it can. */
export function branchProblem(from: RunSettings, to: RunSettings, step: number): string | null {
  const changed = (Object.keys(COMMON) as SettingKey[]).filter(
    (key) => from[key] !== to[key] && [from, to].some(COMMON[key]!),
  );
  if (changed.length > 0)
    return `a branch keeps the problems and the base of its run; changed: ${changed.join(', ')}`;
  if ([from, to].some(({ experiment }) => experiment === 'power-sampling'))
    return 'power sampling trains nothing, so there is nothing to branch from';
  if (to.steps <= step)
    return `a branch from step ${step} needs more than ${step} steps, and the setting says ${to.steps}`;
  return null;
}
