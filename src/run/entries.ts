import { STANDARD } from './defaults.ts';
import type {
  ChoiceSetting,
  NumberSetting,
  RunSettings,
  SettingGroup,
  SettingKey,
} from './setting.ts';

type NumberKey = {
  [Key in SettingKey]: RunSettings[Key] extends number ? Key : never;
}[SettingKey];
type ChoiceKey = Exclude<SettingKey, NumberKey>;

/** What makes the entries of one group; each has its default from the standard settings. */
export function entriesOf(group: SettingGroup) {
  const numberEntry =
    (integer: boolean) =>
    (
      key: NumberKey,
      flag: string,
      label: string,
      help: string,
      [min, max]: readonly [number, number],
    ): NumberSetting => ({
      kind: 'number',
      key,
      group,
      flag,
      label,
      help,
      integer,
      min,
      max,
      default: STANDARD[key],
    });
  return {
    number: numberEntry(false),
    integer: numberEntry(true),

    /** A choice among the entries of a table, which names each value that the setting can have. */
    choice<Key extends ChoiceKey>(
      key: Key,
      flag: string,
      label: string,
      help: string,
      table: Readonly<Record<RunSettings[Key], { label: string; help?: string }>>,
    ): ChoiceSetting {
      const described: [string, { label: string; help?: string }][] = Object.entries(table);
      const choices = described.map(([value, { label, help }]) => ({ value, label, help }));
      return {
        kind: 'choice',
        key,
        group,
        flag,
        label,
        help,
        choices,
        default: STANDARD[key],
      };
    },
  };
}
