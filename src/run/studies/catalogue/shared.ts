import type { RunSettings } from '../../table.ts';
import { STUDY_SEEDS, type Study, type StudyArm } from '../study.ts';

/**
 * Countdown with 8 answers a prompt, as in the paper's comparison of algorithms, and a third of the page's learning rate, so
 * that the way of a method can be followed and not only its end.
 */
export const COUNTDOWN: Partial<RunSettings> = {
  lr: 3e-4,
  prompts: 16,
  groupSize: 8,
  steps: 150,
  evalEvery: 10,
  evalSamples: 0,
};

/** The page's learning rate, for what learns from given answers, and for runs that are to go far. */
export const FASTER: Partial<RunSettings> = { ...COUNTDOWN, lr: 1e-3 };

export const YUE = 'Yue et al. 2025, arXiv 2504.13837';

export const GRPO_ARM: StudyArm = { id: 'grpo', label: 'GRPO', role: 'now', settings: {} };

/** What most tables tell. */
export const USUAL_MEASURES = ['pass@1', 'pass@16', 'pass@256', 'pass@1024', 'entropy', 'crossing'];

/** A study with what studies have in common. */
export function study(
  parts: Omit<Study, 'seeds' | 'measures' | 'papers'> & Partial<Pick<Study, 'measures' | 'papers'>>,
): Study {
  return { seeds: STUDY_SEEDS, measures: USUAL_MEASURES, papers: [], ...parts };
}

/** Arms that differ in one setting. */
export function armsOver<K extends keyof RunSettings>(
  key: K,
  values: readonly RunSettings[K][],
  label: (value: RunSettings[K]) => string,
): StudyArm[] {
  return values.map((value) => ({
    id: `${key}-${value}`,
    label: label(value),
    role: 'other',
    settings: { [key]: value },
  }));
}
