import { MOST_MOVED, type Comparison, type Moved } from './analysis.ts';

/** The ids of problems by which of the models had a correct sample of them, in the order given. */
export function coverageOf(joined: readonly Moved[]): Comparison['coverage'] {
  const parts = {
    both: [] as string[],
    baseOnly: [] as string[],
    trainedOnly: [] as string[],
    neither: [] as string[],
  };
  for (const { id, base, trained } of joined) {
    const solvers =
      trained.c > 0 ? (['trainedOnly', 'both'] as const) : (['neither', 'baseOnly'] as const);
    parts[solvers[base.c > 0 ? 1 : 0]].push(id);
  }
  return parts;
}

/** |c/n after − c/n before| as a fraction of whole numbers, of which equal ones come out equal. */
const distance = ({ base, trained }: Moved): number =>
  Math.abs(trained.c * base.n - base.c * trained.n) / (base.n * trained.n);

/** Those whose share of correct samples changed most, the furthest first, equal ones in the order given. */
export const mostMoved = (joined: readonly Moved[]): Moved[] =>
  joined
    .filter((problem) => distance(problem) > 0)
    .sort((a, b) => distance(b) - distance(a))
    .slice(0, MOST_MOVED);
