import type { RunSettings, Setting } from '../run/settings.ts';
import { lower } from '../text/case.ts';

/** The value of a setting as its control has it: the label of a choice, a number as it is. */
export function valueWords(setting: Setting, value: string | number): string {
  const choice =
    setting.kind === 'choice' ? setting.choices.find((each) => each.value === value) : undefined;
  return choice?.label ?? String(value);
}

/** A setting with its label and its value, as they stand in a sentence: `learning rate 0.003`. */
export const settingWords = (setting: Setting, settings: RunSettings): string =>
  `${lower(setting.label)} ${valueWords(setting, settings[setting.key])}`;
