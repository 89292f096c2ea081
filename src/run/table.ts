import type { Definition } from '../core/setting.ts';
import { DEFINITIONS, type RunSettings, type SettingKey } from './definitions.ts';

export type { TaskFamily } from '../tasks/tasks.ts';
export type { RunSettings, SettingKey } from './definitions.ts';

interface SettingText extends Pick<Definition, 'flag' | 'label' | 'help' | 'group' | 'place'> {
  key: SettingKey;
}

export interface ChoiceSetting extends SettingText {
  kind: 'choice';
  choices: readonly { value: string; label: string; help?: string | undefined }[];
  default: string;
}

export interface NumberSetting extends SettingText {
  kind: 'number';
  integer: boolean;
  min: number;
  max: number;
  multipleOf?: number | undefined;
  default: number;
}

/** A setting as what reads, writes and shows it needs it, whichever it is. */
export type Setting = ChoiceSetting | NumberSetting;

function settingOf(definition: Definition<RunSettings>): Setting {
  const { flag, label, help, group, place } = definition;
  const text = {
    key: definition.key as SettingKey,
    flag,
    label,
    help,
    ...(group && { group }),
    ...(place && { place }),
  };
  if (definition.kind === 'choice') {
    const rows = Object.entries(definition.table);
    const choices = rows.map(([value, { label, help }]) => ({ value, label, help }));
    return { ...text, kind: 'choice', choices, default: definition.default };
  }
  const {
    kind,
    range: [min, max],
    multipleOf,
  } = definition;
  return {
    ...text,
    kind: 'number',
    integer: kind === 'integer',
    min,
    max,
    multipleOf,
    default: definition.default,
  };
}

/** The page's controls, the permalink and the command line's flags are all made from these. */
export const SETTINGS: readonly Setting[] = DEFINITIONS.map(settingOf);

export const settingNamed = (key: SettingKey): Setting =>
  SETTINGS.find((setting) => setting.key === key)!;

/** The value of a setting as its control has it: the label of a choice, a number as it is. */
export function valueWords(setting: Setting, value: string | number): string {
  const choice =
    setting.kind === 'choice' ? setting.choices.find((each) => each.value === value) : undefined;
  return choice?.label ?? String(value);
}

/** What an algorithm is made of, in the order of a step. */
export const ALGORITHM_SETTINGS = SETTINGS.filter(({ group }) => group === 'algorithm');
