import { idleReason } from './matters.ts';
import { changesOf } from './settings.ts';
import type { RunSettings, SettingKey } from './table.ts';

/** The settings that have been changed from their defaults for nothing, in the order of the table, and why each is. */
export function idleChanges(settings: RunSettings): { key: SettingKey; why: string }[] {
  return (Object.keys(changesOf(settings)) as SettingKey[]).flatMap((key) => {
    const why = idleReason(key, settings);
    return why === null ? [] : [{ key, why }];
  });
}
