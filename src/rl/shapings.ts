import { exp } from '../core/elementary.ts';
import { begunOf } from '../policy/policy.ts';
import type { Described } from './described.ts';

/** A group of answers to one problem, [G] each. */
export interface ShapedGroup {
  /** 1 where an answer is right, that is, paid for, else 0. */
  outcomes: readonly number[];
  /** log π_old of the whole answer in nats, and its tokens. */
  logProbs: readonly number[];
  lengths: readonly number[];
  /** Equal for equal answers. */
  names: readonly string[];
}

/** What becomes of the advantages of an answer's tokens: A ← times · A + plus. */
export interface Change {
  times: number;
  plus: number;
}

/**
 * What is done to advantages for the sake of variety, once they are made: it knows how likely an answer was, or how often
 * it was given, which no reward says. With strength 0 nothing changes.
 */
export interface Shaping extends Described {
  /** Whether it pushes answers that are all paid alike. */
  pushesAlike?: true;
  /** [G] */
  ofGroup(group: ShapedGroup, strength: number): Change[];
}

const unchanged: Change = { times: 1, plus: 0 };

/** e^x_i / Σ e^x_j. */
function softmax(values: readonly number[]): number[] {
  const largest = Math.max(...values);
  const powers = values.map((value) => exp(value - largest));
  const sum = powers.reduce((total, each) => total + each, 0);
  return powers.map((each) => each / sum);
}

export const SHAPINGS = {
  none: {
    label: 'none',
    help: 'Advantages are used as they are.',
    isNone: true,
    ofGroup: ({ outcomes }) => outcomes.map(() => unchanged),
  },

  /** Source: Gai et al. 2025, "Differential Smoothing", arXiv 2511.19942, equation 6, as it was implemented anew. */
  smoothing: {
    label: 'differential smoothing',
    help: 'A − γ log π_old of the answer where it is right, A + γ log π_old where it is wrong: rare right answers gain, rare wrong ones lose.',
    pushesAlike: true,
    ofGroup: ({ outcomes, logProbs }, gamma) =>
      outcomes.map((outcome, i) => ({
        times: 1,
        plus: (outcome === 1 ? -gamma : gamma) * logProbs[i]!,
      })),
  },

  /**
   * With q the softmax of the mean log π_old of a token over the n right answers, and since 1/q_i ∝ e^−(mean log π_old),
   * v_i = (1 − τ)/n + τ (1/q_i) / Σ_j (1/q_j), A_i ← A_i · n · v_i. The n factors add up to n.
   * Source: UCPO, Lochab et al. 2026, arXiv 2605.00365.
   */
  uniform: {
    label: 'even among right answers',
    help: 'Unlikely right answers of a group get a larger share of the push: A · n · v, where the part τ of v goes by 1 / likeliness.',
    ofGroup({ outcomes, logProbs, lengths }, tau) {
      const right = outcomes.flatMap((outcome, i) => (outcome === 1 ? [i] : []));
      const n = right.length;
      const rarity = softmax(right.map((i) => -logProbs[i]! / lengths[i]!));
      const changes = outcomes.map(() => unchanged);
      right.forEach((i, at) => {
        changes[i] = { times: 1 - tau + tau * n * rarity[at]!, plus: 0 };
      });
      return changes;
    },
  },

  /** b_i = −1/G · Σ_{j≠i} 1{y_j = y_i}. Source: Song et al. 2025, "Outcome-based Exploration", arXiv 2509.06941. */
  repeats: {
    label: 'penalty on repeats',
    help: 'A − c · the share of the group that gives the same answer again, right or wrong.',
    pushesAlike: true,
    ofGroup({ outcomes, names }, c) {
      const counts = new Map<string, number>();
      for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
      return outcomes.map((_, i) => ({
        times: 1,
        plus: -(c * (counts.get(names[i]!)! - 1)) / outcomes.length,
      }));
    },
  },
} satisfies Record<string, Shaping>;

export type ShapingName = keyof typeof SHAPINGS;

/** The answers of a batch, B in groups of G, [B, T] arrays row by row. */
export interface ShapedBatch {
  groupSize: number;
  T: number;
  /** [B] tokens of each answer, and of them those that were given. */
  lengths: Int32Array;
  begun?: Int32Array | undefined;
  outcomes: readonly number[];
  /** [B, T] log π_old of the tokens, and the tokens. */
  logProbs: Float32Array;
  responses: Int32Array;
}

/** Shapes the [B, T] advantages of a batch in place. */
export function shapeAdvantages(
  name: ShapingName,
  advantages: Float64Array,
  batch: ShapedBatch,
  strength: number,
): void {
  if (name === 'none') return;
  const { groupSize: G, T, lengths, outcomes, logProbs, responses } = batch;
  const tokensOf = <A extends Float32Array | Int32Array | Float64Array>(array: A, b: number): A =>
    array.subarray(b * T + begunOf(batch, b), b * T + lengths[b]!) as A;
  for (let from = 0; from < lengths.length; from += G) {
    const group = Array.from({ length: G }, (_, i) => from + i);
    const changes = SHAPINGS[name].ofGroup(
      {
        outcomes: group.map((b) => outcomes[b]!),
        logProbs: group.map((b) => tokensOf(logProbs, b).reduce((sum, each) => sum + each, 0)),
        lengths: group.map((b) => lengths[b]! - begunOf(batch, b)),
        names: group.map((b) => tokensOf(responses, b).join(' ')),
      },
      strength,
    );
    changes.forEach(({ times, plus }, i) => {
      const own = tokensOf(advantages, from + i);
      own.forEach((advantage, t) => (own[t] = times * advantage + plus));
    });
  }
}
