import type { Reading } from './results.ts';

/** A file that was read, by its path where there is one, or by its name alone. */
export interface ReadFile {
  file: string;
  reading: Pick<Reading, 'format' | 'joins'> & { models: readonly { name: string }[] };
}

/** With what its models are called. */
export type NamedFile = ReadFile & { names: readonly string[] };

const partsOf = (file: string): string[] =>
  file.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
const lastOf = (file: string): string => partsOf(file).at(-1) ?? file;
const foldersOf = (file: string): string[] => partsOf(file).slice(0, -1);

/**
 * Whether two files are parts of one model where they name it alike: their format has a file for each seed, and they stand in one folder by
 * different names. All others are of two models: of lm-evaluation-harness a model is a folder, and files in it are called the same.
 */
const areParts = (a: ReadFile, b: ReadFile): boolean =>
  a.reading.format === b.reading.format &&
  [a, b].every(({ reading }) => reading.joins) &&
  foldersOf(a.file).join('/') === foldersOf(b.file).join('/') &&
  lastOf(a.file) !== lastOf(b.file);

/** The first of `results`, `results (2)`, … that is not taken. */
function free(name: string, isTaken: (name: string) => boolean): string {
  let own = name;
  for (let i = 2; isTaken(own); i++) own = `${name} (${i})`;
  return own;
}

/**
 * The names of the models of a file that is given beside others, which may have been renamed: its own, unless another file has a model of
 * that name that it is no part of; then `results (2)`.
 */
export function namesBeside(given: ReadFile, others: readonly NamedFile[]): string[] {
  return given.reading.models.map(({ name }) =>
    free(name, (own) =>
      others.some((other) => other.names.includes(own) && !areParts(given, other)),
    ),
  );
}

/** A model, and the first file that it is of. */
interface Place {
  file: string;
  /** What it is called where files have no folders. */
  numbered: string;
}

/**
 * The names of the models of each file, in order: those of equal names are one model. Where files that are no parts of one model have
 * a name in common, they are called as the folders in which they differ, `base` and `rl`; with the name, `base/gsm8k`, where there
 * are models of other names too; `gsm8k (2)` where there are no such folders, and `base (2)` for another of one folder.
 *
 * @param beside files that keep the names they have
 */
export function namesOfAll(
  files: readonly ReadFile[],
  beside: readonly NamedFile[] = [],
): string[][] {
  const all: NamedFile[] = [...beside];
  for (const file of files) all.push({ ...file, names: namesBeside(file, all) });
  const numbered = all.slice(beside.length);
  const places = new Map<string, Place[]>();
  for (const { file, reading, names } of numbered)
    names.forEach((numbered, i) => {
      const { name } = reading.models[i]!;
      const same = places.get(name) ?? [];
      if (!same.some((place) => place.numbered === numbered))
        places.set(name, [...same, { file, numbered }]);
    });
  const labels = labelsOf(places, new Set(beside.flatMap(({ names }) => names)));
  return numbered.map(({ names }) => names.map((name) => labels.get(name)!));
}

/** By the numbered name what the model is called: no two alike. What has a name of those that are kept is a part of that model. */
function labelsOf(
  places: ReadonlyMap<string, readonly Place[]>,
  kept: ReadonlySet<string>,
): Map<string, string> {
  const labels = new Map<string, string>();
  const taken = new Set(kept);
  // Those that nobody else is called keep their names.
  for (const [name, same] of [...places].sort(([, a], [, b]) => a.length - b.length)) {
    const folders = same.length > 1 ? differing(same.map(({ file }) => foldersOf(file))) : null;
    same.forEach(({ numbered }, i) => {
      if (kept.has(numbered)) return void labels.set(numbered, numbered);
      const folder = folders?.[i];
      const proposed =
        folder === undefined ? numbered : places.size === 1 ? folder : `${folder}/${name}`;
      const label = free(proposed, (own) => taken.has(own));
      taken.add(label);
      labels.set(numbered, label);
    });
  }
  return labels;
}

/**
 * The last parts of paths in which they differ: of as many folders as it takes to tell all apart that are not the same, without the last
 * ones that all have in common. Null where all are the same, or one is of no folder.
 */
function differing(paths: readonly string[][]): string[] | null {
  const most = Math.max(...paths.map((path) => path.length));
  const unlike = new Set(paths.map((path) => path.join('/'))).size;
  for (let depth = 1; depth <= most && unlike > 1; depth++) {
    const ends = paths.map((path) => path.slice(-depth));
    if (new Set(ends.map((end) => end.join('/'))).size < unlike) continue;
    while (ends.every((end) => end.length > 1 && end.at(-1) === ends[0]!.at(-1)))
      ends.forEach((end) => end.pop());
    return ends.every((end) => end.length > 0) ? ends.map((end) => end.join('/')) : null;
  }
  return null;
}

/** What a base is called, the surest first. */
const BASES = [
  /^(base|pretrained)$/i,
  /^step[ _-]?0$/i,
  /(^|[^a-z])(base|pretrained)([^a-z]|$)/i,
  /(^|[^a-z])(before|untrained|init|initial)([^a-z]|$)/i,
  /(^|[^a-z])step[ _-]?0([^0-9]|$)/i,
];
/** What others may have been trained from. */
const STARTS = /(^|[^a-z])(sft|instruct)([^a-z0-9]|$)/i;

/**
 * The place of the base among models, and whether its name says so: called `base`, or `step 0`; else the shortest name that has the
 * word base, since what was trained from `qwen-base` is `qwen-base-grpo`, or before, or step 0; else the one that all others begin
 * with, as `qwen-grpo` does with `qwen`; else one that has sft or instruct. A word that all have says nothing. Else it is
 * the first; −1 where there is none.
 */
export function baseAmong(names: readonly string[]): { index: number; isNamed: boolean } {
  for (const base of BASES) {
    const called = names.filter((name) => base.test(name));
    if (called.length > 0 && called.length < names.length)
      return { index: names.indexOf(shortest(called)), isNamed: true };
  }
  const first = names.findIndex((name) =>
    names.every((each) => each === name || each.startsWith(name)),
  );
  if (first >= 0 && names.length > 1) {
    const isNumbered = names.every((each) =>
      /^( \(\d+\))?$/.test(each.slice(names[first]!.length)),
    );
    return { index: first, isNamed: !isNumbered };
  }
  const start = names.filter((name) => STARTS.test(name));
  if (start.length > 0 && start.length < names.length)
    return { index: names.indexOf(shortest(start)), isNamed: true };
  return { index: names.length === 0 ? -1 : 0, isNamed: false };
}

const shortest = (names: readonly string[]): string =>
  names.reduce((a, b) => (b.length < a.length ? b : a));
