import { modelName, pathWithoutSeeds } from './modelName.ts';
import { folderOf, free } from './names.ts';
import { isRole, isStep } from './roles.ts';

/** A file by its path, and what it has. */
export interface FileOfSet {
  file: string;
  /** Its models: of the problems of one of them all is told. */
  models: readonly {
    name: string;
    problems: ReadonlyMap<string, unknown>;
    hasIds: boolean;
  }[];
}

interface PlacedFile extends FileOfSet {
  path: readonly string[];
}

/** Files of one set, and what of their paths says so. */
interface NamedSet {
  name: string;
  files: readonly PlacedFile[];
}

/** Benchmarks that have as many problems as others, or may have, and are told by their names alone. */
const BENCHMARKS = `
  aime amc hmmt brumo cmimc minerva olympiad olympiadbench math[-_]?500 math[-_]?hard gsm[-_]?8k gsm[-_]?hard gsm[-_]?plus
  gpqa mmlu mmlu[-_]?pro bbh human[-_]?eval mbpp live[-_]?code[-_]?bench lcb big[-_]?code[-_]?bench`;
const BENCHMARK = new RegExp(
  `(?<![a-z0-9])(?:${BENCHMARKS.trim().split(/\s+/).join('|')})(?:[-_]?(?:20)?2\\d)?(?![a-z0-9])`,
  'i',
);

/** Of ids that are integers so many have to be the same. */
const SAME_SHARE = 0.9;

/**
 * Which set of problems each file is of: `aime24` and `math500` of `base/aime24.jsonl`, `base/math500.jsonl` and the same of `rl`. Problems of two
 * sets may have the same numbers, and are then not the same problems.
 *
 * Files are of one set if some of their ids are the same, or, of integers, nearly all. That there are several is believed only where a model is
 * found in two, by its path without the set: else two models may have been measured on more and on fewer problems of one. Files with the
 * same integers are of several sets if the paths of all have a benchmark at one place, and each of these has two models or more.
 *
 * @returns null where all are of one set, or that cannot be told
 */
export function setsOf(files: readonly FileOfSet[]): string[] | null {
  const placed = files.map((file) => ({ ...file, path: segmentsOf(file.file) }));
  const groups = byIds(placed) ?? [{ name: '', files: placed }];
  const sets = groups.flatMap((group) => byBenchmark(group.files) ?? [group]);
  if (sets.length < 2) return null;
  const named = new Map<PlacedFile, string>();
  const taken = new Set<string>();
  for (const set of sets) {
    const name = free(set.name, (name) => taken.has(name));
    taken.add(name);
    for (const file of set.files) named.set(file, name);
  }
  return placed.map((file) => named.get(file)!);
}

/** What a model is called without the name of its set: `base_aime24` is `base`. */
export const withoutSet = (name: string, set: string): string => restOf(name, set) || name;

function restOf(name: string, set: string): string {
  if (set === '') return name;
  const escaped = set.replace(/[^\w]/g, '\\$&');
  return name.replace(new RegExp(`(^|[-_/])${escaped}(?=[-_/]|$)`, 'i'), '').replace(/^[-_/]/, '');
}

/** The folders of a file, and what it would name a model. */
function segmentsOf(file: string): string[] {
  const name = modelName(file, { seeds: true });
  const folders = pathWithoutSeeds(folderOf(file)).split('/');
  if (folders.at(-1) === name) folders.pop();
  return [...folders.filter((folder) => folder !== ''), name];
}

/** The models of files by what of their paths is not the name of the set; those of seeds are one. */
const modelsIn = (files: readonly PlacedFile[], set: string): ReadonlySet<string> =>
  new Set(
    files.flatMap(({ path, models }) => {
      const rest = restOf(path.join('/'), set);
      if (models.length > 1) return models.map(({ name }) => `${rest}: ${name}`);
      return rest === '' ? [] : [rest];
    }),
  );

