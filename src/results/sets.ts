import { benchmarkIn, isSetting, keyOf, wholeBenchmark } from './benchmarks.ts';
import { modelName, pathWithoutSeeds } from './modelName.ts';
import { folderOf } from './names.ts';
import { isRole } from './roles.ts';

/** A file by its path, and what it has. */
export interface FileOfSet {
  file: string;
  models: readonly {
    name: string;
    problems: ReadonlyMap<string, unknown>;
    hasIds: boolean;
  }[];
}

/** Of which set of problems a file is, and what its path is without that: which model, and with which settings. */
export interface InSet {
  set: string;
  rest: string;
  /** Whether the set is a word of a name, as of `base_aime24`, and not a folder or file of its own. */
  isWord: boolean;
}

interface PlacedFile extends FileOfSet {
  path: readonly string[];
}

/** Files of one set. */
interface Group {
  /** What of their paths says so; null where nothing does. */
  name: string | null;
  files: readonly PlacedFile[];
}

/** Of ids that count so many have to be the same. */
const SAME_SHARE = 0.9;
/** So many ids of a file are asked for in another one, evenly: of 600 files all would take seconds. */
const MOST_ASKED = 1000;
/** An id that counts, and says nothing of the problem: `7`, `q7`, `row 7`. */
const COUNTER = /^\D{0,12}\d+$/;

/**
 * Which set of problems each file is of: `aime24` and `math500` of `base/aime24.jsonl`, `base/math500.jsonl` and the same of `rl`. Problems of two
 * sets may have the same numbers, and are then not the same problems.
 *
 * Files are of one set if some of their ids are the same, or, of ids that count, nearly all. That there are several is believed only where a model is
 * found in two by its path without a folder or word that all files of a set have; else two models may have been measured on more and on
 * fewer problems of one. Files with the same counters are of several sets if all of their paths have benchmarks at one place, and each of these
 * has two models or more.
 *
 * @returns null where all are of one set, or that cannot be told
 */
export function setsOf(files: readonly FileOfSet[]): InSet[] | null {
  const placed = files.map((file) => ({ ...file, path: segmentsOf(file.file) }));
  const groups = byIds(placed) ?? [{ name: null, files: placed }];
  const named = new Map<PlacedFile, string>();
  for (const group of groups.flatMap((group) => byBenchmark(group.files) ?? [group]))
    for (const file of group.files) named.set(file, group.name ?? sizeOf(group));
  // What has one name is of one set, as what was not measured to the end is.
  if (new Set([...named.values()].map(keyOf)).size < 2) return null;
  const byKey = new Map([...named.values()].reverse().map((name) => [keyOf(name), name]));
  return placed.map((file) => {
    const name = named.get(file)!;
    const set = byKey.get(keyOf(name))!;
    return { set, rest: restOf(file.path, name), isWord: !file.path.includes(name) };
  });
}

const sizeOf = ({ files: [first] }: Group): string =>
  `${problemsOf(first!).problems.size} problems`;

/** The folders of a file, and what it would name a model. */
function segmentsOf(file: string): string[] {
  const name = modelName(file, { seeds: true });
  const folders = pathWithoutSeeds(folderOf(file)).split('/');
  if (folders.at(-1) === name) folders.pop();
  return [...folders.filter((folder) => folder !== ''), name];
}

/** A path without its last part that is the set, or without the last word that is. */
function restOf(path: readonly string[], set: string): string {
  const place = path.lastIndexOf(set);
  if (place >= 0) return path.filter((_, i) => i !== place).join('/');
  const text = path.join('/');
  const escaped = set.replace(/[^\w]/g, '\\$&');
  const words = [...text.matchAll(new RegExp(`(?<=^|[-_/])${escaped}(?=[-_/]|$)`, 'gi'))];
  if (words.length === 0) return text;
  const { index } = words.at(-1)!;
  // With what separates it from the word before, or else from the next one.
  const hasBefore = /[-_]/.test(text[index - 1] ?? '');
  const from = hasBefore ? index - 1 : index;
  const to = index + set.length + (hasBefore ? 0 : 1);
  return text.slice(0, from) + text.slice(to);
}

/** The models of files by what of their paths is not the set. Seeds are of one; steps and settings are none. */
const modelsIn = ({ name, files }: Group): ReadonlySet<string> =>
  new Set(
    files.flatMap(({ path, models }) => {
      const rest = name === null ? path.join('/') : restOf(path, name);
      if (models.length > 1) return models.map((model) => `${rest}: ${model.name}`);
      return rest.split('/').every(isSetting) ? [] : [rest];
    }),
  );

