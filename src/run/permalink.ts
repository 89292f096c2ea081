import {
  changedSettings,
  coerceSetting,
  DEFAULT_SETTINGS,
  SETTINGS,
  type RunSettings,
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
  const settings: RunSettings = { ...DEFAULT_SETTINGS };
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [flag, text] of new URLSearchParams(fragment.replace(/^#/, ''))) {
    const setting = SETTINGS.find((candidate) => candidate.flag === flag);
    const shown = flag.length > 40 ? `${flag.slice(0, 40)}…` : flag;
    if (!setting) problems.push(`The link has an unknown setting '${shown}'; it is ignored.`);
    else if (seen.has(flag))
      problems.push(`The link gives '${shown}' twice; the first one counts.`);
    else {
      seen.add(flag);
      const coerced = coerceSetting(setting, text);
      if (coerced.ok) Object.assign(settings, { [setting.key]: coerced.value });
      else
        problems.push(
          `In the link, ${coerced.problem}; it is set to the default, ${setting.default}.`,
        );
    }
  }
  return { settings, problems };
}

/** The fragment that {@link parsePermalink} reads back: only what differs from the defaults; '' for nothing. */
export function permalinkOf(settings: RunSettings): string {
  const changed = changedSettings(settings);
  return changed.length === 0 ? '' : `#${new URLSearchParams(changed).toString()}`;
}
