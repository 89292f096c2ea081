import { powerOf } from '../../src/core/elementary.ts';
import { uniformSequence } from '../../src/core/random.ts';
import type { Count, Measured } from '../../src/results/results.ts';

/** A model of problems p0, p1, … with so many correct of n samples each. */
export const model = (
  name: string,
  n: number,
  correct: readonly number[],
  ids = correct.map((_, i) => `p${i}`),
): Measured => ({
  name,
  hasIds: true,
  problems: new Map(correct.map((c, i) => [ids[i]!, { n, c }])),
});

/** Seeded counts, n from `least` to `most`, with none and all correct among them. */
export function madeCounts(seed: number, problems: number, least: number, most = least): Count[] {
  const uniform = uniformSequence({ seed, stream: 0, step: problems });
  return Array.from({ length: problems }, () => {
    const n = least + Math.floor(uniform() * (most - least + 1));
    return { n, c: Math.floor(powerOf(uniform(), 2) * (n + 1)) };
  });
}

export const modelOf = (name: string, counts: readonly Count[]): Measured => ({
  name,
  hasIds: true,
  problems: new Map(counts.map((count, i) => [`p${i}`, count])),
});