function byIds(files: readonly PlacedFile[]): Group[] | null {
  const alike: PlacedFile[][] = [];
  const byPath = new Map<string, PlacedFile[]>();
  for (const file of files) {
    const path = file.path.join('/');
    const group = byPath.get(path) ?? alike.find(([first]) => haveSame(first!, file)) ?? [];
    if (group.length === 0) alike.push(group);
    group.push(file);
    byPath.set(path, group);
  }
  const isSingle = (files: readonly PlacedFile[]): boolean =>
    modelsIn({ name: null, files }).size < 2;
  const large = alike
    .filter((group) => !isSingle(group))
    .map((group) => ({ name: nameOf(group, files), files: group }));
  const found = large.flatMap((group) => (group.name === null ? [] : [...modelsIn(group)]));
  const all = large.flatMap((group) => [...modelsIn(group)]);
  const single = alike.filter(isSingle);
  const rests = single.map(([file]) => withoutBenchmark(file!));
  let isTold = new Set(found).size < found.length;
  const more = single.map((group, i) => {
    const place = partsOf(group[0]!).find((name) =>
      [...modelsIn({ name, files: group })].some((model) => all.includes(model)),
    );
    // A model that others are compared with elsewhere, or on two benchmarks.
    isTold ||=
      place !== undefined || rests.some((rest, j) => j !== i && rest !== null && rest === rests[i]);
    return { name: place ?? nameOf(group, files), files: group };
  });
  return isTold ? [...large, ...more] : null;
}

/** A path without its benchmark; null where it has none. */
function withoutBenchmark({ path }: PlacedFile): string | null {
  const benchmark = benchmarkIn(path.join('/'));
  return benchmark === null ? null : restOf(path, benchmark);
}

/** The model of a file with the most problems. */
const problemsOf = ({ models }: FileOfSet): FileOfSet['models'][number] =>
  models.reduce((most, model) => (model.problems.size > most.problems.size ? model : most));

/** By the models of two files: they are compared once. */
const compared = new WeakMap<object, WeakMap<object, boolean>>();
function haveSame(one: FileOfSet, other: FileOfSet): boolean {
  const [a, b] = [problemsOf(one), problemsOf(other)];
  const others = compared.get(a) ?? new WeakMap<object, boolean>();
  compared.set(a, others);
  const found = others.get(b) ?? (a.hasIds && b.hasIds && haveSameIds(a.problems, b.problems));
  others.set(b, found);
  return found;
}

function haveSameIds(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  const every = Math.ceil(few.size / MOST_ASKED);
  let [place, asked, shared] = [0, 0, 0];
  for (const id of few.keys()) {
    if (place++ % every > 0) continue;
    asked++;
    if (!many.has(id)) continue;
    // Where one is a counter all are.
    if (shared === 0 && !COUNTER.test(id)) return true;
    shared++;
  }
  const both = (shared / asked) * few.size;
  return both >= SAME_SHARE * (few.size + many.size - both);
}

function byBenchmark(files: readonly PlacedFile[]): Group[] | null {
  const [id = ''] = files[0] ? problemsOf(files[0]).problems.keys() : [];
  if (!COUNTER.test(id)) return null;
  const depth = Math.max(...files.map(({ path }) => path.length));
  // The last place is the surest, and a name that has a model beside the benchmark the least.
  for (const benchmark of [wholeBenchmark, benchmarkIn])
    for (let end = 1; end <= depth; end++) {
      const sets = byPlace(files, end, benchmark);
      if (sets) return sets;
    }
  return null;
}

/** The files by the benchmark that all their paths have at a place, counted from the end, if each has two models or more. */
function byPlace(
  files: readonly PlacedFile[],
  end: number,
  benchmark: (name: string) => string | null,
): Group[] | null {
  const sets = new Map<string, { name: string; files: PlacedFile[] }>();
  for (const file of files) {
    const name = benchmark(file.path.at(-end) ?? '');
    if (name === null) return null;
    const set = sets.get(keyOf(name)) ?? { name, files: [] };
    set.files.push(file);
    sets.set(keyOf(name), set);
  }
  const found = [...sets.values()];
  return found.length > 1 && found.every((set) => modelsIn(set).size > 1) ? found : null;
}

/** What of a path may be the name of its set. */
const partsOf = ({ path }: PlacedFile): string[] =>
  [...[...path].reverse(), benchmarkIn(path.join('/')) ?? ''].filter(isName);
const isName = (part: string): boolean => /[a-z]/i.test(part) && !isSetting(part) && !isRole(part);

/** What all files of a set have in their paths, and not all of the others: a folder, or else a word. */
function nameOf(files: readonly PlacedFile[], all: readonly PlacedFile[]): string | null {
  const common = (partsOf: (file: PlacedFile) => readonly string[]): string | undefined =>
    partsOf(files[0]!).findLast((part) => {
      const has = (file: PlacedFile): boolean => partsOf(file).includes(part);
      return isName(part) && files.every(has) && !all.every(has);
    });
  return (
    common(({ path }) => path) ??
    common(({ path }) => path.flatMap((part) => part.split(/[-_]/))) ??
    null
  );
}
