import { exp, log } from '../core/elementary.ts';
import { ROUNDING, type Crossing } from './analysis.ts';
import { middleOf, outsideOf } from './bootstrap.ts';

/**
 * The k at which `lead`, trained minus base at each of `ks`, falls below 0 for the first time after it was above: where the
 * straight line over log k between two neighbouring k is 0. 1 where it is below 0 before it is ever above, so too where
 * both are equal at k = 1; Infinity where it is never below. What is within {@link ROUNDING} of 0 is 0.
 */
export function crossingK(ks: ArrayLike<number>, lead: ArrayLike<number>): number {
  let wasAhead = false;
  for (let i = 0; i < ks.length; i++) {
    if (lead[i]! < -ROUNDING) {
      if (!wasAhead) return 1;
      const before = Math.max(0, lead[i - 1]!);
      const share = before / (before - lead[i]!);
      return exp(log(ks[i - 1]!) + share * (log(ks[i]!) - log(ks[i - 1]!)));
    }
    wasAhead ||= lead[i]! > ROUNDING;
  }
  return Infinity;
}

/**
 * @param lead trained minus base at k = 1, 2, …
 * @param resampled those of resamples of so many `problems`, [resample × k], at `ks`
 */
export function crossingOf(
  lead: Float64Array,
  ks: readonly number[],
  resampled: Float64Array,
  problems: number,
): Crossing {
  const k = crossingK(
    Array.from(lead, (_, i) => i + 1),
    lead,
  );
  const found = new Float64Array(resampled.length / ks.length).map((_, i) =>
    crossingK(ks, resampled.subarray(i * ks.length, (i + 1) * ks.length)),
  );
  const [low, high] = middleOf(found, outsideOf(problems));
  const crossed = found.filter((at) => at > 1 && at < Infinity);
  return { k: k === Infinity ? null : k, low, high, share: crossed.length / found.length };
}
