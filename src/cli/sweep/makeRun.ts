import { appendFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { startExperiment } from '../../experiments/startExperiment.ts';
import { changedSettings, trainSettings, type RunSettings } from '../../run/settings.ts';
import type { Versions } from '../../run/studies/recorded.ts';
import { loadStart, type ObtainBase } from '../base.ts';
import { engineFor } from '../engine.ts';
import { claim, HEARTBEAT_MS, isClaim, removeStaleLocks, type Holder } from './claim.ts';
import { resolvedSettings } from './identity.ts';
import { baseId, keptBase } from './keptBases.ts';
import {
  keptRow,
  moveAside,
  readRun,
  removeTemporaries,
  writeRun,
  type RunFile,
} from './runFile.ts';

/** A run to be made. */
export interface Order {
  id: string;
  label: string;
  settings: RunSettings;
  versions: Versions;
}

export type Made = { kind: 'made' | 'found'; run: RunFile } | { kind: 'held'; by: Holder };

/** The exit code of a process whose run another one is making: try again later, as in sysexits.h. */
export const HELD = 75;

/** The exit code of a process that found its run made by another one meanwhile. */
export const FOUND = 76;

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
  for await (const row of run.rows) rows.push(keptRow(row));
  run.dispose();
  engine.dispose();
  return { problems: run.problems, rows, seconds: (performance.now() - began) / 1000 };
}

/**
 * Makes one run, unless its file is there or another process is making it. A broken file is moved aside and named.
 * With a `parent`, this process ends when that one is gone.
 */
export async function makeRun(
  directory: string,
  { id, label, settings, versions }: Order,
  parent: number | null = null,
): Promise<Made> {
  const before = await readRun(directory, id);
  if (before.kind === 'whole') {
    await removeStaleLocks(directory, id);
    return { kind: 'found', run: before.run };
  }
  const outcome = await claim(directory, id);
  if (!isClaim(outcome)) return { kind: 'held', by: outcome };
  const heartbeat = new Worker(new URL('./heartbeat.mjs', import.meta.url), {
    workerData: { lock: outcome.lock, parent, everyMs: HEARTBEAT_MS },
    execArgv: [],
  });
  heartbeat.unref();
  const note = (what: string): Promise<void> =>
    appendFile(
      join(directory, HISTORY),
      `${new Date().toISOString()} ${what} ${id} ${hostname()} ${process.pid}\n`,
    );
  try {
    // Again, since the one who held it before may have finished it.
    const found = await readRun(directory, id);
    if (found.kind === 'whole') return { kind: 'found', run: found.run };
    await removeTemporaries(directory, id);
    if (found.kind === 'broken')
      say(
        `${id}.json (${label}) is broken: ${found.why}; moved to ${await moveAside(directory, id)}, made again`,
      );
    await note('began');
    const obtain: ObtainBase = (make) =>
      keptBase(join(directory, 'bases'), baseId(settings, versions), make);
    const flags = changedSettings(settings).map(([flag, text]) => `--${flag} ${text}`);
    await writeRun(directory, {
      format: 'rlvr-run',
      version: 1,
      id,
      settings: resolvedSettings(settings),
      flags: flags.join(' '),
      versions,
      ...(await trainRun(settings, obtain)),
    });
    await note('finished');
    const made = await readRun(directory, id);
    if (made.kind !== 'whole') throw new Error(`${id}.json (${label}) was not written whole`);
    return { kind: 'made', run: made.run };
  } finally {
    await outcome.release();
    await heartbeat.terminate();
  }
}
