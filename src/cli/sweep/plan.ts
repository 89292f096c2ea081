import * as v from 'valibot';
import { fields, list, maybe, oneOf, recordIn, seed, text, type Schema } from '../../run/schema.ts';
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
  arms?: Arm[];
  seeds: number[];
}

interface Arm {
  id: string;
  label?: string;
  settings?: Record<string, Value>;
}

/** One run of a sweep, before it is known by its identity. */
export interface PlannedRun {
  arm: string;
  seed: number;
  /** The arm, where it stands on the grid, and the seed, in words. */
  label: string;
  settings: RunSettings;
}

/** Of a sweep and of an arm: what files and labels can be called. */
const NAMED = "a text of letters, digits, '.', '_' and '-'";
const name: Schema<string> = v.pipe(v.string(NAMED), v.regex(/^[a-z0-9][a-z0-9._-]*$/i, NAMED));

/** A value as a flag of the command line would be given it. */
function valueOf(setting: Setting): Schema<Value> {
  const expected = (value: Value): string | null => {
    const coerced = coerceSetting(setting, String(value));
    return coerced.ok ? null : coerced.problem.replace(/^.*?, expected /, '');
  };
  return v.pipe(
    v.union([v.number(), v.string()], 'a number or a text'),
    v.check(
      (value) => expected(value) === null,
      ({ input }) => expected(input)!,
    ),
  );
}

/** An entry by flag, of as many settings as one likes. */
function byFlag<T>(entryOf: (setting: Setting) => Schema<T>): Schema<Record<string, T>> {
  const seeds = v.never("none: the seeds stand in 'seeds', where every run gets each of them");
  return fields<Record<string, T>>({
    ...Object.fromEntries(
      CLI_SETTINGS.map((setting) => [setting.flag, maybe(entryOf(setting)) as Schema<T>]),
    ),
    seed: maybe(seeds) as Schema<unknown> as Schema<T>,
  });
}
const settings = byFlag(valueOf);

/** The list with no entry twice. */
function eachOnce<T>(entries: Schema<T[]>, keyOf: (entry: T) => string | number): Schema<T[]> {
  const second = (all: readonly T[]): T | undefined =>
    all.find((each, i) => all.findIndex((other) => keyOf(other) === keyOf(each)) < i);
  return v.pipe(
    entries,
    v.check(
      (all) => second(all) === undefined,
      ({ input }) => `each once, but '${keyOf(second(input)!)}' is there twice`,
    ),
  );
}

const sweepSchema = fields<Sweep>({
  ...{ format: oneOf('rlvr-sweep'), version: oneOf(1), name },
  settings: maybe(settings),
  grid: maybe(byFlag((setting) => list(valueOf(setting), { least: 1 }))),
  arms: maybe(
    eachOnce(
      list(fields<Arm>({ id: name, label: maybe(text(200)), settings: maybe(settings) }), {
        least: 1,
      }),
      ({ id }) => id,
    ),
  ),
  seeds: eachOnce(list(seed, { least: 1 }), (each) => each),
});

/**
 * Reads a sweep from the text of `file`.
 * @throws UsageError naming what is not as a sweep has it, and what would be.
 */
export const parseSweep = (file: string, json: string): Sweep =>
  recordIn('rlvr-sweep', sweepSchema, json, (problem) => {
    throw new UsageError(`${file}: ${problem}`);
  });

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
