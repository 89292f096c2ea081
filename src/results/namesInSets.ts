import { free, namesOfAll, type NamedFile, type ReadFile } from './names.ts';
import type { InSet } from './sets.ts';

/** A file of one of several sets of problems; null where all are of one. */
interface OfSet {
  inSet: InSet | null;
}

/**
 * The names of the models of each file, in order: in each set of problems those of {@link namesOfAll}. What is called by its path in one set, in that
 * with the most models, is called so in all of them: a model has one name.
 *
 * @param beside files that keep the names they have
 */
export function namesInSets(
  files: readonly (ReadFile & OfSet)[],
  beside: readonly (NamedFile & OfSet)[] = [],
): string[][] {
  const names = new Map<ReadFile, string[]>();
  /** By the path of a model without its set. */
  const called = new Map<string, string>();
  const keyOf = ({ inSet, reading }: ReadFile & OfSet, model: number): string =>
    JSON.stringify([inSet?.rest, reading.models.length > 1 && reading.models[model]!.name]);
  for (const file of beside) file.names.forEach((name, i) => called.set(keyOf(file, i), name));
  const bySet = [...new Set(files.map(({ inSet }) => inSet?.set))]
    .map((set) => files.filter(({ inSet }) => inSet?.set === set))
    .sort((a, b) => b.length - a.length);
  for (const own of bySet) {
    const others = beside.filter(({ inSet }) => inSet?.set === own[0]!.inSet?.set);
    /** By the names of this set alone, of which equal ones are one model, and no others. */
    const here = new Map(others.flatMap(({ names }) => names.map((name) => [name, name])));
    namesOfAll(own, others).forEach((labels, i) => {
      const file = own[i]!;
      const nameOf = (label: string, model: number): string => {
        if (!file.inSet) return label;
        const key = keyOf(file, model);
        const isHere = (name: string): boolean => [...here.values()].includes(name);
        const known = called.get(key);
        const isFree = known !== undefined && !isHere(known);
        const name = here.get(label) ?? (isFree ? known : newName(label, file.inSet));
        here.set(label, name);
        if (known === undefined) called.set(key, name);
        return name;
      };
      const newName = (label: string, { set, rest, isWord }: InSet): string => {
        const taken = new Set([...called.values(), ...here.values()]);
        // What has the name of its set is called by what is left of its path, or of its name.
        const last = rest.split('/').at(-1)!;
        const hasSet = label.toLowerCase().includes(set.toLowerCase());
        const proposed = [isWord ? (hasSet ? last : label) : withoutSet(label, set) || last, rest];
        return (
          proposed.find((name) => name !== '' && !taken.has(name)) ??
          free(label, (name) => taken.has(name))
        );
      };
      names.set(file, labels.map(nameOf));
    });
  }
  return files.map((file) => names.get(file)!);
}

/** `base/aime24_seed0` is `base/seed0`. */
const withoutSet = (name: string, set: string): string =>
  name
    .split('/')
    .map((part) =>
      /^[-_]?$/.test(part.slice(set.length, set.length + 1)) && part.startsWith(set)
        ? part.slice(set.length + 1)
        : part,
    )
    .filter((part) => part !== '')
    .join('/');
