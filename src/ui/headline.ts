import { crossingText } from '../text/words.ts';
import { aheadAgainK, crossingK, leaderAtOne, LARGEST_K, meanPassAtK } from '../core/passAtK.ts';
import * as HEADLINE_TEXT from '../messages/headline.ts';

/** One large figure of the strip at the top: what it was for the base, what it is now. */
export interface Headline {
  base: string;
  /** Null before training. */
  now: string | null;
  /** Null before training. */
  change: { direction: 'up' | 'down' | 'same'; text: string } | null;
}

const DIGITS = 3;
export const ARROWS = { up: '▲', down: '▼', same: '=' } as const;

/** Base and now with their difference, taken of the numbers as they are shown. */
export function headlineOf(base: number | null, now: number | null): Headline {
  const shown = (value: number): string => (Number.isFinite(value) ? value.toFixed(DIGITS) : 'NaN');
  if (base === null) return { base: '–', now: now === null ? null : shown(now), change: null };
  if (now === null) return { base: shown(base), now: null, change: null };
  const difference = Number(shown(now)) - Number(shown(base));
  const size = Math.abs(difference).toFixed(DIGITS);
  const change = !Number.isFinite(difference)
    ? null
    : Number(size) === 0
      ? { direction: 'same' as const, text: HEADLINE_TEXT.noChange }
      : difference > 0
        ? { direction: 'up' as const, text: `+${size}` }
        : { direction: 'down' as const, text: `−${size}` };
  return { base: shown(base), now: shown(now), change };
}

/** Where the curves cross, and what that means. */
export interface Crossing {
  /** Such as `k ≈ 12`, `none`, or `none yet` before training. */
  value: string;
  /** The k at which now is ahead again, where it is. */
  until?: string;
  /** A sentence about the numbers on screen. */
  words: string;
}

/**
 * Where mean pass@k of now falls below that of the base.
 *
 * @param baseP exact p of each held-out problem under the base; null where it is not known yet
 * @param nowP the same after training; null before
 */
export function crossingOf(
  baseP: readonly number[] | null,
  nowP: readonly number[] | null,
): Crossing {
  if (!baseP || !nowP) return { value: HEADLINE_TEXT.noneYet, words: HEADLINE_TEXT.nothingYet };
  const k = crossingK(baseP, nowP, LARGEST_K);
  if (k !== null) {
    const again = aheadAgainK(baseP, nowP, k, LARGEST_K);
    const value = `k ≈ ${crossingText(k)}`;
    if (again === null) return { value, words: HEADLINE_TEXT.baseSolvesMore };
    const until = crossingText(again);
    return { value, until, words: HEADLINE_TEXT.baseSolvesUntil({ again: until }) };
  }
  const later = leaderAtOne(baseP, nowP) === 'base' ? aheadAgainK(baseP, nowP, 1, LARGEST_K) : null;
  if (later !== null)
    return { value: `k ≈ ${crossingText(later)}`, words: HEADLINE_TEXT.nowSolvesMore };
  const [base, now] = [meanPassAtK(baseP, 1), meanPassAtK(nowP, 1)];
  return {
    value: HEADLINE_TEXT.none,
    words:
      now > base ? HEADLINE_TEXT.ahead : now === base ? HEADLINE_TEXT.level : HEADLINE_TEXT.behind,
  };
}
