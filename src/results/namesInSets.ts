import { namesOfAll, type NamedFile, type ReadFile } from './names.ts';
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
  const bySet = [...new Set(files.map(({ inSet }) => inSet?.set))]
    .map((set) => files.filter(({ inSet }) => inSet?.set === set))
    .sort((a, b) => b.length - a.length);
  for (const own of bySet) {
    const others = beside.filter(({ inSet }) => inSet?.set === own[0]!.inSet?.set);
    namesOfAll(own, others).forEach((labels, i) => {
      const file = own[i]!;
      names.set(
        file,
        labels.map((label, model) => {
          if (!file.inSet) return label;
          const key = keyOf(file, model);
          const known = called.get(key);
          if (known !== undefined) return known;
          const { set, rest, isWord } = file.inSet;
          const last = rest.split('/').at(-1)!;
          // What is called as its set is called by what is left of its path.
          const proposed = (
            isWord ? label.toLowerCase().includes(set.toLowerCase()) : label === set
          )
            ? [last, rest, label]
            : [label, rest];
          const taken = [...called.values()];
          const name = proposed.find((name) => name !== '' && !taken.includes(name)) ?? label;
          called.set(key, name);
          return name;
        }),
      );
    });
  }
  return files.map((file) => names.get(file)!);
}
