import { exp } from '../core/elementary.ts';
import type { Described } from './described.ts';

/** Value and slope with respect to log π of the surrogate that is maximised for one token. */
export interface SurrogateTerm {
  value: number;
  slope: number;
  /** Whether its ratio is out of bounds in the direction in which its advantage pushes. */
  clipped: boolean;
}

/** Where a surrogate bounds the ratio. */
export interface ClipBounds {
  /** Ratios below 1 − clipLow or above 1 + clipHigh get no gradient in the direction that leaves the range. */
  clipLow: number;
  clipHigh: number;
  /** c: ratios above it get no gradient where the advantage is negative. Up to 1 there is no such bound. */
  dualClip: number;
}

export interface Surrogate extends Described {
  /** What of a token stands in the gradient, behind its share: in the symbols of the microscope, which stand in brackets. */
  formula: string;
  /** Whether its value is a multiple of log π, which tells nothing of what has been reached. */
  isOfLogProb?: true;
  /** What its clip ratio is, where tokens beyond the bounds go on to learn. */
  clipWords?: string;
  /** Which choices of an algorithm it reads; the others change nothing beside it. */
  reads: readonly ('ratio' | keyof ClipBounds)[];
  /** `logRatio` = log(π/π_old), of the token or of its sequence; `logProb` = log π of the token. */
  ofToken(logRatio: number, logProb: number, advantage: number, bounds: ClipBounds): SurrogateTerm;
}

/** Log ratios are limited to ±20, as verl and OpenRLHF do, so that a runaway policy gives a large number, not ∞. */
const LARGEST_LOG_RATIO = 20;

export const limited = (logRatio: number): number =>
  Math.min(LARGEST_LOG_RATIO, Math.max(-LARGEST_LOG_RATIO, logRatio));

export interface Ratio extends Described {
  /** What the clip ratio is, where whole answers are out of bounds. */
  clipWords?: string;
}

export const RATIOS = {
  token: { label: 'of each token', help: 'w = π(token) / π_old(token).' },
  sequence: {
    label: 'of the sequence',
    help: 'One ratio for all tokens of an answer: the geometric mean of theirs, exp(mean log w), as in GSPO.',
    clipWords:
      'Share of tokens in answers beyond the bounds, which get no gradient; high is normal with bounds so narrow.',
  },
} satisfies Record<string, Ratio>;

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
  if (ratio === 'token') return each.map(limited);
  return new Array<number>(length).fill(limited(each.reduce((sum, d) => sum + d, 0) / length));
}

/** clip(w, 1 − low, 1 + high). */
const clip = (ratio: number, { clipLow, clipHigh }: ClipBounds): number =>
  Math.min(1 + clipHigh, Math.max(1 - clipLow, ratio));

/** τ of the soft gate by the sign of the advantage: the paper's, and TRL's defaults. */
const SOFT_GATE = { positive: 1, negative: 1.05 } as const;

export const SURROGATES = {
  /**
   * With a dual clip c > 1, max(c · A, …) where A < 0: without it no bound stops the push down on a token that has become
   * far likelier. Source: PPO, Schulman et al. 2017, equation 7; separate bounds: DAPO, Yu et al. 2025; dual clip: Ye et
   * al. 2020, "Mastering Complex Control in MOBA Games", arXiv 1912.09729.
   */
  'clipped-ratio': {
    label: 'clipped ratio',
    help: 'min(w · A, clip(w, 1 − low, 1 + high) · A): no gradient beyond the bounds.',
    formula: '[w_t] · [A_i] · ∇ log [π]([y_t]), without clipped tokens',
    reads: ['ratio', 'clipLow', 'clipHigh', 'dualClip'],
    ofToken(logRatio, _logProb, advantage, bounds) {
      const ratio = exp(logRatio);
      const free = ratio * advantage;
      const least = advantage < 0 && bounds.dualClip > 1 ? bounds.dualClip * advantage : -Infinity;
      const value = Math.max(least, Math.min(free, clip(ratio, bounds) * advantage));
      const clipped = value !== free;
      return { value, slope: clipped ? 0 : free, clipped };
    },
  },

  /** Source: Schulman et al. 2017, equation 6, after Kakade & Langford 2002. */
  ratio: {
    label: 'ratio without bounds',
    help: 'w · A, however large or small w is. KL-Cov holds the policy by its penalty instead.',
    formula: '[w_t] · [A_i] · ∇ log [π]([y_t])',
    reads: ['ratio'],
    ofToken(logRatio, _logProb, advantage) {
      const value = exp(logRatio) * advantage;
      return { value, slope: value, clipped: false };
    },
  },

  /**
   * 4/τ · σ(τ (w − 1)) · A, whose slope 4 w σ (1 − σ) · A is A at w = 1 and dies away on both sides, sooner for the larger
   * τ of negative advantages. Source: SAPO, Gao et al. 2025, arXiv 2511.20347; TRL has the same.
   */
  'soft-gate': {
    label: 'soft gate',
    help: '4/τ · σ(τ (w − 1)) · A, with τ = 1 where A > 0, else 1.05: the gradient dies away beside w = 1 instead of ending at a bound.',
    formula: '4 [w_t] σ (1 − σ) · [A_i] · ∇ log [π]([y_t]), σ = 1 / (1 + exp(−[τ] ([w_t] − 1)))',
    reads: ['ratio'],
    ofToken(logRatio, _logProb, advantage) {
      const ratio = exp(logRatio);
      const tau = advantage > 0 ? SOFT_GATE.positive : SOFT_GATE.negative;
      const gate = 1 / (1 + exp(-tau * (ratio - 1)));
      return {
        value: (4 / tau) * gate * advantage,
        slope: 4 * ratio * gate * (1 - gate) * advantage,
        clipped: false,
      };
    },
  },

  /** Source: REINFORCE, Williams 1992. */
  'log-prob': {
    label: 'log-probability',
    help: 'A · log π, without a ratio: as if the rollouts were fresh.',
    formula: '[A_i] · ∇ log [π]([y_t])',
    isOfLogProb: true,
    reads: [],
    ofToken: (_logRatio, logProb, advantage) => ({
      value: advantage * logProb,
      slope: advantage,
      clipped: false,
    }),
  },

  /**
   * The bounded ratio is a constant weight, so a token beyond the bounds still learns. It counts as clipped where PPO
   * would clip it: above the upper bound with A > 0, as TRL and Liger count, and below the lower one, which these lack,
   * with A < 0.
   * Source: CISPO, MiniMax 2025, arXiv 2506.13585, equation 4.
   */
  'clipped-weight': {
    label: 'clipped weight',
    help: 'clip(w, 1 − low, 1 + high), held constant, times A · log π: clipped tokens keep a bounded gradient.',
    formula: 'clip([w_t]) · [A_i] · ∇ log [π]([y_t])',
    isOfLogProb: true,
    clipWords:
      'Share of tokens beyond the upper bound with a positive advantage, or beyond the lower one with a negative; they still learn.',
    reads: ['ratio', 'clipLow', 'clipHigh'],
    ofToken(logRatio, logProb, advantage, bounds) {
      const ratio = exp(logRatio);
      const weight = clip(ratio, bounds);
      return {
        value: weight * advantage * logProb,
        slope: weight * advantage,
        clipped: weight * advantage < ratio * advantage,
      };
    },
  },
} satisfies Record<string, Surrogate>;

export type SurrogateName = keyof typeof SURROGATES;
