import { exp, log } from '../../../core/elementary.ts';
import { exactPassAtK } from '../../../core/passAtK.ts';
import { grouped } from '../../../plots/numbers.ts';
import type { Further } from '../../../results/analysis.ts';
import * as TEXT from '../../../messages/resultsSentences.ts';
import { percent, smallPercent } from './numbers.ts';

/** With fewer problems each one is a point or more. */
export const MANY_PROBLEMS = 100;
/** Answers to guess among: choices A to D, and whole numbers from 0 to 999 as in AIME. */
const [FEW_ANSWERS, MANY_ANSWERS] = [4, 1000];

/**
 * The most that p may be, at 95 %, of a problem with none of n samples correct: (1 − p)^n = 0.05, about 3 / n.
 * Source: Hanley & Lippman-Hand 1983, "If nothing goes wrong, is everything all right?".
 */
export const mostOfNone = (n: number): number => 1 - exp(log(0.05) / n);

/** What of n samples a problem none of which is correct may still have. */
export const reach = (n: number) => ({
  n: grouped(n),
  most: smallPercent(mostOfNone(n)),
});

/** pass@k of a guesser among m answers, 1 − (1 − 1/m)^k. */
export const guessing = (k: number): string =>
  TEXT.guessing({
    ...{ k: grouped(k), few: grouped(FEW_ANSWERS), many: grouped(MANY_ANSWERS) },
    ofFew: percent(exactPassAtK(1 / FEW_ANSWERS, k)),
    ofMany: percent(exactPassAtK(1 / MANY_ANSWERS, k)),
  });

/** What would be seen further to the right, without a few problems. */
export const goesFurther = ({ leastN, dropped }: Further): string =>
  TEXT.further({ leastN: grouped(leastN), dropped });

export const fewProblems = (problems: number): string =>
  TEXT.fewProblems({ problems, each: (100 / problems).toFixed(1) });
