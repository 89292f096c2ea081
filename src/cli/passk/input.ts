import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FORMATS } from '../../results/formats/formats.ts';
import { joinSame } from '../../results/join.ts';
import { namesInSets } from '../../results/namesInSets.ts';
import { readResults } from '../../results/read.ts';
import { baseOfSet } from '../../results/roles.ts';
import type { Measured, Reading } from '../../results/results.ts';
import { setsOf } from '../../results/sets.ts';
import type { Source } from '../../results/source.ts';
import { UsageError } from '../flags.ts';

/** What a file was read as. */
export interface Read {
  file: string;
  reading: Reading;
}

/** The models of one set of problems. */
export interface ModelSet {
  /** Null where all files are of one. */
  name: string | null;
  models: readonly Measured[];
}

/** The models of all files, by what they are called. */
export interface Called {
  sets: readonly ModelSet[];
  /** The names of the models of each file. */
  names: readonly (readonly string[])[];
  notes: readonly string[];
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

/**
 * The models of all files, by the names given, if any, or else as names.ts has it: those of one name and one set of problems as one.
 * @param given names at commas, or each by itself
 * @param isOneSet whether all files are of one set of problems, whatever they are called
 */
export function modelsOf(
  read: readonly Read[],
  given: readonly string[],
  isOneSet: boolean,
): Called {
  const asked = given.length === 1 ? given[0]!.split(',') : [...given];
  const own = read.flatMap(({ reading }) => reading.models.map(({ name }) => name));
  if (asked.length > 0 && asked.length !== own.length)
    throw new UsageError(
      `--names has ${asked.length}, expected ${own.length}, for ${own.join(', ')}`,
    );
  const sets = isOneSet
    ? null
    : setsOf(read.map(({ file, reading: { models } }) => ({ file, models })));
  const ofSets = read.map((each, i) => ({ ...each, inSet: sets?.[i] ?? null }));
  const names =
    asked.length > 0
      ? read.map(({ reading }) => asked.splice(0, reading.models.length))
      : namesInSets(ofSets);
  const called = ofSets.flatMap(({ reading, inSet }, i) =>
    reading.models.map((model, j) => ({ ...model, name: names[i]![j]!, set: inSet?.set ?? null })),
  );
  const found = [...new Set(called.map(({ set }) => set))].map((name) => {
    const ofSet = called.filter(({ set }) => set === name);
    const models = joinSame(ofSet);
    const notes = models.flatMap((model) => {
      const times = ofSet.filter((each) => each.name === model.name).length;
      const where = name === null ? '' : ` on ${name}`;
      return times === 1
        ? []
        : [`${model.name} was read ${times} times${where}; its counts are added up.`];
    });
    return { name, models, notes };
  });
  const apart = sets
    ? [
        `By ids and the names of files these are sets of problems: ${[...new Set(sets.map(({ set }) => set))].join(', ')}. Models are compared on one at a time; --one-set takes equal ids for one problem.`,
      ]
    : [];
  return { sets: found, names, notes: [...apart, ...found.flatMap(({ notes }) => notes)] };
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

/**
 * Which model of each set is the base: that of this name, or as baseOfSet in results/roles.ts has it; with a note on each set that lacks the base of the
 * others.
 * @throws UsageError where there is none of that name.
 */
export function basesOf(
  asked: string | undefined,
  sets: readonly ModelSet[],
): { indices: readonly number[]; notes: readonly string[] } {
  const names = sets.map(({ models }) => models.map(({ name }) => name));
  const all = [...new Set(names.flat())];
  if (asked !== undefined && !all.includes(asked))
    throw new UsageError(`--base is '${asked}', expected one of ${all.join(', ')}`);
  const bases = names.map((own) => baseOfSet(own, all, asked ?? null));
  const notes = bases.flatMap(({ index, lacking }, i) =>
    lacking === null
      ? []
      : [`${sets[i]!.name} has nothing of ${lacking}: the base there is ${names[i]![index]}.`],
  );
  return { indices: bases.map(({ index }) => index), notes };
}
