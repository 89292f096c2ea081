import { namesOfAll, type NamedFile, type ReadFile } from './names.ts';
import { withoutSet } from './sets.ts';

/** The name of the set of problems that a file is of; null where all are of one. */
interface OfSet {
  set: string | null;
}

/**
 * The names of the models of each file, in order: in each set of problems those of {@link namesOfAll}, so that a model has the same name in all of them. Where
 * names have that of the set in them, as `base_aime24` and `rl_aime24` have, they are without it.
 *
 * @param beside files that keep the names they have
 */
export function namesInSets(
  files: readonly (ReadFile & OfSet)[],
  beside: readonly (NamedFile & OfSet)[] = [],
): string[][] {
  const names = new Map<ReadFile, string[]>();
  for (const set of new Set(files.map(({ set }) => set))) {
    const isOurs = (file: OfSet): boolean => file.set === set;
    const [own, others] = [files.filter(isOurs), beside.filter(isOurs)];
    const called = namesOfAll(own, others);
    const short = called.map((all) => all.map((name) => withoutSet(name, set ?? '')));
    const taken = others.flatMap(({ names }) => names);
    const isApart =
      new Set([...short.flat(), ...taken]).size === new Set([...called.flat(), ...taken]).size;
    own.forEach((file, i) => names.set(file, (isApart ? short : called)[i]!));
  }
  return files.map((file) => names.get(file)!);
}
