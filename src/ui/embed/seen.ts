import type { Seen } from '../../embed/picture/figures.ts';
import { baseName, type BaseEntry } from '../../run/bases.ts';
import type { Poster } from '../../run/posterFile.ts';
import { linkOfRun, presetOf } from '../../run/presetOf.ts';
import type { PresetName } from '../../run/presets.ts';
import type { RunSettings } from '../../run/table.ts';
import { taskName } from '../../run/trainSettings.ts';
import { siteUrl } from '../../site.ts';

/** What is known of a set-up before it runs here. */
export interface Known {
  preset: PresetName | null;
  /** The recorded run of the very same settings; null for none. */
  recorded: Poster | null;
  seen: Seen;
}

/** Fetches what can be shown of settings: a recorded run if it is the one, else the base that it begins with. */
export async function knownOf(settings: RunSettings): Promise<Known> {
  const preset = presetOf(settings);
  const { steps } = settings;
  const recorded = preset === null ? null : await fetchPoster(preset);
  if (recorded?.link === linkOfRun(settings))
    return { preset, recorded, seen: { ...recorded, steps } };
  const entry = settings.base === 'shipped' ? await fetchEntry(settings) : null;
  const isAsTrained = settings.evalTemperature === 1 && settings.evalTopP === 1;
  if (!entry || !isAsTrained) return { preset, recorded: null, seen: { steps } };
  const { heldOutP, beyondP } = entry;
  const beyond = beyondP && { baseP: beyondP };
  return { preset, recorded: null, seen: { steps, baseP: heldOutP, beyond } };
}

const fetchText = (path: string): Promise<string> =>
  fetch(new URL(path, siteUrl())).then(
    (response) => (response.ok ? response.text() : ''),
    () => '',
  );

// What checks a file is loaded while the file is. Without a picture it can be run all the same.
async function fetchPoster(preset: PresetName): Promise<Poster | null> {
  const [text, checks] = await Promise.all([
    fetchText(`runs/posters/${preset}.json`),
    import('../../run/posterFile.ts').catch(() => null),
  ]);
  return checks?.parsePoster(text) ?? null;
}

async function fetchEntry(settings: RunSettings): Promise<BaseEntry | null> {
  const name = baseName(taskName(settings), settings);
  const [text, checks] = await Promise.all([
    fetchText(`bases/${name}.json`),
    import('../../run/baseEntry.ts').catch(() => null),
  ]);
  try {
    return checks?.parseBaseEntry(name, text) ?? null;
  } catch {
    return null;
  }
}
