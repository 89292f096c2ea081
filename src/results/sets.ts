import { modelName, pathWithoutSeeds } from './modelName.ts';
import { folderOf } from './names.ts';
import { baseAmong, isStep } from './roles.ts';

/** What benchmarks are called, as far as no part of a model's name is called so: `math` alone is not among them. */
const BENCHMARK = new RegExp(
  `(?<![a-z0-9])(?:${[
    ...[
      'aime',
      'beyond[-_]?aime',
      'amc',
      'hmmt',
      'brumo',
      'cmimc',
      'minerva',
      'olympiad(?:[-_]?bench)?',
    ],
    ...[
      'math[-_ ]?(?:500|hard|qa)',
      'omni[-_]?math',
      'gsm[-_]?(?:8k|hard|plus)',
      'svamp',
      'asdiv',
      'aqua(?:[-_]?rat)?',
    ],
    ...[
      'gpqa',
      'mmlu(?:[-_]?pro)?',
      'bbh',
      'arc[-_]?(?:c|e|challenge|easy|agi)',
      'hellaswag',
      'ifeval',
    ],
    ...[
      'human[-_]?eval',
      'mbpp',
      'live[-_]?code[-_]?bench',
      'lcb',
      'big[-_]?code[-_]?bench',
      'swe[-_]?bench',
    ],
    ...['math[-_]?(?:vista|vision|verse)', 'geo(?:metry)?[-_]?3k', 'countdown'],
  ].join('|')})(?:\\+|plus)?(?:[-_ ]?(?:20)?2\\d(?!\\d))?(?![a-z])`,
  'gi',
);

/** The folders of a file, and what it would name a model. */
const segmentsOf = (file: string): string[] => {
  const name = modelName(file, { seeds: true });
  const folders = pathWithoutSeeds(folderOf(file)).split('/');
  return [...folders.filter((part) => part !== '' && part !== name), name];
};

/**
 * Which set of problems each file is of, by its path: `aime24` and `math500` of `base/aime24.jsonl`, `base/math500.jsonl` and the same of
 * `rl`. The problems of two sets may have the same numbers as ids, and are then not the same problems.
 *
 * Sets are told by benchmarks in all paths, the last one of each where it has several. Else they are told where paths differ at two places,
 * at one of them by names of a base and of what was trained: the other place has the set, if that is no step of a run, and each set
 * has two of these.
 *
 * @returns null where all are of one set, or that cannot be told
 */
export function setsOf(files: readonly string[]): string[] | null {
  const paths = files.map(segmentsOf);
  const sets = byBenchmark(paths) ?? byPlace(paths);
  return sets && new Set(sets).size > 1 ? sets : null;
}

function byBenchmark(paths: readonly string[][]): string[] | null {
  const all = paths.map((path) => path.join('/').match(BENCHMARK)?.map(lowerCase) ?? []);
  const sets = all.map((own) =>
    own.findLast((name) => !all.every((others) => others.includes(name))),
  );
  return sets.some((set) => set === undefined) ? null : (sets as string[]);
}

function byPlace(paths: readonly string[][]): string[] | null {
  const depth = paths[0]?.length ?? 0;
  if (paths.some(({ length }) => length !== depth)) return null;
  const differing = Array.from({ length: depth }, (_, place) => paths.map((path) => path[place]!))
    .filter((values) => new Set(values).size > 1)
    .map((values) => ({ values, hasBase: baseAmong([...new Set(values)]).isNamed }));
  const [models, ...more] = differing.filter(({ hasBase }) => hasBase);
  const [sets] = differing.filter(({ hasBase }) => !hasBase);
  if (differing.length !== 2 || !models || more.length > 0 || !sets) return null;
  if (sets.values.every(isStep)) return null;
  const modelsOf = (set: string): number =>
    new Set(models.values.filter((_, i) => sets.values[i] === set)).size;
  return sets.values.every((set) => modelsOf(set) > 1) ? sets.values : null;
}

const lowerCase = (text: string): string => text.toLowerCase();
