import type { Measured } from '../../results/results.ts';
import type { Given } from './given.svelte.ts';

/** The models of something given, as they are called. */
export const calledIn = ({ reading, names }: Given): Measured[] =>
  (reading?.models ?? []).map((model, i) => ({ ...model, name: names[i]! }));

/** A model of which several parts were given. */
interface AddedUp {
  model: Measured;
  /** The files that they are in. */
  files: readonly string[];
  /** How many problems are in more than one of them. */
  shared: number;
}

/** @param models of all that was given, those of one name as one */
export function addedUpIn(list: readonly Given[], models: readonly Measured[]): AddedUp[] {
  const all = list.flatMap(calledIn);
  return models.flatMap((model) => {
    const parts = all.filter(({ name }) => name === model.name);
    if (parts.length < 2) return [];
    const files = list.filter(({ names }) => names.includes(model.name));
    return [{ model, files: files.map(({ source }) => source.name), shared: sharedBy(parts) }];
  });
}

function sharedBy(parts: readonly Measured[]): number {
  const [seen, shared] = [new Set<string>(), new Set<string>()];
  for (const { problems } of parts)
    for (const id of problems.keys()) (seen.has(id) ? shared : seen).add(id);
  return shared.size;
}

/** Files whose models are called alike. */
export interface Alike {
  name: string;
  of: readonly Given[];
}

/** Files of one model each that are told apart by numbers behind its name, and by nothing else. */
export function alikeIn(list: readonly Given[]): Alike[] {
  const groups = new Map<string, Given[]>();
  for (const given of list) {
    const [model, ...more] = given.reading?.models ?? [];
    if (!model || more.length > 0) continue;
    const name = withoutNumber(given.names[0]!, model.name);
    groups.set(name, [...(groups.get(name) ?? []), given]);
  }
  return [...groups]
    .map(([name, of]) => ({ name, of }))
    .filter(({ of }) => new Set(of.map(({ names }) => names[0])).size > 1);
}

/** What a model is called, without the number that tells it from others; the number in a name of its own stays. */
const withoutNumber = (name: string, own: string): string =>
  name === own ? name : name.replace(/ \(\d+\)$/, '');
