import type { BaseEntry } from '../../run/bases.ts';
import type { Recording } from '../../run/recording.ts';
import { siteUrl } from '../../site.ts';

/** Where the shipped bases are. */
export const basesUrl = (): string => new URL('bases/', siteUrl()).href;

/** The entry of a shipped base; null where it cannot be had: the session reads it too and says what is wrong with it. */
export async function fetchEntry(name: string): Promise<BaseEntry | null> {
  // What checks a file is loaded while the file is.
  const [text, checks] = await Promise.all([
    fetchText(`${basesUrl()}${name}.json`),
    import('../../run/baseEntry.ts').catch(() => null),
  ]);
  try {
    return text === null || checks === null ? null : checks.parseBaseEntry(name, text);
  } catch {
    return null;
  }
}

/** The recorded run of a task; null where there is none. @throws Error naming what is wrong with it. */
export async function fetchRecording(task: string): Promise<Recording | null> {
  const [text, { parseRecording }] = await Promise.all([
    fetchText(new URL(`runs/${task}.json`, siteUrl()).href),
    import('../../run/recording.ts'),
  ]);
  return text === null ? null : parseRecording(text);
}

async function fetchText(url: string): Promise<string | null> {
  const response = await fetch(url).catch(() => null);
  return response?.ok ? response.text() : null;
}
