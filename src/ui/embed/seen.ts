import type { Seen } from '../../embed/picture/figures.ts';
import { baseName, type BaseEntry } from '../../run/bases.ts';
import type { Poster } from '../../run/posterFile.ts';
import { linkOfRun, presetOf } from '../../run/presetOf.ts';
import type { PresetName } from '../../run/presets.ts';
import type { RunSettings } from '../../run/table.ts';
import { taskName } from '../../run/trainSettings.ts';
import { siteUrl } from '../../site.ts';
import { recordOf } from '../../tasks/tasks.ts';

/** What is known of a set-up before it runs here. */
export interface Known {
  /** The recorded run of the very same settings; null for none. */
  recorded: Poster | null;
  seen: Seen;
}

/** Fetches what can be shown of settings: a recorded run if it is the one, else the base that it begins with. Never rejects. */
export async function knownOf(settings: RunSettings): Promise<Known> {
  const preset = presetOf(settings);
  const { steps } = settings;
  const recorded = preset === null ? null : await fetchPoster(preset);
  if (recorded?.link === linkOfRun(settings)) return { recorded, seen: { ...recorded, steps } };
  const entry = settings.base === 'shipped' ? await fetchEntry(settings) : null;
  const isAsTrained = settings.evalTemperature === 1 && settings.evalTopP === 1;
  if (!entry || !isAsTrained) return { recorded: null, seen: { steps } };
  // A run evaluates the first of the problems.
  const evaluated = (p: readonly number[]): readonly number[] => p.slice(0, settings.evalProblems);
  const { beyondP } = entry;
  // Where steps are written, the figure is of answers whose steps are right too, which no entry tells.
  const isTold = !recordOf(settings.task).writesSteps;
  const beyond = beyondP && (isTold ? { baseP: evaluated(beyondP) } : {});
  return { recorded: null, seen: { steps, baseP: evaluated(entry.heldOutP), beyond } };
}

/** Milliseconds for a file; who has waited so long for a picture sees the poster without it. */
const PATIENCE = 8000;

const fetchText = (path: string): Promise<string> =>
  fetch(new URL(path, siteUrl()), { signal: AbortSignal.timeout(PATIENCE) })
    .then((response) => (response.ok ? response.text() : ''))
    .catch(() => '');

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
