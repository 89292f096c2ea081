import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { joinSame } from '../../results/join.ts';
import { readResults } from '../../results/read.ts';
import type { Measured, Reading } from '../../results/results.ts';
import type { Source } from '../../results/source.ts';
import { UsageError } from '../flags.ts';

/** What a file was read as, and all models of all files. */
export interface Input {
  readings: readonly { file: string; reading: Reading }[];
  models: readonly Measured[];
}

export interface Asked {
  format?: string;
  choices?: Record<string, string>;
}

const STANDARD_INPUT = '-';

/** @throws UsageError for a file that cannot be read, ResultsError for one that is no results. */
export async function readInput(files: readonly string[], asked: Asked): Promise<Input> {
  const readings = [];
  for (const file of files) {
    const source = await sourceOf(file);
    readings.push({ file: source.name, reading: await readResults(source, asked) });
  }
  return { readings, models: joinSame(readings.flatMap(({ reading }) => reading.models)) };
}

async function sourceOf(file: string): Promise<Source> {
  if (file === STANDARD_INPUT) {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for await (const chunk of process.stdin) chunks.push(new Uint8Array(chunk as Buffer));
    return { name: 'standard input', blob: new Blob(chunks) };
  }
  const found = await stat(file).catch((error: Error) => {
    throw new UsageError(`${file} cannot be read: ${error.message}`);
  });
  if (!found.isFile()) throw new UsageError(`${file} is no file`);
  // Read as a whole only by those who need it as a whole.
  return { name: file, blob: await openAsBlob(file) };
}

/** Renames models, in order, and finds the base. @throws UsageError where there are not as many, or none of that name. */
export function named(
  models: readonly Measured[],
  names: readonly string[] | null,
  base: string | undefined,
): { models: Measured[]; base: number } {
  const found = models.map(({ name }) => name);
  if (names && names.length !== models.length)
    throw new UsageError(
      `--names has ${names.length}, expected ${models.length}, for ${found.join(', ')}`,
    );
  const called = names ?? found;
  if (new Set(called).size < called.length)
    throw new UsageError(`--names is '${called.join(',')}', expected names that differ`);
  const place = base === undefined ? 0 : called.indexOf(base);
  if (place < 0) throw new UsageError(`--base is '${base}', expected one of ${called.join(', ')}`);
  return { models: models.map((model, i) => ({ ...model, name: called[i]! })), base: place };
}
