import { coerceSetting, settingsFrom, type RunSettings, type Setting } from '../../run/settings.ts';
import { CLI_SETTINGS, UsageError } from '../flags.ts';

type Value = string | number;

/** A sweep as its file has it: all runs are arms × grid × seeds. */
export interface Sweep {
  format: 'rlvr-sweep';
  version: 1;
  name: string;
  /** Values by flag, shared by all runs. */
  settings?: Record<string, Value>;
  /** Lists of values by flag; every combination of them is made. */
  grid?: Record<string, Value[]>;
  arms?: { id: string; label?: string; settings?: Record<string, Value> }[];
  seeds: number[];
}

/** One run of a sweep, before it is known by its identity. */
export interface PlannedRun {
  arm: string;
  seed: number;
  /** The arm, where it stands on the grid, and the seed, in words. */
  label: string;
  settings: RunSettings;
}

const FIELDS = ['format', 'version', 'name', 'settings', 'grid', 'arms', 'seeds'];
const ARM_FIELDS = ['id', 'label', 'settings'];
const NAME = /^[a-z0-9][a-z0-9._-]*$/i;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isValue = (value: unknown): value is Value =>
  typeof value === 'number' || typeof value === 'string';
const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** What reads the parts of a file and refuses the others by name. */
function readerOf(file: string) {
  const refuse = (what: string): never => {
    throw new UsageError(`${file}: ${what}`);
  };
  const settingOf = (flag: string, where: string): Setting => {
    if (flag === 'seed')
      refuse(`${where} has 'seed'; the seeds stand in 'seeds', where every run gets each of them`);
    const setting = CLI_SETTINGS.find((candidate) => candidate.flag === flag);
    const flags = CLI_SETTINGS.map(({ flag }) => flag).join(', ');
    return (
      setting ?? refuse(`${where} has an unknown setting '${flag}'; the settings are ${flags}`)
    );
  };
  const valueOf = (flag: string, value: unknown, where: string): Value => {
    const setting = settingOf(flag, where);
    if (!isValue(value))
      return refuse(`${flag} in ${where} is ${shown(value)}, expected a number or a text`);
    const coerced = coerceSetting(setting, String(value));
    return coerced.ok ? value : refuse(`in ${where}, ${coerced.problem}`);
  };
  const onlyFields = (object: Record<string, unknown>, known: readonly string[], where: string) => {
    for (const key of Object.keys(object))
      if (!known.includes(key))
        refuse(`${where} has an unknown field '${key}'; the fields are ${known.join(', ')}`);
  };
  const values = (object: unknown, where: string): Record<string, Value> => {
    if (object === undefined) return {};
    if (!isObject(object))
      return refuse(`${where} is ${shown(object)}, expected an object by flag`);
    return Object.fromEntries(
      Object.entries(object).map(([flag, value]) => [flag, valueOf(flag, value, where)]),
    );
  };
  return { refuse, onlyFields, values, valueOf };
}

/**
 * Reads a sweep from the text of `file`.
 * @throws UsageError naming what is not as a sweep has it, and what would be.
 */
