import { powerOf } from '../core/elementary.ts';
import { weightedIndex } from '../core/draws.ts';
import type { RandomSource } from '../core/random.ts';

/**
 * Habits of those who write demonstrations: most of what can be said is said often, one skill hardly ever.
 *
 * The habit of an answer y is a product over its tokens, h(y) = ρ^n for n uses of the task's skill, since every other
 * token counts 1. The rarity ρ lies in [0, 1]: with 1 nothing is rarer than anything else, with 0 the skill is never used.
 */

/** Candidates that are equally likely but for habit, and the share that all of them would have without it. */
export interface Candidates {
  share: number;
  of: readonly (readonly number[])[];
}

/** How often a token stands in an answer. */
export const usesOf = (token: number, answer: readonly number[]): number =>
  answer.reduce((uses, each) => (each === token ? uses + 1 : uses), 0);

/**
 * One of the candidates, with P(y) ∝ share / count · h(y), the share and count those of its list. Lists of right and of
 * wrong answers with shares q and 1 − q make this habit(y) × (boost if y is right, else 1), whose boost is the odds of
 * being right over those of a uniform draw. A problem whose right answers all use the skill once is so shown rightly with
 * odds of ρ q to (1 − q) h, where h is the mean habit of its wrong answers.
 *
 * Exponents count from the fewest uses of any candidate: that changes no probability, and with ρ = 0 leaves what a small
 * ρ tends to. An empty list has no share.
 * @throws RangeError if there is no candidate.
 */
export function drawByHabit(
  lists: readonly Candidates[],
  token: number,
  rarity: number,
  random: RandomSource,
): readonly number[] {
  const answers = lists.flatMap(({ of }) => of);
  const shares = lists.flatMap(({ share, of }) => of.map(() => share / of.length));
  if (rarity === 1) return answers[weightedIndex(random, shares)]!;
  const uses = answers.map((answer) => usesOf(token, answer));
  const fewest = uses.reduce(
    (least, each, i) => (shares[i]! > 0 ? Math.min(least, each) : least),
    Infinity,
  );
  const habits = shares.map((share, i) =>
    share === 0 ? 0 : share * powerOf(rarity, uses[i]! - fewest),
  );
  return answers[weightedIndex(random, habits)]!;
}
