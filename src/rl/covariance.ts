import { randomIndex } from '../core/draws.ts';
import type { RandomSource } from '../core/random.ts';
import { mean } from '../core/statistics.ts';
import type { Described } from './described.ts';

/** What a token is chosen by. */
export interface CovariantToken {
  covariance: number;
  /** Whether the surrogate has clipped it already. */
  clipped: boolean;
}

/**
 * Covariance control. The entropy of a softmax policy falls with the covariance of log π and advantage, most of which
 * a few tokens carry: cov_t = (A_t − mean A) · (log π_t − mean log π). Both methods act on those few.
 * Source: Cui et al. 2025, "The Entropy Mechanism of Reinforcement Learning", arXiv 2505.22617, section 4.
 */
export interface Covariance extends Described {
  /** What the share of tokens is that it acted on. */
  shareWords?: string;
  /** The indices among the tokens that are acted on: a share of them all, of those that are eligible. */
  choose(tokens: readonly CovariantToken[], share: number, random: RandomSource): number[];
  /** What happens to a chosen token: its gradient is dropped, or |log π − log π_old| is penalised. */
  effect: 'drop' | 'penalise';
}

/** Bounds on the covariance of a token that Clip-Cov may choose: those of the authors' scripts. */
const CLIP_COV_RANGE = [1, 5] as const;

const countOf = (share: number, tokens: number): number =>
  share === 0 ? 0 : Math.max(1, Math.floor(share * tokens));

export const COVARIANCES = {
  none: {
    label: 'none',
    help: 'Every token keeps its gradient.',
    isNone: true,
    choose: () => [],
    effect: 'drop',
  },
  'clip-cov': {
    label: 'Clip-Cov',
    help: 'A random share of all tokens, among those of covariance 1 to 5 that are not clipped already, gets no gradient.',
    shareWords:
      'Share of tokens that got no gradient, at most {share}; mean over the updates of a step. 0 is normal where no token has a covariance from 1 to 5.',
    choose(tokens, share, random) {
      const [low, high] = CLIP_COV_RANGE;
      const eligible = tokens.flatMap(({ covariance, clipped }, i) =>
        !clipped && covariance > low && covariance < high ? [i] : [],
      );
      const count = Math.min(eligible.length, countOf(share, tokens.length));
      for (let i = 0; i < count; i++) {
        const other = i + randomIndex(random, eligible.length - i);
        [eligible[i], eligible[other]] = [eligible[other]!, eligible[i]!];
      }
      return eligible.slice(0, count);
    },
    effect: 'drop',
  },
  'kl-cov': {
    label: 'KL-Cov',
    help: 'The share of tokens with the highest covariance pays |log π − log π_old|; on-policy its gradient is 0.',
    shareWords:
      'Share of tokens that pay the penalty: {share}, those of the highest covariance; mean over the updates of a step. It is not 0 in any step.',
    choose: (tokens, share) =>
      tokens
        .map((_, i) => i)
        .sort((a, b) => tokens[b]!.covariance - tokens[a]!.covariance || a - b)
        .slice(0, countOf(share, tokens.length)),
    effect: 'penalise',
  },
} satisfies Record<string, Covariance>;

export type CovarianceName = keyof typeof COVARIANCES;

/** cov_t of each token from its advantage and log-probability. */
export function covariancesOf(
  advantages: readonly number[],
  logProbs: readonly number[],
): number[] {
  const [meanAdvantage, meanLogProb] = [mean(advantages), mean(logProbs)];
  return advantages.map(
    (advantage, i) => (advantage - meanAdvantage) * (logProbs[i]! - meanLogProb),
  );
}
