import { EXPERIMENTS } from '../../experiments/experiments.ts';
import { hasStandardPrior, STANDARD } from '../defaults.ts';
import { idleReason } from '../matters.ts';
import { parsePermalink } from '../permalink.ts';
import { SETTINGS, type RunSettings, type SettingKey } from '../table.ts';
import { measure } from './measures.ts';
import type { RecordedArm, RecordedStudy } from './recorded.ts';

/** Why a run cannot stand beside the others: it is of other problems, or begins elsewhere. */
export type Apart = 'task' | 'prior' | 'base' | 'problems';

/** An arm that is not compared, and why. */
export interface LeftOut {
  study: string;
  label: string;
  why: Apart;
}

const APART: readonly { why: Apart; when: (settings: RunSettings) => boolean }[] = [
  { why: 'task', when: ({ task, size }) => task !== STANDARD.task || size !== STANDARD.size },
  { why: 'prior', when: (settings) => !hasStandardPrior(settings) },
  { why: 'base', when: ({ base }) => base !== STANDARD.base },
];

/** Why a run with these settings is of no use beside runs of the shipped base of Countdown; null where it is. */
export function whyApart(settings: RunSettings): Apart | null {
  return APART.find(({ when }) => when(settings))?.why ?? null;
}

/** What only looks at a run, or names what other settings say. */
const UNHEARD: ReadonlySet<SettingKey> = new Set<SettingKey>([
  ...(['seed', 'engine', 'algorithm'] as const),
  ...(['evalEvery', 'evalSamples', 'klSamples', 'answerProblems', 'finale'] as const),
]);

/** Whether a setting decides the numbers of a run that has these. */
const decides = (key: SettingKey, settings: RunSettings): boolean =>
  !UNHEARD.has(key) && idleReason(key, settings) === null;

/**
 * Equal for two runs exactly if every setting that decides their numbers is equal, seed apart: an arm that stands in
 * several studies has one key.
 */
export function runKey(settings: RunSettings): string {
  return SETTINGS.filter(({ key }) => decides(key, settings))
    .map(({ key }) => `${key}=${settings[key]}`)
    .join('&');
}

/** A setting with its value, as its control says it. */
export interface Said {
  label: string;
  value: string;
}

/** What decides the numbers of a run and is otherwise in the other one. */
export function settingsApart(settings: RunSettings, other: RunSettings): Said[] {
  return SETTINGS.filter(
    (setting) => decides(setting.key, settings) && settings[setting.key] !== other[setting.key],
  ).map((setting) => {
    const value = String(settings[setting.key]);
    const choice =
      setting.kind === 'choice' ? setting.choices.find((each) => each.value === value) : undefined;
    return { label: setting.label, value: choice?.label ?? value };
  });
}

/** The settings with which an arm was made. */
export const settingsMade = ({ permalink }: RecordedArm): RunSettings =>
  parsePermalink(permalink).settings;

/** Whether a run samples its evaluations as they are, so that its base is evaluated as the others’ are. */
export const isPlain = ({ evalTemperature, evalTopP }: RunSettings): boolean =>
  evalTemperature === 1 && evalTopP === 1;

/** The base that all methods begin with: the p of its held-out problems, and the entropy of its first batches. */
export interface Base {
  p: readonly number[];
  chanceP: readonly number[];
  entropies: readonly (number | null)[];
}

/** The base of a study, if one of its arms begins with the shipped one as it is; else null. */
export function baseOf({ arms }: RecordedStudy): Base | null {
  const arm = arms.find((candidate) => {
    const settings = settingsMade(candidate);
    return (
      whyApart(settings) === null && isPlain(settings) && EXPERIMENTS[settings.experiment].trains
    );
  });
  if (!arm) return null;
  const entropies = arm.runs.map((run) => measure(run, 'entropy', 'base'));
  return { p: arm.runs[0]!.baseP, chanceP: arm.chanceP, entropies };
}
