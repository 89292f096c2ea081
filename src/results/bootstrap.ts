import { power } from '../core/elementary.ts';
import { randomBits, Stream } from '../core/random.ts';
import { MOST_BANDS } from './analysis.ts';
import type { Classes } from './classes.ts';
import { eachAllAmong, wrong } from './curve.ts';

/**
 * At most {@link MOST_BANDS} whole k from 1 to `largestK`, both among them: all where k is small, evenly over log k where
 * it is large.
 */
export function bandKs(largestK: number): number[] {
  if (largestK <= MOST_BANDS) return Array.from({ length: largestK }, (_, i) => i + 1);
  const rounded = (points: number): number[] => [
    ...new Set(
      Array.from({ length: points }, (_, i) => Math.round(power(largestK, i / (points - 1)))),
    ),
  ];
  let points = MOST_BANDS;
  while (rounded(points + 1).length <= MOST_BANDS) points++;
  return rounded(points);
}

/**
 * The ends of the middle 95 % of values, Infinity being one of them: those that ⌊len / 40⌋ values lie before, and behind,
 * in ascending order. No value between two others is made up, so that of the negative values the ends are the negative ones.
 */
export function middle95(values: Float64Array): [low: number, high: number] {
  const sorted = values.slice().sort();
  const out = Math.floor(sorted.length / 40);
  return [sorted[out]!, sorted[sorted.length - 1 - out]!];
}

/** How many resamples are summed at a time: each number of the table is then read once for all of them. */
const AT_A_TIME = 4;
/** A 1 − pass@k below this is left out of a resample's mean: nothing beside the rounding of the others. */
const NOTHING = 1e-20;

/**
 * The mean of the unbiased estimate of 1 − pass@k over the problems of each resample, at each of `ks`: [resample × k].
 *
 * A resample has as many problems as there are, each drawn from all with equal probability (Efron 1979): problem
 * ⌊P · bits / 2³²⌋ with the bits of {@link Stream}.resampledProblems at (seed, resample, draw). So models whose problems
 * stand in one order are resampled in pairs, though each by itself. Only how often a resample has each (n, c) is kept.
 */
export function resampledFailures(
  { counts, of }: Classes,
  ks: readonly number[],
  { resamples, seed }: { resamples: number; seed: number },
  told: (share: number) => void = () => undefined,
): Float64Array {
  const tables = failureTables({ counts }, ks);
  const times = Array.from({ length: AT_A_TIME }, () => new Float64Array(counts.length));
  const means = new Float64Array(resamples * ks.length);
  for (let first = 0; first < resamples; first += AT_A_TIME) {
    times.forEach((drawn, i) => draw(drawn, of, seed, first + i));
    tables.forEach((table, column) => {
      const sums = sumsOf(table, times);
      for (let i = 0; i < AT_A_TIME && first + i < resamples; i++)
        means[(first + i) * ks.length + column] = sums[i]! / of.length;
    });
    told(Math.min(1, (first + AT_A_TIME) / resamples));
  }
  return means;
}

/** 1 − pass@k of each class, a table a k, each ending at the last class that has some. */
function failureTables({ counts }: Pick<Classes, 'counts'>, ks: readonly number[]): Float64Array[] {
  const wanted = new Set(ks);
  const tables: Float64Array[] = [];
  eachAllAmong(counts, wrong, ks.at(-1)!, (k, all) => {
    if (!wanted.has(k)) return;
    tables.push(all.slice(0, all.findLastIndex((failure) => failure > NOTHING) + 1));
  });
  return tables;
}

/** Counts how often each class is drawn in a resample. */
function draw(times: Float64Array, of: Uint32Array, seed: number, resample: number): void {
  times.fill(0);
  const each = of.length / 2 ** 32;
  for (let i = 0; i < of.length; i++) {
    const bits = randomBits(seed, Stream.resampledProblems, resample, i);
    times[of[Math.floor(bits * each)]!]!++;
  }
}

function sumsOf(
  table: Float64Array,
  [times0, times1, times2, times3]: readonly Float64Array[],
): number[] {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let i = 0; i < table.length; i++) {
    const failure = table[i]!;
    sum0 += times0![i]! * failure;
    sum1 += times1![i]! * failure;
    sum2 += times2![i]! * failure;
    sum3 += times3![i]! * failure;
  }
  return [sum0, sum1, sum2, sum3];
}
