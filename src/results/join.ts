import type { Count, Measured } from './results.ts';
import { madeUpId } from './tally.ts';

/**
 * Models of one name as one model, such as the files of its seeds: what is of one id is added up. Where one of them has no
 * ids, their problems are put one behind another. In the order of the first of each name.
 */
export function joinSame(models: readonly Measured[]): Measured[] {
  const byName = new Map<string, Measured[]>();
  for (const model of models) byName.set(model.name, [...(byName.get(model.name) ?? []), model]);
  return [...byName].map(([name, same]) => {
    const hasIds = same.every((model) => model.hasIds);
    const problems = new Map<string, Count>();
    for (const model of same)
      for (const [id, { n, c }] of model.problems) {
        const key = hasIds ? id : madeUpId(problems.size + 1);
        const before = problems.get(key) ?? { n: 0, c: 0 };
        problems.set(key, { n: before.n + n, c: before.c + c });
      }
    return { name, problems, hasIds };
  });
}
