import * as TEXT from '../../messages/lines.ts';
import { SETTINGS, type RunSettings, type SettingKey } from '../../run/settings.ts';

/**
 * What a run has otherwise than another, such as `lr 0.003 instead of 0.001, seed 2 instead of 1`; `the same settings`
 * where there is no difference beside those left out.
 */
export function differenceOf(
  settings: RunSettings,
  from: RunSettings,
  leftOut: readonly SettingKey[] = [],
): string {
  const differences = SETTINGS.filter(
    ({ key }) => settings[key] !== from[key] && !leftOut.includes(key),
  ).map(({ key, flag }) =>
    TEXT.difference({ setting: flag, value: settings[key], other: from[key] }),
  );
  return differences.length > 0 ? differences.join(', ') : TEXT.sameSettings;
}
