import { baseName, shownTo, type BaseEntry } from '../../run/bases.ts';
import type { Recording } from '../../run/recording.ts';
import type { RunSettings } from '../../run/table.ts';
import { taskName } from '../../run/trainSettings.ts';
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
async function fetchRecording(task: string): Promise<Recording | null> {
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

/** The task whose recorded run stands in `public/runs/`. */
const RECORDED = 'countdown-3';

/** That run, for what shows it beside something else. @throws Error naming what is wrong with it. */
export const fetchRecordedRun = (): Promise<Recording | null> => fetchRecording(RECORDED);

/**
 * How long a recorded run stays: `untilStep` of the same run that the reader begins, so that nothing goes while that is
 * being set up; `untilBegun` where whoever begins another, such as the next slide, does not want to see it meanwhile.
 */
export type Staying = 'untilStep' | 'untilBegun' | 'none';

/** What is fetched to have something to show before anything is computed. */
export class Recorded {
  /** A run made earlier. */
  run = $state.raw<Recording | null>(null);
  /** How the shipped base of the run on screen was made; it is on screen before any engine is. */
  entry = $state.raw<BaseEntry | null>(null);
  /** How far a run of the reader's own has come: not begun, begun, or beyond its first step. */
  own = $state<'none' | 'begun' | 'lived'>('none');
  #isFetching = false;
  #stays: Staying;

  constructor(stays: Staying = 'untilStep') {
    this.#stays = stays;
  }

  /** The reader begins a run. */
  begin(): void {
    if (this.#stays === 'untilBegun') this.own = 'lived';
    else if (this.own === 'none') this.own = 'begun';
  }

  /** It has made a step. */
  live(): void {
    this.own = 'lived';
  }

  /** Fetches the recorded run, once. @returns whether that was to be had. @throws Error naming what is wrong with it. */
  async fetchRun(settings: RunSettings): Promise<boolean> {
    const isWanted = this.#stays !== 'none' && this.own === 'none';
    if (!isWanted || this.#isFetching || taskName(settings) !== RECORDED) return true;
    this.#isFetching = true;
    this.run = await fetchRecording(RECORDED);
    return this.run !== null;
  }

  /** Fetches the entry of the base of a run, with the curve that it starts from, as long as that is wanted. */
  async fetchEntry(settings: RunSettings, isWanted: () => boolean): Promise<void> {
    const name = settings.base === 'shipped' ? baseName(taskName(settings), settings) : null;
    const { entry } = this;
    if (entry && name === baseName(entry.task, shownTo(entry))) return;
    this.entry = null;
    if (name === null) return;
    const fetched = await fetchEntry(name);
    if (isWanted()) this.entry = fetched;
  }
}
