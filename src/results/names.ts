import { withoutSeeds } from './modelName.ts';
import type { Reading } from './results.ts';

/** A file that was read, by its path where there is one, or by its name alone. */
export interface ReadFile {
  file: string;
  /** Files with the same were given at once. */
  drop?: number;
  reading: Pick<Reading, 'format' | 'joins'> & { models: readonly { name: string }[] };
}

/** With what its models are called. */
export type NamedFile = ReadFile & { names: readonly string[] };

const partsOf = (file: string): string[] =>
  file.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
const lastOf = (file: string): string => partsOf(file).at(-1) ?? file;
/** Where a file stands: '' for one of no folder. */
export const folderOf = (file: string): string => partsOf(file).slice(0, -1).join('/');

/** Whether a file is one of several seeds by its name: `output-rs0.jsonl`, beside which `output.jsonl` is of greedy samples. */
export const hasSeed = (file: string): boolean => withoutSeeds(lastOf(file)) !== lastOf(file);

/**
 * Whether two files are parts of one model where they name it alike: they were given at once, of one folder by different names, and differ by
 * their seeds, or are runs, which are told to be of one model only by a folder. All others are of two models.
 */
const areParts = (a: ReadFile, b: ReadFile): boolean =>
  a.reading.joins !== null &&
  a.reading.format === b.reading.format &&
  a.drop === b.drop &&
  folderOf(a.file) === folderOf(b.file) &&
  lastOf(a.file) !== lastOf(b.file) &&
  (a.reading.joins === 'seeds' ? hasSeed(a.file) && hasSeed(b.file) : folderOf(a.file) !== '');

/** The first of `results`, `results (2)`, … that is not taken. */
export function free(name: string, isTaken: (name: string) => boolean): string {
  let own = name;
  for (let i = 2; isTaken(own); i++) own = `${name} (${i})`;
  return own;
}

/**
 * The names of the models of a file that is given beside others, which may have been renamed: what the other parts of the model are called;
 * else its own, or `results (2)` where another model has that.
 */
export function namesBeside(given: ReadFile, others: readonly NamedFile[]): string[] {
  const all = others.flatMap((other) =>
    other.names.map((name, i) => ({
      ...{ name, own: other.reading.models[i]!.name },
      isPart: areParts(given, other),
    })),
  );
  return given.reading.models.map((model) => {
    const same = all.filter(({ own }) => own === model.name);
    // A name that the same seed has already is that of another model.
    const part = same.find(
      ({ name, isPart }) => isPart && same.every((each) => each.name !== name || each.isPart),
    );
    return part?.name ?? free(model.name, (own) => all.some(({ name }) => name === own));
  });
}

/** A model, and the folder of the first file that it is of. */
interface Place {
  folder: string;
  /** What it is called where files have no folders. */
  numbered: string;
}

/**
 * The names of the models of each file, in order: those of equal names are one model. Where files that are no parts of one model have
 * a name in common, they are called as the folders in which they differ, `base` and `rl`; with the name, `base/gsm8k`, where there
 * are models of other names too, and so are these others in those folders; `gsm8k (2)` where there are no such folders, and
 * `base (2)` for another of one folder.
 *
 * @param beside files that keep the names they have
 */
export function namesOfAll(
  files: readonly ReadFile[],
  beside: readonly NamedFile[] = [],
): string[][] {
  const all: NamedFile[] = [...beside];
  for (const file of files) all.push({ ...file, names: namesBeside(file, all) });
  const places = new Map<string, Place[]>();
  for (const { file, reading, names } of all)
    names.forEach((numbered, i) => {
      const { name } = reading.models[i]!;
      const same = places.get(name) ?? [];
      if (!same.some((place) => place.numbered === numbered))
        places.set(name, [...same, { folder: folderOf(file), numbered }]);
    });
  const labels = labelsOf(places, new Set(beside.flatMap(({ names }) => names)));
  return all.slice(beside.length).map(({ names }) => names.map((name) => labels.get(name)!));
}

/** By the numbered name what the model is called: no two alike. What has one of those that are kept is a part of that model. */
function labelsOf(
  places: ReadonlyMap<string, readonly Place[]>,
  kept: ReadonlySet<string>,
): Map<string, string> {
  const labels = new Map([...kept].map((name) => [name, name]));
  const taken = new Set(kept);
  const isInFolder = ({ folder }: Place): boolean => folder !== '';
  const inFolders = [...places.values()].filter((same) => same.some(isInFolder)).length;
  const endsOf = (same: readonly Place[]): Map<string, string> | null =>
    differing(same.filter(isInFolder).map(({ folder }) => folder));
  /** What folders are called that tell models apart. */
  const called = new Map([...places.values()].flatMap((same) => [...(endsOf(same) ?? [])]));
  // Those that nobody else is called are the first to have their names.
  for (const [name, same] of [...places].sort(([, a], [, b]) => a.length - b.length)) {
    const ends = endsOf(same) ?? called;
    for (const { folder, numbered } of same) {
      if (kept.has(numbered)) continue;
      const end = ends.get(folder) ?? name;
      const proposed = inFolders === 1 || end === name ? end : `${end}/${name}`;
      const label = free(proposed, (own) => taken.has(own));
      taken.add(label);
      labels.set(numbered, label);
    }
  }
  return labels;
}

/**
 * By the folder its last parts in which it differs from the others: as many as it takes to tell all apart, without the last ones that all
 * have in common. Null where there are no two.
 */
function differing(folders: readonly string[]): Map<string, string> | null {
  const unlike = [...new Set(folders)];
  if (unlike.length < 2) return null;
  const paths = unlike.map((folder) => folder.split('/'));
  const most = Math.max(...paths.map((path) => path.length));
  for (let depth = 1; depth <= most; depth++) {
    const ends = paths.map((path) => path.slice(-depth));
    if (new Set(ends.map((end) => end.join('/'))).size < unlike.length) continue;
    while (ends.every((end) => end.length > 1 && end.at(-1) === ends[0]!.at(-1)))
      ends.forEach((end) => end.pop());
    return new Map(unlike.map((folder, i) => [folder, ends[i]!.join('/')]));
  }
  return null;
}
