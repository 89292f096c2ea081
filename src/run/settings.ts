import { EXPERIMENTS, learnsBeside, warmStepsOf } from '../experiments/experiments.ts';
import { ALGORITHMS, choicesOf, differences } from '../rl/algorithms.ts';
import { VERIFIERS } from '../rl/verifiers.ts';
import { say } from '../text/words.ts';
import { EARLIER_DEFAULTS, ofTask, STANDARD, VERSION, type Version } from './defaults.ts';
import { SETTINGS, type RunSettings, type Setting } from './table.ts';

export { DEFAULT_SETTINGS } from './defaults.ts';
export { SETTINGS, type RunSettings, type Setting, type SettingKey } from './table.ts';
export { NETWORK_SIZE, pretrainSettings, taskName, trainSettings } from './trainSettings.ts';

/**
 * The defaults of a run of a task by an algorithm: those of the table, then what the task needs, then the row of the
 * algorithm. A setting counts as changed where it is not as here.
 */
export function defaultsFor({
  task,
  algorithm,
}: Pick<RunSettings, 'task' | 'algorithm'>): RunSettings {
  return { ...STANDARD, ...ofTask(task), ...choicesOf(algorithm), task, algorithm };
}

/**
 * The defaults of the task and the algorithm that are among the changes, with the changes on top. A `version` before the
 * last has the defaults of then.
 */
export function settingsOver(
  changes: Partial<RunSettings>,
  version: Version = VERSION,
): RunSettings {
  const all = { ...STANDARD, ...changes };
  const earlier = version === VERSION ? {} : EARLIER_DEFAULTS[version](all);
  return { ...defaultsFor(all), ...earlier, ...changes };
}

/** What {@link settingsOver} makes these settings of, in the order of the table: what differs from the defaults. */
export function changesOf(settings: RunSettings): Partial<RunSettings> {
  const standard = { ...defaultsFor(settings), task: STANDARD.task, algorithm: STANDARD.algorithm };
  return Object.fromEntries(
    SETTINGS.filter(({ key }) => settings[key] !== standard[key]).map(({ key }) => [
      key,
      settings[key],
    ]),
  );
}

/** The settings under another task or algorithm, which bring their own defaults along; the others stay. */
export function rebase(
  settings: RunSettings,
  change: Partial<Pick<RunSettings, 'task' | 'algorithm'>>,
): RunSettings {
  const before = defaultsFor(settings);
  const after = defaultsFor({ ...settings, ...change });
  const moved = SETTINGS.filter(({ key }) => before[key] !== after[key]).map(({ key }) => [
    key,
    after[key],
  ]);
  const row = change.algorithm === undefined ? {} : choicesOf(change.algorithm);
  return { ...settings, ...Object.fromEntries(moved), ...row };
}

/** The settings with one of them changed. */
export function withSetting<K extends keyof RunSettings>(
  settings: RunSettings,
  key: K,
  value: RunSettings[K],
): RunSettings {
  return key === 'task' || key === 'algorithm'
    ? rebase(settings, { [key]: value })
    : { ...settings, [key]: value };
}

/** Whether a choice has been made otherwise than by the algorithm of that name. */
export function isCustom(settings: RunSettings): boolean {
  return differences(settings, choicesOf(settings.algorithm)).length > 0;
}

const TEXT = {
  custom: 'custom (from {algorithm})',
  paidBy: '{method}, paid by {payer}',
  beside: '{method} beside a teacher’s answers',
  warm: '{steps} steps of a teacher’s answers, then {method}',
};

/** What a row of choices is called: the name of its algorithm, or that it is none. */
export function algorithmLabel(settings: RunSettings): string {
  const { label } = ALGORITHMS[settings.algorithm];
  return isCustom(settings) ? say(TEXT.custom, { algorithm: label }) : label;
}

/** What a run does with its base, in few words: warm start, experiment or algorithm, and who pays where it is not the program. */
export function methodLabel(settings: RunSettings): string {
  const { experiment, verifier } = settings;
  const { label, usesRewards } = EXPERIMENTS[experiment];
  const warmSteps = warmStepsOf(settings);
  const alone = experiment === 'rlvr' ? algorithmLabel(settings) : label;
  const method = learnsBeside(settings) ? say(TEXT.beside, { method: alone }) : alone;
  const paid =
    usesRewards && verifier !== 'truth'
      ? say(TEXT.paidBy, { method, payer: VERIFIERS[verifier].label })
      : method;
  return warmSteps > 0 ? say(TEXT.warm, { steps: warmSteps, method: paid }) : paid;
}

/**
 * Settings from texts by flag, over `changes` and the defaults of the task and the algorithm that are among them all.
 * What cannot be read is as if it were missing, and is told to `refuse` with the value that it has instead.
 */
export function settingsFrom(
  texts: ReadonlyMap<Setting, string>,
  refuse: (problem: string, setting: Setting, instead: string | number) => void,
  changes: Partial<RunSettings> = {},
  version?: Version,
): RunSettings {
  const read = [...texts].map(([setting, text]) => ({
    setting,
    coerced: coerceSetting(setting, text),
  }));
  const found = Object.fromEntries(
    read.flatMap(({ setting, coerced }) => (coerced.ok ? [[setting.key, coerced.value]] : [])),
  ) as Partial<RunSettings>;
  const settings = settingsOver({ ...changes, ...found }, version);
  for (const { setting, coerced } of read)
    if (!coerced.ok) refuse(coerced.problem, setting, settings[setting.key]);
  return settings;
}

/** A text that somebody else has written, as a message can show it. */
export const shortened = (text: string): string =>
  text.length > 40 ? `${text.slice(0, 40)}…` : text;

/** A setting read from text, or the reason why it was not taken. */
export type Coerced =
  | { ok: true; value: string | number }
  /** `problem` names the setting by its flag and what it is; beside its control `expected` is enough. */
  | { ok: false; problem: string; expected: string };

/** Reads the text of one setting and holds it against its choices or its range. */
export function coerceSetting(setting: Setting, text: string): Coerced {
  const refuse = (expected: string): Coerced => ({
    ok: false,
    expected,
    problem: `${setting.flag} is '${shortened(text)}', expected ${expected}`,
  });
  if (setting.kind === 'choice') {
    const values = setting.choices.map(({ value }) => value);
    return values.includes(text)
      ? { ok: true, value: text }
      : refuse(values.length === 1 ? `'${values[0]}'` : `one of ${values.join(', ')}`);
  }
  const value = text.trim() === '' ? NaN : Number(text);
  const inRange = value >= setting.min && value <= setting.max;
  if (!inRange || (setting.integer && !Number.isInteger(value)))
    return refuse(
      `a ${setting.integer ? 'whole ' : ''}number from ${setting.min} to ${setting.max}`,
    );
  const { multipleOf = 1 } = setting;
  if (setting.integer && value % multipleOf !== 0) return refuse(`a multiple of ${multipleOf}`);
  return { ok: true, value };
}

/** The settings that differ from their defaults, as flag and text, in the order of the table. */
export const changedSettings = (settings: RunSettings): [flag: string, text: string][] =>
  Object.entries(changesOf(settings)).map(([key, value]) => [
    SETTINGS.find((setting) => setting.key === key)!.flag,
    String(value),
  ]);
