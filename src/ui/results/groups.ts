import { joinSame } from '../../results/join.ts';
import { pathWithoutSeeds, rootOf } from '../../results/modelName.ts';
import { folderOf, hasSeed } from '../../results/names.ts';
import type { Measured } from '../../results/results.ts';
import { setsById, type Given } from './given.svelte.ts';

/** The models of something given, as they are called. */
export const calledIn = ({ reading, names }: Given): Measured[] =>
  (reading?.models ?? []).map((model, i) => ({ ...model, name: names[i]! }));

/** What was given of one set of problems. */
export interface GivenSet {
  /** Null where it is not one of several. */
  name: string | null;
  list: readonly Given[];
  /** Those of one name as one. */
  models: readonly Measured[];
}

/** All as of one set of problems. */
export const oneSet = (list: readonly Given[], name: string | null = null): GivenSet => ({
  ...{ name, list },
  models: joinSame(list.flatMap(calledIn)),
});

/** By the set of problems that each is of. */
export function setsIn(list: readonly Given[]): GivenSet[] {
  const sets = setsById(list);
  if (!sets) return [oneSet(list)];
  return [...new Set([...sets.values()].map(({ set }) => set))].map((name) =>
    oneSet(
      list.filter(({ id }) => sets.get(id)?.set === name),
      name,
    ),
  );
}

/** The problems of all sets, where equal ids of two are two problems. */
export const pooled = (sets: readonly GivenSet[]): GivenSet => ({
  ...{ name: null, list: sets.flatMap(({ list }) => list) },
  models: joinSame(
    sets.flatMap(({ name, models }) =>
      models.map((model) => ({
        ...model,
        problems: new Map(
          [...model.problems].map(([id, count]) => [`${name}: ${id}`, count] as const),
        ),
      })),
    ),
  ),
});

/** A model of which several parts were given. */
interface AddedUp {
  model: Measured;
  /** The files that they are in. */
  files: readonly string[];
  /** How many problems are in more than one of them. */
  shared: number;
  /** Two of the files with the same verdicts. */
  same: readonly [string, string] | null;
}

export function addedUpIn({ list, models }: GivenSet): AddedUp[] {
  const all = list.flatMap(calledIn);
  return models.flatMap((model) => {
    const parts = all.filter(({ name }) => name === model.name);
    if (parts.length < 2) return [];
    const files = list.filter(({ names }) => names.includes(model.name));
    const same = sameAmong(
      files.map((file) => ({
        file: file.source.name,
        problems: calledIn(file).find(({ name }) => name === model.name)!.problems,
      })),
    );
    const names = files.map(({ source }) => source.name);
    return [{ model, files: names, shared: sharedBy(parts), same }];
  });
}

function sharedBy(parts: readonly Measured[]): number {
  const [seen, shared] = [new Set<string>(), new Set<string>()];
  for (const { problems } of parts)
    for (const id of problems.keys()) (seen.has(id) ? shared : seen).add(id);
  return shared.size;
}

/** With less right, or less wrong, samples may be the same by chance. */
const LEAST_EACH = 10;

/** The first two files with the same counts of the same problems, where that is no chance. */
function sameAmong(
  parts: readonly { file: string; problems: Measured['problems'] }[],
): readonly [string, string] | null {
  for (const [i, a] of parts.entries())
    for (const b of parts.slice(0, i)) if (areSame(a.problems, b.problems)) return [b.file, a.file];
  return null;
}

function areSame(a: Measured['problems'], b: Measured['problems']): boolean {
  if (a.size !== b.size) return false;
  let right = 0;
  for (const [id, { n, c }] of a) {
    const other = b.get(id);
    if (other?.n !== n || other.c !== c) return false;
    right += c / n;
  }
  return Math.min(right, a.size - right) >= LEAST_EACH;
}

/** Files whose models are called alike. */
export interface Alike {
  name: string;
  of: readonly Given[];
}

/**
 * Files with one model each that may be runs of one, by their names: told apart by numbers that were put behind it, or by seeds in the names of
 * files or folders. Whether the seeds are of samples or of trainings, only the reader knows.
 */
export function alikeIn(list: readonly Given[]): Alike[] {
  const groups = new Map<string, Alike & { of: Given[] }>();
  for (const given of list) {
    const { reading, source, isRenamed, names } = given;
    const [model, ...more] = reading?.models ?? [];
    if (!model || more.length > 0 || isRenamed) continue;
    // A number in a name of its own stays.
    const isOwn = names[0] === model.name && !hasSeed(model.name);
    const name = (isOwn ? model.name : rootOf(names[0]!)) || model.name;
    // Of a format with seeds, a file without one is of other samples, such as greedy ones.
    const isSeed = reading!.joins !== 'seeds' || hasSeed(source.name);
    const key = JSON.stringify([pathWithoutSeeds(folderOf(source.name)), name, isSeed]);
    const group = groups.get(key) ?? { name, of: [] };
    group.of.push(given);
    groups.set(key, group);
  }
  return [...groups.values()].filter(({ of }) => new Set(of.map(({ names }) => names[0])).size > 1);
}
