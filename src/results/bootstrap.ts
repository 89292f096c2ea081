import { power } from '../core/elementary.ts';
import { normalCdf } from '../core/normal.ts';
import { randomBits, Stream } from '../core/random.ts';
import { studentT975 } from '../core/studentT.ts';
import { MOST_BANDS, ROUNDING, type Band } from './analysis.ts';
import type { Classes } from './classes.ts';
import { eachAllAmong, wrong } from './curve.ts';

/**
 * At most {@link MOST_BANDS} whole k from 1 to `largestK`, ascending, both among them and all powers of 2: every k where it
 * is small, evenly over log k where it is large.
 */
export function bandKs(largestK: number): number[] {
  if (largestK <= MOST_BANDS) return Array.from({ length: largestK }, (_, i) => i + 1);
  const powers: number[] = [];
  for (let k = 1; k < largestK; k *= 2) powers.push(k);
  const rounded = (points: number): Set<number> =>
    new Set([
      ...powers,
      ...Array.from({ length: points }, (_, i) => Math.round(power(largestK, i / (points - 1)))),
    ]);
  let points = 2;
  while (rounded(points + 1).size <= MOST_BANDS) points++;
  return [...rounded(points)].sort((a, b) => a - b);
}

/**
 * The share of resamples to leave out on each side for a 95 % interval of the mean over P problems: α′/2 = Φ(−√(P / (P − 1)) t),
 * t the 97.5 % point of Student's t of P − 1 degrees of freedom. Resamples have the standard deviation of P problems and not
 * of P − 1, and know nothing of how little P problems tell of it: with 2.5 % their intervals are too short, by 6 % for 30 problems.
 * 1.9 % are left out for 30 problems, 2.46 % for 500; none for 1, whose resamples are all alike.
 *
 * Source: Hesterberg 2015, "What Teachers Should Know About the Bootstrap", The American Statistician 69(4), the expanded percentile interval.
 */
export const outsideOf = (problems: number): number =>
  problems < 2 ? 0 : normalCdf(-Math.sqrt(problems / (problems - 1)) * studentT975(problems - 1));

/**
 * The ends of the middle of R values, `outside` of them left out on each side: the points at that share of their mid-distribution, from
 * both ends,
 *
 *   F(v) = (values below v + half of those that are v) / R, on straight lines between neighbouring values
 *
 * Where no two values are equal that is Hazen's rule. Where few differ, as shares of solved problems do at k = n, an end lies
 * between two of them, and does not jump from one to the other with the seed. A value may be Infinity; between it and the one
 * before nothing lies.
 *
 * Source: Ma, Genton & Parzen 2011, "Asymptotic properties of sample quantiles of discrete distributions", section 2.
 */
export function middleOf(values: Float64Array, outside: number): [low: number, high: number] {
  const sorted = values.slice().sort();
  const wanted = outside * sorted.length;
  return [lowEnd(sorted, wanted), -lowEnd(sorted.map((value) => -value).reverse(), wanted)];
}

/** Of ascending values, of which so many, less than half, are to lie below. */
function lowEnd(sorted: Float64Array, wanted: number): number {
  let before = { value: -Infinity, middle: 0 };
  for (let first = 0; ;) {
    const value = sorted[first]!;
    let next = first + 1;
    while (next < sorted.length && (sorted[next] === value || sorted[next]! - value <= ROUNDING))
      next++;
    const middle = (first + next) / 2;
    if (middle >= wanted) {
      if (first === 0) return value;
      if (!Number.isFinite(value - before.value)) return first >= wanted ? before.value : value;
      const share = (wanted - before.middle) / (middle - before.middle);
      return before.value + share * (value - before.value);
    }
    before = { value, middle };
    first = next;
  }
}

/** Of what resamples of so many problems give at each k, [resample × k]. */
export const bandsOf = (ks: readonly number[], resampled: Float64Array, problems: number): Band[] =>
  ks.map((k, column) => {
    const ofK = new Float64Array(resampled.length / ks.length);
    for (let i = 0; i < ofK.length; i++) ofK[i] = resampled[i * ks.length + column]!;
    const [low, high] = middleOf(ofK, outsideOf(problems));
    return { k, low, high };
  });

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
export function failureTables(
  { counts }: Pick<Classes, 'counts'>,
  ks: readonly number[],
): Float64Array[] {
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
  // Bound here, since not every bundler and test runner makes the reading of an import as fast as that of a constant.
  const bits = randomBits;
  const stream = Stream.resampledProblems;
  const each = of.length / 2 ** 32;
  for (let i = 0; i < of.length; i++)
    times[of[Math.floor(bits(seed, stream, resample, i) * each)]!]!++;
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
