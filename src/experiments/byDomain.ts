import type { ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';
import type { DomainChoice } from './domains.ts';
import { passAtReported } from './evaluate.ts';

/** The split with the training problems of one domain only; what is held out stays whole. */
export function limitDomains(
  domainOf: NonNullable<Task['domainOf']>,
  split: ProblemSplit,
  chosen: DomainChoice,
): ProblemSplit {
  if (chosen === 'all') return split;
  const ofDomain = (problems: readonly unknown[]): unknown[] =>
    problems.filter((problem) => domainOf(problem) === chosen);
  const { train, beyond } = split;
  return {
    ...split,
    train: ofDomain(train),
    ...(beyond ? { beyond: { ...beyond, train: ofDomain(beyond.train) } } : {}),
  };
}

/** Mean exact pass@k by domain and k, from the success probabilities p [problems]. */
export function passAtByDomain(
  domainOf: NonNullable<Task['domainOf']>,
  problems: readonly unknown[],
  p: readonly number[],
): Record<string, Record<string, number>> {
  const ofDomains: Record<string, number[]> = {};
  problems.forEach((problem, i) => (ofDomains[domainOf(problem)] ??= []).push(p[i]!));
  return Object.fromEntries(
    Object.entries(ofDomains).map(([domain, of]) => [domain, passAtReported(of)]),
  );
}
