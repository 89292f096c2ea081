import { unbiasedPassAtK } from '../../core/passAtK.ts';

/** What a metric says by its name: `pass@8` is of several samples together, and no verdict of one. */
const SEVERAL = /(?:@|_at_|\^)\[?\{?(\d+)/i;
const PASS = /^pass(?:@|_at_)(\d+)$/i;

/** The k of a metric such as `maj@8`; 1 for one that names none. */
export const kOf = (metric: string): number => Number(SEVERAL.exec(metric)?.[1] ?? 1);

/** The k of pass@k; null for another metric. */
export function passK(metric: string): number | null {
  const [, k] = PASS.exec(metric) ?? [];
  return k === undefined ? null : Number(k);
}

/**
 * Which numbers of correct samples, of n, the values of pass@k can be of, to 1e-6: none where they contradict each other,
 * several where all k samples are correct in any case.
 */
export function correctOf(values: readonly { k: number; value: number }[], n: number): number[] {
  const known = values.filter(({ k }) => k >= 1 && k <= n);
  if (known.length === 0) return [];
  return Array.from({ length: n + 1 }, (_, c) => c).filter((c) =>
    known.every(({ k, value }) => Math.abs(unbiasedPassAtK(n, c, k) - value) < 1e-6),
  );
}
