import type { TokenWeights } from '../policy/policy.ts';

/**
 * The objective of a policy-gradient method and its gradient as one weight per token.
 *
 * With ratio w = π/π_old of a token, advantage A of its sequence, share s of the aggregation, reference policy
 * π_ref, and everything in natural logarithms, the loss that is minimised is
 *
 *   loss = Σ_{b,t} s_bt · ( −surrogate(w, A) + klCoefficient · k3 − entropyCoefficient · H )
 *
 * and since each term depends on the parameters only through log π and H of the token, −∇loss is what
 * `Policy.update` computes for the weights that {@link objective} returns.
 */
export interface ObjectiveChoices {
  surrogate: SurrogateName;
  aggregation: AggregationName;
  /** Ratios below 1 − clipLow or above 1 + clipHigh get no gradient in the direction that leaves the range. */
  clipLow: number;
  clipHigh: number;
  klCoefficient: number;
  entropyCoefficient: number;
}

/** Value and slope with respect to log π of the surrogate that is maximised for one token. */
interface SurrogateTerm {
  value: number;
  slope: number;
  clipped: boolean;
}

type Surrogate = (
  logProb: number,
  oldLogProb: number,
  advantage: number,
  choices: ObjectiveChoices,
) => SurrogateTerm;

/** Log ratios are limited to ±20, as verl and OpenRLHF do, so that a runaway policy gives a large number, not ∞. */
const LARGEST_LOG_RATIO = 20;

export const SURROGATES = {
  /**
   * min(w·A, clip(w, 1 − clipLow, 1 + clipHigh)·A); slope w·A where the first is the smaller, else 0.
   * Source: PPO, Schulman et al. 2017, equation 7; separate bounds: DAPO, Yu et al. 2025.
   */
  'clipped-ratio': (logProb, oldLogProb, advantage, { clipLow, clipHigh }) => {
    const logRatio = Math.min(
      LARGEST_LOG_RATIO,
      Math.max(-LARGEST_LOG_RATIO, logProb - oldLogProb),
    );
    const ratio = Math.exp(logRatio);
    const bounded = Math.min(1 + clipHigh, Math.max(1 - clipLow, ratio));
    const clipped = bounded * advantage < ratio * advantage;
    return clipped
      ? { value: bounded * advantage, slope: 0, clipped }
      : { value: ratio * advantage, slope: ratio * advantage, clipped };
  },

  /** A · log π, without a ratio. Source: REINFORCE, Williams 1992. */
  'log-prob': (logProb, _oldLogProb, advantage) => ({
    value: advantage * logProb,
    slope: advantage,
    clipped: false,
  }),
} satisfies Record<string, Surrogate>;

export type SurrogateName = keyof typeof SURROGATES;

/** The share s_bt of one token of a sequence: `length` tokens, B sequences, N tokens in all, at most T a sequence. */
type Aggregation = (length: number, B: number, N: number, T: number) => number;

export const AGGREGATIONS = {
  /** Mean over the tokens of a sequence, then over sequences: s = 1 / (B · length). GRPO as published. */
  'sequence-mean': (length, B) => 1 / (B * length),
  /** Mean over all tokens of the batch: s = 1 / N. DAPO; the default of verl and TRL. */
  'token-mean': (_length, _B, N) => 1 / N,
  /** Sum over tokens divided by a constant: s = 1 / (B · T). Dr. GRPO as in TRL. */
  'constant-length': (_length, B, _N, T) => 1 / (B * T),
  /** Sum over the tokens of a sequence, then mean over sequences: s = 1 / B. The sequence is one action: RLOO. */
  'sequence-sum': (_length, B) => 1 / B,
} satisfies Record<string, Aggregation>;

export type AggregationName = keyof typeof AGGREGATIONS;

/** What the objective is computed from; [B, T] arrays, masked beyond `lengths`. */
export interface ObjectiveInput {
  logProbs: Float32Array;
  oldLogProbs: Float32Array;
  /** Needed where klCoefficient is not 0. */
  referenceLogProbs?: Float32Array;
  entropies: Float32Array;
  lengths: Int32Array;
  /** [B] */
  advantages: readonly number[];
}

export interface Objective {
  weights: TokenWeights;
  loss: number;
  /** Share of tokens whose surrogate is clipped, in [0, 1]. 0 whenever the batch is on-policy, since then w = 1. */
  clipRatio: number;
}

/**
 * k3 = exp(d) − d − 1 with d = log π_ref − log π: an unbiased, non-negative estimate of KL(π ‖ π_ref) for a token drawn from π.
 * Source: Schulman 2020, "Approximating KL divergence".
 */
export function k3(logProb: number, referenceLogProb: number): number {
  const difference = referenceLogProb - logProb;
  return Math.expm1(difference) - difference;
}

/** @throws Error where a KL term is asked for without `referenceLogProbs`. */
export function objective(choices: ObjectiveChoices, input: ObjectiveInput): Objective {
  const { logProbs, oldLogProbs, referenceLogProbs, entropies, lengths, advantages } = input;
  const { klCoefficient, entropyCoefficient } = choices;
  if (klCoefficient !== 0 && !referenceLogProbs)
    throw new Error('a KL coefficient other than 0 needs the log-probabilities of the reference');
  const B = lengths.length;
  const T = logProbs.length / B;
  const N = lengths.reduce((sum, length) => sum + length, 0);
  const share = AGGREGATIONS[choices.aggregation];
  const surrogate: Surrogate = SURROGATES[choices.surrogate];
  const logProbWeights = new Float32Array(B * T);
  const entropyWeights = entropyCoefficient === 0 ? undefined : new Float32Array(B * T);
  let loss = 0;
  let clippedTokens = 0;
  for (let b = 0; b < B; b++) {
    const s = share(lengths[b]!, B, N, T);
    for (let at = b * T; at < b * T + lengths[b]!; at++) {
      const term = surrogate(logProbs[at]!, oldLogProbs[at]!, advantages[b]!, choices);
      let slope = term.slope;
      loss -= s * term.value;
      if (term.clipped) clippedTokens++;
      if (referenceLogProbs && klCoefficient !== 0) {
        loss += s * klCoefficient * k3(logProbs[at]!, referenceLogProbs[at]!);
        // d k3 / d log π = 1 − exp(log π_ref − log π)
        slope += klCoefficient * Math.expm1(referenceLogProbs[at]! - logProbs[at]!);
      }
      if (entropyWeights) {
        loss -= s * entropyCoefficient * entropies[at]!;
        entropyWeights[at] = s * entropyCoefficient;
      }
      logProbWeights[at] = s * slope;
    }
  }
  return {
    weights: entropyWeights
      ? { logProb: logProbWeights, entropy: entropyWeights }
      : { logProb: logProbWeights },
    loss,
    clipRatio: clippedTokens / N,
  };
}
