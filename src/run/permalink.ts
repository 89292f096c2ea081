import {
  changedSettings,
  SETTINGS,
  settingsFrom,
  type RunSettings,
  type Setting,
} from './settings.ts';

/** What a page shows beside the run, such as the name of a recorded study; it has no effect on any number. */
export interface View {
  study?: string;
  /** The code of the language that the page speaks, such as `de`; English without it. */
  lang?: string;
}

/** In the address beside the flags of the settings, each with its own name. */
export const VIEW_KEYS = ['study', 'lang'] as const satisfies readonly (keyof View)[];

export interface ParsedPermalink {
  settings: RunSettings;
  /** As it is written: a page that shows it knows what there is to be shown. */
  view: View;
  /** One sentence for every part that was not taken. */
  problems: string[];
}

/** A text from an address, as a message can show it. */
export const shortened = (text: string): string =>
  text.length > 40 ? `${text.slice(0, 40)}…` : text;

/**
 * Reads the settings in a URL's fragment, such as `#seed=7&lr=0.002`. What is missing has its default; what is
 * unknown, repeated or out of range is named in `problems` and has its default too. Never throws.
 */
export function parsePermalink(fragment: string): ParsedPermalink {
  const problems: string[] = [];
  const view: View = {};
  const texts = new Map<Setting, string>();
  for (const [flag, text] of new URLSearchParams(fragment.replace(/^#/, ''))) {
    const setting = SETTINGS.find((candidate) => candidate.flag === flag);
    const viewKey = VIEW_KEYS.find((key) => key === flag);
    if (!setting && !viewKey)
      problems.push(`The link has an unknown setting '${shortened(flag)}'; it is ignored.`);
    else if (setting ? texts.has(setting) : viewKey! in view)
      problems.push(`The link gives '${flag}' twice; the first one counts.`);
    else if (setting) texts.set(setting, text);
    else view[viewKey!] = text;
  }
  const settings = settingsFrom(texts, (problem, _setting, standard) =>
    problems.push(`In the link, ${problem}; it is set to the default, ${standard}.`),
  );
  return { settings, view, problems };
}

/** The fragment that {@link parsePermalink} reads back: only what differs from the defaults; '' for nothing. */
export function permalinkOf(settings: RunSettings, view: View = {}): string {
  const shown = VIEW_KEYS.flatMap((key) => (view[key] ? [[key, view[key]]] : []));
  const parts = [...changedSettings(settings), ...shown];
  return parts.length === 0 ? '' : `#${new URLSearchParams(parts).toString()}`;
}
