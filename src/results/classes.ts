import type { Count } from './results.ts';

/** Problems by their distinct (n, c), of which there are few: all that a mean over problems depends on. */
export interface Classes {
  /** Each (n, c) once, by c / n ascending, then by n: the order of the problems leaves no trace in a sum over them. */
  counts: readonly Count[];
  /** How many problems have it. */
  weights: Uint32Array;
  /** Which one each problem has, in the order of the problems. */
  of: Uint32Array;
}

/** What is less than or more than 0 as c / n of `a` is than that of `b`: exact, without a division. */
export const byRate = (a: Count, b: Count): number => a.c * b.n - b.c * a.n;

export function classesOf(problems: readonly Count[]): Classes {
  const distinct = new Map<string, Count>();
  const keys = problems.map(({ n, c }) => `${n} ${c}`);
  keys.forEach((key, i) => distinct.set(key, problems[i]!));
  const sorted = [...distinct].sort(([, a], [, b]) => byRate(a, b) || a.n - b.n);
  const places = new Map(sorted.map(([key], place) => [key, place]));
  const of = Uint32Array.from(keys, (key) => places.get(key)!);
  const weights = new Uint32Array(sorted.length);
  for (const place of of) weights[place]!++;
  return { counts: sorted.map(([, count]) => count), weights, of };
}
