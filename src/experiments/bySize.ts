import type { ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';

/** From one size to another, both included. */
export interface SizeRange {
  least: number;
  most: number;
}

/** The problems whose size is in the range. @throws RangeError where there is none. */
export function ofSizes(
  sizeOf: NonNullable<Task['sizeOf']>,
  problems: readonly unknown[],
  { least, most }: SizeRange,
): unknown[] {
  const found = problems.filter((problem) => {
    const size = sizeOf(problem);
    return size >= least && size <= most;
  });
  if (found.length === 0)
    throw new RangeError(
      `no training problem takes at least ${least} and at most ${most} operations`,
    );
  return found;
}

/** The split with the training problems of some sizes only; what is held out stays whole. */
export function limitSizes(
  sizeOf: NonNullable<Task['sizeOf']>,
  split: ProblemSplit,
  range: SizeRange,
): ProblemSplit {
  const { train, beyond } = split;
  const limited = (problems: readonly unknown[]): unknown[] =>
    problems.length === 0 ? [] : ofSizes(sizeOf, problems, range);
  return {
    ...split,
    train: limited(train),
    ...(beyond ? { beyond: { ...beyond, train: limited(beyond.train) } } : {}),
  };
}
