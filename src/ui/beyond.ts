import { meanPassAtK } from '../core/passAtK.ts';
import * as TEXT from '../messages/beyond.ts';
import { percentOf } from './shares.ts';
import { grouped } from '../plots/numbers.ts';

/** The exact success probabilities of the problems beyond a narrow prior; null where they are not known yet. */
export interface BeyondP {
  base: readonly number[] | null;
  /** After training; null at step 0. */
  now: readonly number[] | null;
  chance: readonly number[] | null;
}

/**
 * What the curves say at `k`, such as `At k = 1,024 the base solves 0.6 % of them, the trained policy 0.1 %, guessing
 * 3 %.`
 */
export function beyondSentence({ base, now, chance }: BeyondP, k: number): string {
  if (!base) return '';
  const [baseAt, nowAt, chanceAt] = [base, now, chance].map((p) => p && meanPassAtK(p, k));
  const parts = [
    TEXT.base({ k: grouped(k), share: percentOf(baseAt!) }),
    nowAt == null ? '' : TEXT.now({ share: percentOf(nowAt) }),
    chanceAt == null ? '' : TEXT.chance({ share: percentOf(chanceAt) }),
  ];
  return `${parts.join('')}.`;
}

/** A decade below where base and chance begin, at least 1e-6: an axis that training does not move. */
export function lowestDecade({ base, chance }: BeyondP): number {
  const starts = [base, chance].flatMap((p) => (p ? [meanPassAtK(p, 1)] : []));
  const lowest = Math.min(0.01, ...starts.filter((share) => share > 0));
  // The decade is room for what training takes away.
  return Math.max(1e-6, 10 ** (Math.floor(Math.log10(lowest)) - 1));
}
