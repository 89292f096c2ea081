import { VERSION, VERSIONS, type Version } from './defaults.ts';
import { isPreset, PRESETS } from './presets.ts';
import {
  changedSettings,
  SETTINGS,
  settingsFrom,
  shortened,
  type RunSettings,
  type Setting,
} from './settings.ts';
import { FORMER_KEYS, readView, VIEW_KEYS, writtenView, type View } from './view.ts';

export { shortened } from './settings.ts';
export { VIEW_KEYS, type View } from './view.ts';

/**
 * The version of a link whose settings name none. Links are written with `v=2`, so that what they leave unsaid goes on to
 * mean the defaults of now; the first ones were written without a version, and mean those of then.
 */
const UNSAID: Version = 1;

export interface ParsedPermalink {
  settings: RunSettings;
  /** As it is written: a page that shows it knows what there is to be shown. */
  view: View;
  /** One sentence for every part that was not taken. */
  problems: string[];
}

/**
 * Reads the settings in a URL's fragment, such as `#seed=7&lr=0.002`. What is missing has its default, or what a
 * `preset` has, such as `#preset=coin&seed=7`; what is unknown, repeated or out of range is named in `problems` and is
 * as if it were missing, under a preset too. Never throws.
 */
export function parsePermalink(fragment: string): ParsedPermalink {
  const problems: string[] = [];
  const view: View = {};
  const texts = new Map<Setting, string>();
  const given = new Map<string, string>();
  for (const [flag, text] of new URLSearchParams(fragment.replace(/^#/, ''))) {
    if (FORMER_KEYS.includes(flag)) continue;
    if (!isKnown(flag))
      problems.push(`The link has an unknown setting '${shortened(flag)}'; it is ignored.`);
    else if (given.has(flag))
      problems.push(`The link gives '${flag}' twice; the first one counts.`);
    else given.set(flag, text);
  }
  const refuse = (flag: string, text: string, expected: string): unknown =>
    problems.push(
      `In the link, ${flag} is '${shortened(text)}', expected ${expected}; it is ignored.`,
    );

  const named = given.get('v');
  const version = VERSIONS.find((each) => String(each) === (named ?? String(UNSAID)));
  if (named !== undefined && version === undefined)
    problems.push(
      `The link is of version ${shortened(named)}, and this page reads versions ${VERSIONS.join(' and ')}; parts of it may mean something else.`,
    );
  const name = given.get('preset');
  const preset: Partial<RunSettings> = name !== undefined && isPreset(name) ? PRESETS[name] : {};
  if (name !== undefined && !isPreset(name))
    refuse('preset', name, `one of ${Object.keys(PRESETS).join(', ')}`);
  for (const [flag, text] of given) {
    const setting = settingOf(flag);
    const key = VIEW_KEYS.find((candidate) => candidate === flag);
    if (setting) texts.set(setting, text);
    const expected = key ? readView(view, key, text) : null;
    if (expected !== null) refuse(flag, text, expected);
  }
  const isOfNoRun = [...texts.keys()].every(({ key }) => key === 'task' && view.view === 'lecture');
  const settings = settingsFrom(
    texts,
    (problem, { key }, instead) => {
      const whose = Object.hasOwn(preset, key) ? `that of the preset ${name}` : 'the default';
      problems.push(`In the link, ${problem}; it is set to ${whose}, ${instead}.`);
    },
    preset,
    // What only says what is shown, such as `view=lecture`, and for a deck on which task, has no settings whose defaults it
    // could mean.
    isOfNoRun && name === undefined && named === undefined ? VERSION : version,
  );
  return { settings, view, problems };
}

const settingOf = (flag: string): Setting | undefined =>
  SETTINGS.find((candidate) => candidate.flag === flag);

const isKnown = (flag: string): boolean =>
  flag === 'v' ||
  flag === 'preset' ||
  VIEW_KEYS.some((key) => key === flag) ||
  settingOf(flag) !== undefined;

/** The fragment that {@link parsePermalink} reads back: only what differs from the defaults; '' for nothing. */
export function permalinkOf(settings: RunSettings, view: View = {}): string {
  const changed = changedSettings(settings);
  const version = changed.length > 0 ? [['v', String(VERSION)]] : [];
  const parts = [...version, ...changed, ...writtenView(view)];
  return parts.length === 0 ? '' : `#${new URLSearchParams(parts).toString()}`;
}
