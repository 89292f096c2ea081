import { appendFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { startExperiment } from '../../experiments/startExperiment.ts';
import { changedSettings, trainSettings, type RunSettings } from '../../run/settings.ts';
import type { Versions } from '../../run/studies/recorded.ts';
import { loadStart, type ObtainBase } from '../base.ts';
import { engineFor } from '../engine.ts';
import { resolvedSettings } from './identity.ts';
import { baseId, keptBase } from './keptBases.ts';
import { keptRow, moveAside, readRun, writeRun, type RunFile } from './runFile.ts';

/** A run to be made. */
export interface Order {
  id: string;
  label: string;
  settings: RunSettings;
  versions: Versions;
}

export interface Made {
  kind: 'made' | 'found';
  run: RunFile;
}

/** The file of a sweep's directory with a line for every run that was begun and every one that was finished. */
export const HISTORY = 'history.log';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** The rows of a run, evaluated exactly, as its file keeps them. */
export async function trainRun(
  settings: RunSettings,
  obtain?: ObtainBase,
): Promise<Pick<RunFile, 'problems' | 'rows' | 'seconds'>> {
  const began = performance.now();
  const engine = await engineFor(settings);
  const { task, split, shape, parameters, teacher } = await loadStart(settings, engine, obtain);
  const run = await startExperiment(
    ...([engine, task, shape, parameters, split, trainSettings(settings)] as const),
    null,
    teacher,
  );
  const rows: RunFile['rows'] = [];
  for await (const row of run.rows) {
    rows.push(keptRow(row));
    // A process that does nothing but compute would not see that the sweep which started it has gone.
    await turn();
  }
  run.dispose();
  engine.dispose();
  return { problems: run.problems, rows, seconds: (performance.now() - began) / 1000 };
}

/**
 * Makes one run, unless its file is there. A broken file is moved aside and named. Processes that make the same run at a time
 * end with one file, whole, and whosever it is, its numbers are the same.
 */
export async function makeRun(
  directory: string,
  { id, label, settings, versions }: Order,
): Promise<Made> {
  const found = await readRun(directory, id);
  if (found.kind === 'whole') return { kind: 'found', run: found.run };
  if (found.kind === 'broken')
    say(
      `${id}.json (${label}) is broken: ${found.why}; moved to ${await moveAside(directory, id)}, made again`,
    );
  const note = (what: string): Promise<void> =>
    appendFile(
      join(directory, HISTORY),
      `${new Date().toISOString()} ${what} ${id} ${hostname()} ${process.pid}\n`,
    );
  await note('began');
  const obtain: ObtainBase = (make) =>
    keptBase(join(directory, 'bases'), baseId(settings, versions), make);
  const flags = changedSettings(settings).map(([flag, text]) => `--${flag} ${text}`);
  const run = await writeRun(directory, {
    format: 'rlvr-run',
    version: 1,
    id,
    settings: resolvedSettings(settings),
    flags: flags.join(' '),
    versions,
    ...(await trainRun(settings, obtain)),
  });
  await note('finished');
  return { kind: 'made', run };
}
