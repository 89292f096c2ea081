import type { RandomSource } from './random.ts';

/** A uniform integer in [0, count). */
export function randomIndex(random: RandomSource, count: number): number {
  return Math.floor(random() * count);
}

/**
 * An index with probability ∝ its weight, each 0 or more; one with weight 0 is never drawn.
 * @throws RangeError if no weight is above 0.
 */
export function weightedIndex(random: RandomSource, weights: readonly number[]): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  let last = -1;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! > 0)) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) return i;
  }
  // Rounding of the sum can leave a little over.
  if (last < 0) throw new RangeError('no weight is above 0, expected at least one');
  return last;
}

/** A copy of `items` in uniformly random order (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], random: RandomSource): T[] {
  const copy = items.slice();
  for (let last = copy.length - 1; last > 0; last--) {
    const other = randomIndex(random, last + 1);
    [copy[last], copy[other]] = [copy[other]!, copy[last]!];
  }
  return copy;
}
