import type { RunSettings } from '../../table.ts';
import { STUDY_SEEDS, type Study, type StudyArm } from '../study.ts';

/**
 * Countdown with 8 answers a prompt, as in the paper's comparison of algorithms: a quarter of the page's rollouts a step and a
 * third of its steps, so that hundreds of runs fit into an hour on two cores. All else is the page's.
 */
export const COUNTDOWN: Partial<RunSettings> = {
  prompts: 16,
  groupSize: 8,
  steps: 100,
  evalEvery: 20,
  evalSamples: 0,
  evalProblems: 100,
};

export const YUE = 'Yue et al. 2025, arXiv 2504.13837';

export const GRPO_ARM: StudyArm = { id: 'grpo', label: 'GRPO', role: 'now', settings: {} };

/** What most tables tell. */
export const USUAL_MEASURES = ['pass@1', 'pass@16', 'pass@256', 'pass@1024', 'entropy', 'crossing'];

/** On the problems that are trained on, as many as there are of them up to a hundred. */
export const TRAINED_ON = 'train.passAt.256';

/** A study with what studies have in common. */
export function study(
  parts: Omit<Study, 'seeds' | 'measures' | 'papers'> &
    Partial<Pick<Study, 'seeds' | 'measures' | 'papers'>>,
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
