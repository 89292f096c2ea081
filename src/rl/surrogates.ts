import type { Described } from './described.ts';

/** Value and slope with respect to log π of the surrogate that is maximised for one token. */
export interface SurrogateTerm {
  value: number;
  slope: number;
  clipped: boolean;
}

/** Ratios below 1 − clipLow or above 1 + clipHigh get no gradient in the direction that leaves the range. */
export interface ClipBounds {
  clipLow: number;
  clipHigh: number;
}

export interface Surrogate extends Described {
  /** `logRatio` = log(π/π_old), of the token or of its sequence; `logProb` = log π of the token. */
  ofToken(logRatio: number, logProb: number, advantage: number, bounds: ClipBounds): SurrogateTerm;
}

/** Log ratios are limited to ±20, as verl and OpenRLHF do, so that a runaway policy gives a large number, not ∞. */
const LARGEST_LOG_RATIO = 20;

export const RATIOS = {
  token: { label: 'of each token', help: 'w = π(token) / π_old(token).' },
  sequence: {
    label: 'of the sequence',
    help: 'One ratio for all tokens of an answer: the geometric mean of theirs, exp(mean log w). GSPO.',
  },
} satisfies Record<string, Described>;

export type RatioName = keyof typeof RATIOS;

/**
 * log w of each of the `length` tokens from `from` on, limited to ±20: of the tokens apart, or their mean for all.
 * Source of the latter: GSPO, Zheng et al. 2025, arXiv 2507.18071, equation 7. Its slope ∂log s/∂log π_t = 1/length meets the sum over
 * the tokens of its sequence, which all have the same share and term, so a token's weight is that of an own ratio.
 */
export function logRatios(
  ratio: RatioName,
  logProbs: ArrayLike<number>,
  oldLogProbs: ArrayLike<number>,
  from: number,
  length: number,
): number[] {
  const each = Array.from({ length }, (_, t) => logProbs[from + t]! - oldLogProbs[from + t]!);
  const limit = (value: number): number =>
    Math.min(LARGEST_LOG_RATIO, Math.max(-LARGEST_LOG_RATIO, value));
  if (ratio === 'token') return each.map(limit);
  return new Array<number>(length).fill(limit(each.reduce((sum, d) => sum + d, 0) / length));
}

/** clip(w, 1 − low, 1 + high). */
const clip = (ratio: number, { clipLow, clipHigh }: ClipBounds): number =>
  Math.min(1 + clipHigh, Math.max(1 - clipLow, ratio));

export const SURROGATES = {
  /** Source: PPO, Schulman et al. 2017, equation 7; separate bounds: DAPO, Yu et al. 2025. */
  'clipped-ratio': {
    label: 'clipped ratio',
    help: 'min(w · A, clip(w, 1 − low, 1 + high) · A): no gradient beyond the bounds.',
    ofToken(logRatio, _logProb, advantage, bounds) {
      const ratio = Math.exp(logRatio);
      const bounded = clip(ratio, bounds);
      const clipped = bounded * advantage < ratio * advantage;
      return clipped
        ? { value: bounded * advantage, slope: 0, clipped }
        : { value: ratio * advantage, slope: ratio * advantage, clipped };
    },
  },

  /** Source: REINFORCE, Williams 1992. */
  'log-prob': {
    label: 'log-probability',
    help: 'A · log π, without a ratio: as if the rollouts were fresh.',
    ofToken: (_logRatio, logProb, advantage) => ({
      value: advantage * logProb,
      slope: advantage,
      clipped: false,
    }),
  },

  /**
   * The bounded ratio is a constant weight, so a token beyond the bounds still learns.
   * Source: CISPO, MiniMax 2025, arXiv 2506.13585, equation 4.
   */
  'clipped-weight': {
    label: 'clipped weight',
    help: 'clip(w, 1 − low, 1 + high), held constant, times A · log π: clipped tokens keep a bounded gradient.',
    ofToken(logRatio, logProb, advantage, bounds) {
      const ratio = Math.exp(logRatio);
      const weight = clip(ratio, bounds);
      return {
        value: weight * advantage * logProb,
        slope: weight * advantage,
        clipped: weight !== ratio,
      };
    },
  },
} satisfies Record<string, Surrogate>;

export type SurrogateName = keyof typeof SURROGATES;
