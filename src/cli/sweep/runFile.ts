import { createHash } from 'node:crypto';
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { EvaluationProblems } from '../../experiments/evaluate.ts';
import type { TrainRow } from '../../experiments/train.ts';
import type { RunSettings } from '../../run/settings.ts';
import { amount, fields, list, oneOf, recordIn, text, type Schema } from '../../run/schema.ts';
import { versionsSchema, type Versions } from '../../run/studies/recorded.ts';
import { writeWhole } from './writeWhole.ts';

/** An evaluated row without its group of completions; of the other rows only the scalars. */
export type KeptRow = Omit<TrainRow, 'group'>;

/** One run of a sweep, in the file `<id>.json`. */
export interface RunFile {
  format: 'rlvr-run';
  version: 1;
  id: string;
  /** All of them, those at their defaults too. */
  settings: Partial<RunSettings>;
  /** The flags of `train` that make the same run. */
  flags: string;
  versions: Versions;
  /** Wall-clock time of the run. */
  seconds: number;
  problems: EvaluationProblems;
  rows: KeptRow[];
  /** SHA-256 of the file's JSON without this field. */
  sha256: string;
}

const plainObject = <T extends object>(): Schema<T> =>
  v.custom<T>((value) => Object.prototype.toString.call(value) === '[object Object]', 'an object');

/** What is around the numbers; those of a run that has diverged are null, and the checksum says that all are as they were. */
const runSchema = fields<RunFile>({
  ...{ format: oneOf('rlvr-run'), version: oneOf(1), id: text(100), sha256: text(64) },
  ...{ settings: plainObject<RunSettings>(), flags: text(4000), versions: versionsSchema },
  ...{ seconds: amount, problems: plainObject<EvaluationProblems>() },
  rows: list(plainObject<KeptRow>(), { least: 1 }),
});

/** What of a row goes into the file of its run. */
export function keptRow({ group: _, ...row }: TrainRow): KeptRow {
  if (row.heldOut) return row;
  const scalars = Object.entries(row).filter(
    ([, value]) => value === null || typeof value === 'number' || typeof value === 'string',
  );
  return Object.fromEntries(scalars) as unknown as KeptRow;
}

const checksumOf = (run: Omit<RunFile, 'sha256'>): string =>
  createHash('sha256').update(JSON.stringify(run)).digest('hex');

export const runPath = (directory: string, id: string): string => join(directory, `${id}.json`);

export type Found =
  { kind: 'none' } | { kind: 'whole'; run: RunFile } | { kind: 'broken'; why: string };

/** The run `id` in a directory: not there, whole, or broken and why. @throws the file system's error, but for a missing file. */
export async function readRun(directory: string, id: string): Promise<Found> {
  let text: string;
  try {
    text = await readFile(runPath(directory, id), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'none' };
    throw error;
  }
  const broken = (why: string): Found => ({ kind: 'broken', why });
  try {
    const run = recordIn('rlvr-run', runSchema, text, (problem) => {
      throw new RangeError(problem);
    });
    if (run.id !== id) return broken(`it is the run ${run.id}`);
    const { sha256, ...rest } = run;
    if (checksumOf(rest) !== sha256) return broken('its checksum is not that of its content');
    return { kind: 'whole', run };
  } catch (error) {
    return broken((error as Error).message);
  }
}

/** Moves a broken file aside, where no run is looked for, and tells its new name. */
export async function moveAside(directory: string, id: string): Promise<string> {
  const taken = new Set(await readdir(directory));
  let n = 1;
  while (taken.has(`${id}.broken-${n}`)) n++;
  await rename(runPath(directory, id), join(directory, `${id}.broken-${n}`)).catch(
    (error: NodeJS.ErrnoException) => {
      // Another process that found it broken may have been first.
      if (error.code !== 'ENOENT') throw error;
    },
  );
  return `${id}.broken-${n}`;
}

/** Writes a run so that its file is there whole or not at all, and gives it as it will be read. */
export async function writeRun(directory: string, run: Omit<RunFile, 'sha256'>): Promise<RunFile> {
  // Through JSON, where NaN becomes null, so that the checksum is that of what will be read.
  const plain = JSON.parse(JSON.stringify(run)) as Omit<RunFile, 'sha256'>;
  const written: RunFile = { ...plain, sha256: checksumOf(plain) };
  await writeWhole(runPath(directory, run.id), `${JSON.stringify(written)}\n`);
  return written;
}