export function parseSweep(file: string, text: string): Sweep {
  const { refuse, onlyFields, values, valueOf } = readerOf(file);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    return refuse(`it is not JSON: ${(error as Error).message}`);
  }
  if (!isObject(read)) return refuse(`it is ${shown(read)}, expected an object`);
  onlyFields(read, FIELDS, 'the sweep');
  const { format, version, name, settings, grid, arms, seeds } = read;
  if (format !== 'rlvr-sweep' || version !== 1)
    refuse(
      `it has format ${shown(format)} version ${shown(version)}, expected "rlvr-sweep" version 1`,
    );
  if (typeof name !== 'string' || !NAME.test(name))
    refuse(`name is ${shown(name)}, expected a text of letters, digits, '.', '_' and '-'`);
  const isSeed = (seed: unknown): boolean => Number.isInteger(seed) && (seed as number) >= 0;
  if (!Array.isArray(seeds) || seeds.length === 0 || !seeds.every(isSeed))
    refuse(`seeds is ${shown(seeds)}, expected a list of whole numbers from 0`);
  if (new Set(seeds as number[]).size !== (seeds as number[]).length)
    refuse(`seeds is ${shown(seeds)}, which has a seed twice`);
  if (grid !== undefined && !isObject(grid))
    refuse(`grid is ${shown(grid)}, expected lists of values by flag`);
  const lists = Object.entries((grid ?? {}) as Record<string, unknown>).map(
    ([flag, list]): [string, Value[]] => {
      if (!Array.isArray(list) || list.length === 0)
        return refuse(`${flag} in grid is ${shown(list)}, expected a list of values`);
      return [flag, list.map((value) => valueOf(flag, value, 'grid'))];
    },
  );
  if (arms !== undefined && (!Array.isArray(arms) || arms.length === 0))
    refuse(`arms is ${shown(arms)}, expected a list with one arm or more`);
  const ids = new Set<string>();
  const readArms = ((arms ?? []) as unknown[]).map((arm, i) => {
    if (!isObject(arm)) return refuse(`arm ${i + 1} is ${shown(arm)}, expected an object`);
    onlyFields(arm, ARM_FIELDS, `arm ${i + 1}`);
    const { id, label } = arm;
    if (typeof id !== 'string' || !NAME.test(id))
      return refuse(`arm ${i + 1} has id ${shown(id)}, expected letters, digits, '.', '_' and '-'`);
    if (ids.has(id)) refuse(`two arms have the id '${id}'`);
    ids.add(id);
    if (label !== undefined && typeof label !== 'string')
      refuse(`the arm '${id}' has label ${shown(label)}, expected a text`);
    return {
      id,
      ...(label === undefined ? {} : { label: label as string }),
      settings: values(arm['settings'], `the arm '${id}'`),
    };
  });
  return {
    format: 'rlvr-sweep',
    version: 1,
    name: name as string,
    settings: values(settings, 'settings'),
    grid: Object.fromEntries(lists),
    ...(readArms.length > 0 ? { arms: readArms } : {}),
    seeds: seeds as number[],
  };
}

/** Every combination of the lists, the last one changing fastest. */
function combinations(grid: Record<string, Value[]>): Record<string, Value>[] {
  return Object.entries(grid).reduce<Record<string, Value>[]>(
    (all, [flag, list]) => all.flatMap((one) => list.map((value) => ({ ...one, [flag]: value }))),
    [{}],
  );
}

/** All runs of a sweep, arm by arm, then along the grid, then seed by seed. An arm's settings yield to the grid's. */
export function plannedRuns({ settings, grid = {}, arms, seeds }: Sweep): PlannedRun[] {
  return (arms ?? [{ id: 'run', settings: {} }]).flatMap((arm) =>
    combinations(grid).flatMap((place) =>
      seeds.map((seed) => {
        const byFlag = { ...settings, ...arm.settings, ...place, seed };
        const texts = new Map(
          Object.entries(byFlag).map(([flag, value]) => [
            CLI_SETTINGS.find((setting) => setting.flag === flag)!,
            String(value),
          ]),
        );
        const words = [
          arm.id,
          ...Object.entries(place).map(([flag, value]) => `${flag} ${value}`),
          `seed ${seed}`,
        ];
        return {
          arm: arm.id,
          seed,
          label: words.join(', '),
          settings: settingsFrom(texts, (problem) => {
            throw new UsageError(problem);
          }),
        };
      }),
    ),
  );
}

/** Part `i` of `n`, such as `1/8`. */
export interface Shard {
  part: number;
  of: number;
}

/** @throws UsageError unless the text is `i/n` with 1 ≤ i ≤ n. */
export function parseShard(text: string): Shard {
  const [, part, of] = (/^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? []).map(Number);
  if (part === undefined || of === undefined || part > of)
    throw new UsageError(`--shard is '${text}', expected i/n with i from 1 to n, such as 1/8`);
  return { part, of };
}

/** Every n-th of the runs, from the i-th on: the shards of a sweep are disjoint, together all, and equally large ± 1. */
export function inShard<T>(runs: readonly T[], { part, of }: Shard): T[] {
  return runs.filter((_, i) => i % of === part - 1);
}