function byIds(files: readonly PlacedFile[]): NamedSet[] | null {
  const groups: PlacedFile[][] = [];
  for (const file of files) {
    const group = groups.find(([first]) => haveSame(first!, file));
    if (group) group.push(file);
    else groups.push([file]);
  }
  const sets = groups
    .filter((group) => modelsIn(group, '').size > 1)
    .map((group) => ({ name: nameOf(group, files), files: group }));
  const known = sets.map(({ name, files }) => modelsIn(files, name));
  const found = known.flatMap((models) => [...models]);
  const isFoundTwice = found.some((model, i) => !isStep(model) && found.indexOf(model) !== i);
  /** Of a model that others are compared with elsewhere. */
  const more = groups
    .filter((group) => modelsIn(group, '').size < 2)
    .map((group) => {
      const place = partsOf(group[0]!).find((part) =>
        [...modelsIn(group, part)].some((model) => found.includes(model)),
      );
      return { isFound: place !== undefined, name: place ?? nameOf(group, files), files: group };
    });
  return isFoundTwice || more.some(({ isFound }) => isFound) ? [...sets, ...more] : null;
}

/** By the models of two files: they are compared once. */
const compared = new WeakMap<object, WeakMap<object, boolean>>();
function haveSame({ models: [a] }: FileOfSet, { models: [b] }: FileOfSet): boolean {
  const others = compared.get(a!) ?? new WeakMap<object, boolean>();
  compared.set(a!, others);
  const found = others.get(b!) ?? (a!.hasIds && b!.hasIds && haveSameIds(a!.problems, b!.problems));
  others.set(b!, found);
  return found;
}

function haveSameIds(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  let shared = 0;
  for (const id of a.keys()) {
    if (!b.has(id)) continue;
    if (!/^\d+$/.test(id)) return true;
    shared++;
  }
  return shared >= SAME_SHARE * (a.size + b.size - shared);
}

function byBenchmark(files: readonly PlacedFile[]): NamedSet[] | null {
  const depth = files[0]?.path.length ?? 0;
  if (files.some(({ path }) => path.length !== depth)) return null;
  // The last place is the surest, and a name that has a model beside the benchmark the least.
  for (const benchmark of [wholeBenchmark, benchmarkIn])
    for (let place = depth - 1; place >= 0; place--) {
      const sets = byPlace(files, place, benchmark);
      if (sets) return sets;
    }
  return null;
}

/** The files by the benchmark that their paths have at a place, if each has two models or more. */
function byPlace(
  files: readonly PlacedFile[],
  place: number,
  benchmark: (name: string) => string | null,
): NamedSet[] | null {
  const sets = new Map<string, { name: string; files: PlacedFile[] }>();
  for (const file of files) {
    const name = benchmark(file.path[place]!);
    if (name === null) return null;
    const set = sets.get(keyOf(name)) ?? { name, files: [] };
    set.files.push(file);
    sets.set(keyOf(name), set);
  }
  const found = [...sets.values()];
  const areAll = found.every(({ name, files }) => modelsIn(files, name).size > 1);
  return found.length > 1 && areAll ? found : null;
}

/** The benchmark in a name. */
const benchmarkIn = (name: string): string | null => BENCHMARK.exec(name)?.[0] ?? null;
/** A name that begins with a benchmark and is of no model: `hmmt_feb25`. */
const wholeBenchmark = (name: string): string | null =>
  BENCHMARK.exec(name)?.index === 0 && isNoModel(name) ? name : null;
/** `AIME_2024` is `aime24`. */
const keyOf = (benchmark: string): string =>
  benchmark
    .toLowerCase()
    .replace(/[-_]/g, '')
    .replace(/20(2\d)$/, '$1');

const isNoModel = (part: string): boolean => !isRole(part) && !isStep(part);

/** What of a path may be the name of its set. */
const partsOf = ({ path }: PlacedFile): string[] =>
  [...path.toReversed(), benchmarkIn(path.join('/')) ?? ''].filter(
    (part) => part !== '' && isNoModel(part),
  );

/** What all files of a set have in their paths, and not all of the others: a folder, or else a word. */
function nameOf(files: readonly PlacedFile[], all: readonly PlacedFile[]): string {
  const common = (partsOf: (file: PlacedFile) => readonly string[]): string | undefined =>
    partsOf(files[0]!).findLast((part) => {
      const has = (file: PlacedFile): boolean => partsOf(file).includes(part);
      return isNoModel(part) && /[a-z]/i.test(part) && files.every(has) && !all.every(has);
    });
  return (
    common(({ path }) => path) ??
    common(({ path }) => path.flatMap((part) => part.split(/[-_]/))) ??
    `${files[0]!.models[0]!.problems.size} problems`
  );
}
