import type { Further } from './analysis.ts';

/** What is less than so much of the median n is far below it. */
const FAR = 1 / 2;

/**
 * The least n of those problems that have at least half as many samples as the median, and how many have fewer; null where
 * none has. So one problem of 3 samples among many of 128 is told, and not that n goes from 100 to 128.
 * @param ns of at least one problem
 */
export function furtherOf(ns: readonly number[]): Further | null {
  const sorted = Float64Array.from(ns).sort();
  const far = FAR * sorted[Math.floor((sorted.length - 1) / 2)]!;
  const dropped = sorted.findIndex((n) => n >= far);
  return dropped === 0 ? null : { leastN: sorted[dropped]!, dropped };
}
