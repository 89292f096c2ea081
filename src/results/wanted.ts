import { sampleStandardDeviation } from '../core/statistics.ts';
import { ROUNDING, type Wanted } from './analysis.ts';
import { LEAST_RESTS } from './apart.ts';
import type { Classes } from './classes.ts';
import { failuresAt } from './curve.ts';
import { meanEstimateVariance } from './noise.ts';

/** Of a normal distribution 95 % are within so many standard deviations. */
const WITHIN_95 = 1.96;
/** More samples than so many times what there are is no advice. */
const MOST_TIMES = 64;

/** What was found at a k. */
interface Found {
  k: number;
  /** Trained minus base. */
  difference: number;
  rests: number;
  isSettled: boolean;
}

/** Least whole number in (low, high] for which `isEnough` holds, that goes on holding from there; null where there is none. */
function leastEnough(
  low: number,
  high: number,
  isEnough: (value: number) => boolean,
): number | null {
  if (!isEnough(high)) return null;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * What would tell the difference at `k` apart from 0. The variance of the mean difference over P problems is (τ² + σ²(n)) / P: τ² is
 * that of the problems' true differences, σ²(n) what n samples a problem leave open (see noise.ts; base and trained are
 * sampled independently). Their sum s² is observed; σ²(n) is worked out, and s² where it comes out as more; τ² is the rest.
 * Asked for are the least n′ and the least P′, both more than now, with
 *
 *   1.96 √((τ² + σ²(n) · σ²(n′) / σ²(n)) / P) < |d|   and   1.96 √(s² / P′) < |d|
 *
 * It supposes that the difference found is the true one, that more problems are of the same kind, and a normal distribution of
 * the mean: an order of magnitude, no promise. Where the difference is told apart already, both are what there is now.
 *
 * With one sample a problem, noise and differences between problems cannot be told from one another, and n′ is not known. Where it
 * rests on fewer than {@link LEAST_RESTS} problems, more samples of them do not help, and P′ is also so many that it would
 * rest on that many.
 *
 * @param found the difference, on how many problems it rests, and whether it is told apart: see apart.ts
 */
export function wantedOf(
  base: Classes,
  trained: Classes,
  { k, difference, rests, isSettled }: Found,
): Wanted {
  const problems = base.of.length;
  const [ofBase, ofTrained] = [base, trained].map(({ counts }) => failuresAt(counts, k));
  const differences = Float64Array.from(
    base.of,
    (of, i) => ofBase![of]! - ofTrained![trained.of[i]!]!,
  );
  const observed = sampleStandardDeviation(differences) ** 2;
  const half = (variance: number, of: number): number => WITHIN_95 * Math.sqrt(variance / of);
  const found = { k, difference, half: half(observed, problems), isSettled };
  const least = Math.min(...[base, trained].flatMap(({ counts }) => counts.map(({ n }) => n)));
  if (isSettled) return { ...found, samples: least, problems };
  if (Math.abs(difference) <= ROUNDING) return { ...found, samples: null, problems: null };

  const noise = (n: number): number =>
    meanEstimateVariance(base, k, n) + meanEstimateVariance(trained, k, n);
  const now = noise(least);
  const ofSamples = Math.min(observed, now);
  return {
    ...found,
    samples:
      rests < LEAST_RESTS || least === 1
        ? null
        : leastEnough(least, MOST_TIMES * least, (n) => {
            const variance = observed - ofSamples + (ofSamples * noise(n)) / now;
            return half(variance, problems) < Math.abs(difference);
          }),
    problems: Math.max(
      problems + 1,
      Math.floor((WITHIN_95 / Math.abs(difference)) ** 2 * observed) + 1,
      Math.ceil((problems * LEAST_RESTS) / rests),
    ),
  };
}
