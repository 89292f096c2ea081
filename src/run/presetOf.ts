import { STANDARD, VERSIONS } from './defaults.ts';
import { permalinkOf } from './permalink.ts';
import { PRESETS, type PresetName } from './presets.ts';
import { settingsOver } from './settings.ts';
import type { RunSettings, SettingKey } from './table.ts';

/** The settings of a preset over the defaults of now. */
export const presetSettings = (preset: PresetName): RunSettings => settingsOver(PRESETS[preset]);

/** What makes another run of the same preset: chance, its length and size, how it is measured, and what computes it. */
const ALIKE: readonly SettingKey[] = [
  ...(['seed', 'steps', 'prompts', 'groupSize', 'engine'] as const),
  ...(['evalEvery', 'evalProblems', 'evalSamples'] as const),
];

/** The settings with what does not tell presets apart as everywhere. */
const told = (settings: RunSettings): string =>
  permalinkOf({
    ...settings,
    ...Object.fromEntries(ALIKE.map((key) => [key, STANDARD[key]])),
  });

/** The preset that settings are of, whatever their seed and length; in an earlier version's defaults too. Null for none. */
export function presetOf(settings: RunSettings): PresetName | null {
  const wanted = told(settings);
  for (const version of [...VERSIONS].reverse())
    for (const name of Object.keys(PRESETS) as PresetName[])
      if (told(settingsOver(PRESETS[name], version)) === wanted) return name;
  return null;
}

/** The link of settings whatever engine computes them: by it a recorded run is told to be theirs. */
export const linkOfRun = (settings: RunSettings): string =>
  permalinkOf({ ...settings, engine: STANDARD.engine });
