import type { Definition, ValuesOf } from '../core/setting.ts';
import { ALGORITHM_DEFINITIONS } from './settings/algorithm.ts';
import { BASE_SETTINGS } from './settings/base.ts';
import { ENGINE_SETTINGS } from './settings/engine.ts';
import { EVALUATION_SETTINGS } from './settings/evaluation.ts';
import { EXPERIMENT_SETTINGS } from './settings/experiment.ts';
import { POWER_SAMPLING_SETTINGS } from './settings/powerSampling.ts';
import { PROBLEM_SETTINGS } from './settings/problems.ts';
import { TASK_SETTINGS } from './settings/task.ts';
import { TRAINING_SETTINGS } from './settings/training.ts';

const ALL = [
  ...TASK_SETTINGS,
  ...EXPERIMENT_SETTINGS,
  ...PROBLEM_SETTINGS,
  ...TRAINING_SETTINGS,
  ...POWER_SAMPLING_SETTINGS,
  ...EVALUATION_SETTINGS,
  ...BASE_SETTINGS,
  ...ENGINE_SETTINGS,
  ...ALGORITHM_DEFINITIONS,
] as const;

/** The values of all settings of a run. */
export type RunSettings = ValuesOf<typeof ALL>;
export type SettingKey = keyof RunSettings;

/** The records of all settings, in the order in which they are told; here the compiler sees that no need reads another one. */
export const DEFINITIONS: readonly Definition<RunSettings>[] = ALL;

/** The settings whose record has something, in the order of the table. */
export const keysWith = (
  has: (definition: Definition<RunSettings>) => boolean,
): readonly SettingKey[] => DEFINITIONS.filter(has).map(({ key }) => key as SettingKey);

/** What the held-out problems of a run are made from. */
export const PROBLEM_KEYS = keysWith(({ ofProblems }) => ofProblems === true);
