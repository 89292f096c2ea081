/** pass@k and pass^k: the probabilities that at least one, and that each, of k independent samples is correct. */

import { exp, expm1, log, log1p, power } from './elementary.ts';

/** The k at which every evaluation reports pass@k. */
export const REPORTED_KS = [1, 4, 16, 64, 256, 1024] as const;

/**
 * pass@k = 1 − (1 − p)^k of one problem whose success probability is p, for any real k > 0.
 * Computed as −expm1(k · log1p(−p)), which keeps its relative precision where 1 − (1 − p)^k would round to 0.
 */
export function exactPassAtK(p: number, k: number): number {
  if (p >= 1) return 1;
  return -expm1(k * log1p(-p));
}

/** The largest k to which curves are drawn: exact at any k, and as many samples as anyone might take. */
export const LARGEST_K = 1e6;

/** The k from 1 to `largest` = base^n at which a curve is drawn, `perPower` of them to each power of `base`. */
export function curveKs(largest: number, base: 2 | 10, perPower: number): number[] {
  const powers = Math.round(log(largest) / log(base));
  return Array.from({ length: powers * perPower + 1 }, (_, i) => power(base, i / perPower));
}

/** The mean of {@link exactPassAtK} over problems. NaN for no problems. */
export function meanPassAtK(successP: ArrayLike<number>, k: number): number {
  let sum = 0;
  for (let i = 0; i < successP.length; i++) sum += exactPassAtK(successP[i]!, k);
  return sum / successP.length;
}

/**
 * The mean over problems of pass^k = p^k, the probability that all of k independent samples are correct, for any real
 * k > 0: what one can rely on, where pass@k is what is within reach. 0 where p = 0; NaN for no problems.
 *
 * Source: Yao et al. 2024, τ-bench, arXiv 2406.12045, section 3.
 */
export function meanPassHatK(successP: ArrayLike<number>, k: number): number {
  let sum = 0;
  for (let i = 0; i < successP.length; i++) sum += power(successP[i]!, k);
  return sum / successP.length;
}

/** c must be from 0 to n, k from 1 to n. @throws RangeError otherwise. */
function checkCounts(n: number, c: number, k: number): void {
  if (!(c >= 0 && c <= n)) throw new RangeError(`c must be from 0 to n = ${n}, got ${c}`);
  if (!(k >= 1 && k <= n)) throw new RangeError(`k must be from 1 to n = ${n}, got ${k}`);
}

/**
 * The unbiased estimate of pass^k from n samples of which c are correct: C(c, k) / C(n, k) = Π_{j=0}^{k−1} (c − j) / (n − j),
 * and 0 where c < k.
 *
 * Source: as {@link meanPassHatK}.
 * @throws RangeError unless 0 ≤ c ≤ n and 1 ≤ k ≤ n, as {@link unbiasedPassAtK}.
 */
export function unbiasedPassHatK(n: number, c: number, k: number): number {
  checkCounts(n, c, k);
  if (c < k) return 0;
  let allRight = 1;
  for (let j = 0; j < k; j++) allRight *= (c - j) / (n - j);
  return allRight;
}

/**
 * The unbiased estimate of pass@k from n samples of which c are correct:
 * 1 − C(n − c, k) / C(n, k) = 1 − Π_{j = n−c+1}^{n} (1 − k / j), and 1 where n − c < k.
 *
 * Source: Chen et al. 2021, "Evaluating Large Language Models Trained on Code", equation 1 and figure 3.
 * @throws RangeError unless 0 ≤ c ≤ n and 1 ≤ k ≤ n: with fewer than k samples no unbiased estimate exists.
 */
export function unbiasedPassAtK(n: number, c: number, k: number): number {
  checkCounts(n, c, k);
  if (n - c < k) return 1;
  let allWrong = 1;
  for (let j = n - c + 1; j <= n; j++) allWrong *= 1 - k / j;
  return 1 - allWrong;
}

/** The mean of (1 − p)^k over problems. */
function meanFailureAtK(successP: ArrayLike<number>, k: number): number {
  let sum = 0;
  for (let i = 0; i < successP.length; i++) sum += exp(k * log1p(-successP[i]!));
  return sum / successP.length;
}

/** Whose mean pass@1 is higher: what a run whose curves do not cross is told apart by. Null where they are equal. */
export function leaderAtOne(
  baseP: ArrayLike<number>,
  nowP: ArrayLike<number>,
): 'base' | 'now' | null {
  const lead = meanFailureAtK(baseP, 1) - meanFailureAtK(nowP, 1);
  return lead === 0 ? null : lead > 0 ? 'now' : 'base';
}

/**
 * The k > 1 at which two mean pass@k curves cross, from `now` above `base` to below it, or null if they do not up to
 * `largestK`; as where `now` is above throughout or not even at k = 1, which {@link leaderAtOne} tells apart. Found on a
 * grid of 8 points an octave, then by bisection on log k, to 1e-6 relative.
 */
export function crossingK(
  baseP: ArrayLike<number>,
  nowP: ArrayLike<number>,
  largestK: number,
): number | null {
  return leaderAtOne(baseP, nowP) === 'now' ? overtakenK(baseP, nowP, 0, largestK) : null;
}

/**
 * The k from which on the mean pass@k of `now` is above that of the base again, of `now` that is behind it at `from`: a crossing
 * (see {@link crossingK}), or 1 where `now` begins behind. Found as that is; null if it stays behind up to `largestK`.
 */
export const aheadAgainK = (
  baseP: ArrayLike<number>,
  nowP: ArrayLike<number>,
  from: number,
  largestK: number,
): number | null => overtakenK(nowP, baseP, log(from), largestK);

/** Of the grid that crossings are looked for on: 8 points an octave. */
const LOG_K_STEP = Math.LN2 / 8;

/** Where the mean pass@k of `ahead` falls below that of `other`, looked for from log k = `fromLogK` on. */
function overtakenK(
  other: ArrayLike<number>,
  ahead: ArrayLike<number>,
  fromLogK: number,
  largestK: number,
): number | null {
  // Compared by what is left to gain: near pass@k = 1 the curves themselves round to the same number.
  const lead = (logK: number): number =>
    meanFailureAtK(other, exp(logK)) - meanFailureAtK(ahead, exp(logK));
  let low = fromLogK;
  while (lead(low + LOG_K_STEP) >= 0) {
    low += LOG_K_STEP;
    if (low > log(largestK)) return null;
  }
  let high = low + LOG_K_STEP;
  while (high - low > 1e-6) {
    const middle = (low + high) / 2;
    if (lead(middle) >= 0) low = middle;
    else high = middle;
  }
  const overtaken = exp((low + high) / 2);
  return overtaken <= largestK ? overtaken : null;
}

/**
 * The variance of {@link unbiasedPassAtK} over c ~ Binomial(n, p):
 * Σ_c Binomial(c; n, p) · (estimate(n, c, k) − pass@k)².
 */
export function unbiasedPassAtKVariance(n: number, p: number, k: number): number {
  const truth = exactPassAtK(p, k);
  let variance = 0;
  let logChoose = 0;
  for (let c = 0; c <= n; c++) {
    if (c > 0) logChoose += log((n - c + 1) / c);
    const logWeight = logChoose + (c > 0 ? c * log(p) : 0) + (c < n ? (n - c) * log1p(-p) : 0);
    const error = unbiasedPassAtK(n, c, k) - truth;
    variance += exp(logWeight) * error * error;
  }
  return variance;
}
