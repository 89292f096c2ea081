import { log } from '../core/elementary.ts';

/** Samples of a problem, and the probability of missing it with them, that the threshold of the source stands for. */
export const SUPPORT_K = 8192;
const MISS_PROBABILITY = 0.05;

/**
 * ε = −ln ζ / k = 3.66e-4 with ζ = 0.05 and k = 8192: the success probability at which k samples miss a problem with
 * probability (1 − ε)^k ≈ e^(−εk) = ζ. What is rarer counts as not found.
 *
 * Source: Wu et al. 2025, "The Invisible Leash", arXiv 2507.14843.
 */
export const SUPPORT_THRESHOLD = -log(MISS_PROBABILITY) / SUPPORT_K;

/** How many problems are within the support of base and trained policy; the four add up to all problems. */
export interface Support {
  /** P: by both. */
  preserved: number;
  /** E: by the trained policy alone. */
  expanded: number;
  /** S: by the base alone. */
  shrunk: number;
  /** By neither. */
  out: number;
}

/**
 * Counts the problems whose exact success probability is at least ε for the base, for the trained policy, or both.
 * The source counts completions that were found by sampling; here a problem counts, by its exact p.
 * @throws RangeError if the two do not hold the same problems.
 */
export function supportOf(
  baseP: readonly number[],
  nowP: readonly number[],
  threshold = SUPPORT_THRESHOLD,
): Support {
  requireSameProblems(baseP, nowP);
  const support: Support = { preserved: 0, expanded: 0, shrunk: 0, out: 0 };
  baseP.forEach((p, i) => {
    const [base, now] = [p >= threshold, nowP[i]! >= threshold];
    support[base ? (now ? 'preserved' : 'shrunk') : now ? 'expanded' : 'out']++;
  });
  return support;
}

/** @throws RangeError naming both lengths where they differ. */
function requireSameProblems(baseP: readonly number[], nowP: readonly number[]): void {
  if (baseP.length !== nowP.length)
    throw new RangeError(
      `base and now must be of the same problems, got ${baseP.length} and ${nowP.length}`,
    );
}

/** What {@link Support} comes to; null where no problem is there to take a share of (0/0). */
export interface SupportIndices {
  /** Support retention rate, P / (P + S), from 0 to 1: of what the base finds, the share that is still found. */
  srr: number | null;
  /** Net discovery rate, E / (P + E), from 0 to 1: of what is found now, the share that is new. */
  ndr: number | null;
  /** Support dynamic score, the harmonic mean of the two, from 0 to 1; 0 where both are 0, its limit. */
  sds: number | null;
  /** Net support change rate, (E − S) / (P + E + S), from −1 to 1. */
  nscr: number | null;
}

/** Source: Wu et al. 2025, arXiv 2507.14843, section on support dynamics. */
export function supportIndices({
  preserved: P,
  expanded: E,
  shrunk: S,
}: Omit<Support, 'out'>): SupportIndices {
  const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
  const [srr, ndr] = [ratio(P, P + S), ratio(E, P + E)];
  const sds = srr === null || ndr === null ? null : P === 0 || E === 0 ? 0 : harmonic(srr, ndr);
  return { srr, ndr, sds, nscr: ratio(E - S, P + E + S) };
}

const harmonic = (a: number, b: number): number => (2 * a * b) / (a + b);
