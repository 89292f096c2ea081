import { version } from '../../../package.json';
import { baseName } from '../../run/bases.ts';
import { readRunFile, writeRunFile } from '../../run/runFile/runFile.ts';
import { taskName } from '../../run/settings.ts';
import type { Dropped } from '../dropped.ts';
import type { Remark } from '../state/notices.svelte.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { fetchEntry } from '../state/recorded.svelte.ts';
import { download } from '../../plots/save/download.ts';
import { fileStem } from './notes.ts';
import * as TEXT from '../../messages/share.ts';

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
const mega = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** The run on screen as a file; the run goes on meanwhile. Null if it was cancelled. */
export async function saveRun(page: Playground, isWanted: () => boolean): Promise<Remark | null> {
  const problem = unsaved(page);
  if (problem !== null) return { text: TEXT.notSaved({ reason: problem }), refused: true };
  try {
    const { settings, engine, branched, startedAt } = page.run;
    const { problems, held, problemInHand } = page.figures;
    const kept = await page.ask({ kind: 'kept' }, null);
    const last = kept.checkpoints.at(-1)!.step;
    const rows = page.run.rowsUpTo(last);
    const { base } = settings;
    const { file, fewer } = await writeRunFile({
      made: { at: new Date().toISOString(), by: `RLVR Playground ${version}` },
      view: {
        step: held !== null && held < last ? held : null,
        problem: problemInHand,
      },
      engine: { kind: engine!.kind, device: engine!.device },
      base: {
        name: base === 'live' ? 'live' : baseName(taskName(settings), settings),
        sha256: kept.baseSha256,
      },
      branched: branched?.step ?? null,
      ...{ startedAt, settings, shape: kept.shape, problems: problems!, rows },
      checkpoints: kept.checkpoints,
    });
    if (!isWanted()) return null;
    const name = `${fileStem(settings)}-step${last}.rlvrrun`;
    download(name, file);
    const all = kept.checkpoints.length;
    const told = { name, rows: rows.length, checkpoints: all - fewer, all, size: mega(file.size) };
    return { text: (fewer > 0 ? TEXT.savedFewer : TEXT.saved)(told), refused: false };
  } catch (error) {
    return { text: TEXT.notSaved({ reason: reasonOf(error) }), refused: true };
  }
}

function unsaved({ run: { rows, phase }, figures }: Playground): string | null {
  if (figures.recording || rows.length === 0) return TEXT.nothing;
  return phase.kind === 'failed' || phase.kind === 'cancelled' ? TEXT.stopped : null;
}

/** Puts the run of a file on screen, once all of it is known to be right. Null if it was cancelled. */
export async function openRun(
  page: Playground,
  file: File,
  isWanted: () => boolean,
): Promise<Remark | null> {
  try {
    const run = await readRunFile(file, fetchEntry);
    const entry = run.base.name === 'live' ? null : await fetchEntry(run.base.name);
    if (!isWanted()) return null;
    page.openKept(run);
    const { made, engine, rows, checkpoints, leftOut, base, branched } = run;
    const sentences = [
      TEXT.opened({
        at: made.at.slice(0, 16).replace('T', ' '),
        by: made.by,
        engine: `${engine.kind} (${engine.device})`,
        ...{ rows: rows.length, checkpoints: checkpoints.length },
      }),
      leftOut.length > 0 ? TEXT.leftOut({ count: leftOut.length }) : '',
      entry && entry.sha256 !== base.sha256 ? TEXT.otherBase : '',
      branched === null ? '' : TEXT.branched({ step: branched }),
    ];
    return { text: sentences.join(''), refused: false };
  } catch (error) {
    const name = file.name.slice(0, 60);
    return { text: TEXT.refused({ name, reason: reasonOf(error) }), refused: true };
  }
}

let latestDrop = 0;

/** All else may be results of somebody's own models. */
const isRun = ({ name }: Dropped): boolean => /\.rlvrrun$/i.test(name);

/**
 * Opens the one file that was dropped on the page; a later one takes its place. Where there are rooms, results go to theirs.
 */
export async function openDropped(page: Playground, dropped: readonly Dropped[]): Promise<void> {
  // An embed has none.
  const hasRooms = document.getElementById('rooms') !== null;
  if (hasRooms && !dropped.some(isRun)) {
    page.place.chooseRoom('results');
    document.getElementById('rooms')!.scrollIntoView();
    const { keptResults } = await import('../results/results.svelte.ts');
    await keptResults.given.addDropped(dropped);
    return;
  }
  const mine = ++latestDrop;
  const [file] = dropped;
  const told =
    file instanceof File && dropped.length === 1
      ? await openRun(page, file, () => mine === latestDrop)
      : { text: TEXT.oneFile, refused: true };
  if (mine === latestDrop && told) page.remark = told;
}
