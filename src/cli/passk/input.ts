import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FORMATS } from '../../results/formats/formats.ts';
import { joinSame } from '../../results/join.ts';
import { readResults } from '../../results/read.ts';
import type { Measured, Reading } from '../../results/results.ts';
import type { Source } from '../../results/source.ts';
import { UsageError } from '../flags.ts';

/** What a file was read as. */
export interface Read {
  file: string;
  reading: Reading;
}

const STANDARD_INPUT = '-';

/**
 * @param format the id of the format of all files, if it is not to be recognised
 * @throws UsageError for a file that cannot be read, or an unknown format; ResultsError for a file that is no results.
 */
export async function readFiles(
  files: readonly string[],
  format: string | undefined,
  choices: Record<string, string>,
): Promise<Read[]> {
  const known = FORMATS.map(({ id }) => id);
  if (format !== undefined && !known.includes(format))
    throw new UsageError(`--format is '${format}', expected one of ${known.join(', ')}`);
  const read: Read[] = [];
  for (const file of files) {
    const source = await sourceOf(file);
    const reading = await readResults(source, { choices, ...(format !== undefined && { format }) });
    read.push({ file: source.name, reading });
  }
  return read;
}

/** The models of all files, by the names given, if any: those of one name as one. */
export function modelsOf(
  read: readonly Read[],
  names: readonly string[] | null,
): { models: Measured[]; notes: string[] } {
  const found = read.flatMap(({ reading }) => reading.models);
  if (names && names.length !== found.length)
    throw new UsageError(
      `--names has ${names.length}, expected ${found.length}, for ${found.map(({ name }) => name).join(', ')}`,
    );
  const called = found.map((model, i) => ({ ...model, name: names?.[i] ?? model.name }));
  const models = joinSame(called);
  const notes = models.flatMap(({ name }) => {
    const times = called.filter((model) => model.name === name).length;
    return times === 1 ? [] : [`${name} was read ${times} times; its counts are added up.`];
  });
  return { models, notes };
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

/** @throws UsageError where there is none of that name. */
export function placeOf(base: string | undefined, models: readonly Measured[]): number {
  const names = models.map(({ name }) => name);
  const place = base === undefined ? 0 : names.indexOf(base);
  if (place < 0) throw new UsageError(`--base is '${base}', expected one of ${names.join(', ')}`);
  return place;
}
