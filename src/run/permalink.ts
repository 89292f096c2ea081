import {
  changedSettings,
  SETTINGS,
  settingsFrom,
  type RunSettings,
  type Setting,
} from './settings.ts';

export interface ParsedPermalink {
  settings: RunSettings;
  /** One sentence for every part that was not taken. */
  problems: string[];
}

/**
 * Reads the settings in a URL's fragment, such as `#seed=7&lr=0.002`. What is missing has its default; what is
 * unknown, repeated or out of range is named in `problems` and has its default too. Never throws.
 */
export function parsePermalink(fragment: string): ParsedPermalink {
  const problems: string[] = [];
  const texts = new Map<Setting, string>();
  for (const [flag, text] of new URLSearchParams(fragment.replace(/^#/, ''))) {
    const setting = SETTINGS.find((candidate) => candidate.flag === flag);
    const shown = flag.length > 40 ? `${flag.slice(0, 40)}…` : flag;
    if (!setting) problems.push(`The link has an unknown setting '${shown}'; it is ignored.`);
    else if (texts.has(setting))
      problems.push(`The link gives '${shown}' twice; the first one counts.`);
    else texts.set(setting, text);
  }
  const settings = settingsFrom(texts, (problem, _setting, standard) =>
    problems.push(`In the link, ${problem}; it is set to the default, ${standard}.`),
  );
  return { settings, problems };
}

/** The fragment that {@link parsePermalink} reads back: only what differs from the defaults; '' for nothing. */
export function permalinkOf(settings: RunSettings): string {
  const changed = changedSettings(settings);
  return changed.length === 0 ? '' : `#${new URLSearchParams(changed).toString()}`;
}
