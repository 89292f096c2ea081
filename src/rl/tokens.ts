import type { Described } from './described.ts';

/** Which tokens of a batch the surrogate is of; the others still count in the aggregation's divisor. */
export interface TokenChoice extends Described {
  /** The indices of those that are chosen, from the entropies of all tokens of the update, in nats. */
  choose(entropies: readonly number[], share: number): number[];
}

export const TOKENS = {
  all: {
    label: 'all',
    help: 'Every token of an answer is trained on.',
    isNone: true,
    choose: (entropies) => entropies.map((_, i) => i),
  },
  /**
   * The ⌊share · N⌋ tokens of the highest entropy, at least one; of equal ones the first. The entropy is that of the
   * distribution that the token was drawn from, by the policy as it is before the update.
   * Source: Wang et al. 2025, "Beyond the 80/20 Rule", arXiv 2506.01939, section 5.
   */
  'high-entropy': {
    label: 'those of high entropy',
    help: 'Only the share of tokens with the highest entropy, the forks of an answer; the others get no gradient from the surrogate.',
    choose: (entropies, share) =>
      entropies
        .map((_, i) => i)
        .sort((a, b) => entropies[b]! - entropies[a]! || a - b)
        .slice(0, Math.max(1, Math.floor(share * entropies.length))),
  },
} satisfies Record<string, TokenChoice>;

export type TokenChoiceName = keyof typeof TOKENS;
