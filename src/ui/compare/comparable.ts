import { hasStandardPrior, STANDARD } from '../../run/defaults.ts';
import { idleReason } from '../../run/matters.ts';
import { SETTINGS, type RunSettings, type SettingKey } from '../../run/table.ts';
import { say, type Text } from '../../text/words.ts';
import { names } from '../../messages/methodNames.ts';

/** Why a run cannot stand beside the others: it is of other problems, or begins elsewhere. */
export type Apart = 'task' | 'prior' | 'base' | 'problems';

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

/**
 * What a method is called where its study is not named beside it: by study and arm, or by study alone with the arm's
 * label in place of {arm}. Where there is none, the arm's own label says enough.
 */
const NAMES: Readonly<Partial<Record<string, Text>>> = names;

/** The name of an arm of a study among the methods of all studies. */
export function methodName(study: string, arm: { id: string; label: string }): string {
  const name = NAMES[`${study} ${arm.id}`] ?? NAMES[study] ?? '{arm}';
  return say(name, { arm: arm.label });
}
