import { defaultsOf } from '../core/setting.ts';
import { TASKS, type TaskFamily } from '../tasks/tasks.ts';
import { DEFINITIONS, type RunSettings } from './definitions.ts';

/** The values that the page begins with, whatever its task needs. */
export const STANDARD = defaultsOf(DEFINITIONS) as RunSettings;

/** Whether a base was shown what the one of the page was. */
export const hasStandardPrior = ({
  prior,
  rarity,
}: Pick<RunSettings, 'prior' | 'rarity'>): boolean =>
  prior === STANDARD.prior && rarity === STANDARD.rarity;

const differences: Readonly<Record<TaskFamily, { differs: Partial<RunSettings> }>> = TASKS;

/** What a task needs otherwise than Countdown. */
export const ofTask = (task: TaskFamily): Partial<RunSettings> => differences[task].differs;

/** The versions of defaults that links and files can mean; the last is that of now. */
export const VERSIONS = [1, 2] as const;
export type Version = (typeof VERSIONS)[number];
export const VERSION = 2;

const FIRST_PRETRAINING: Partial<Record<TaskFamily, Partial<RunSettings>>> = {
  countdown: { pretrainSteps: 1200, correctFraction: 0.3 },
  maze: { pretrainSteps: 1500, correctFraction: 0.15 },
  programs: { pretrainSteps: 2500, correctFraction: 0.4 },
};

/** What the defaults of an earlier version were otherwise, for settings over those of now. */
export const EARLIER_DEFAULTS: Record<
  Exclude<Version, typeof VERSION>,
  (settings: RunSettings) => Partial<RunSettings>
> = {
  // Version 2 brought the long-tailed prior, and with it other pretraining, which a shipped base does without.
  1: ({ task, base }) => ({
    prior: 'broad',
    ...(base === 'live' ? FIRST_PRETRAINING[task] : {}),
  }),
};

export const DEFAULT_SETTINGS: RunSettings = { ...STANDARD, ...ofTask(STANDARD.task) };
