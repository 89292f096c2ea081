/** What is told of measured models: all plain data, so that it can come out of a worker. */

import type { Count, Measured } from './results.ts';

/** The 95 % interval at one k by itself, of what resamples of the problems give: see middleOf and outsideOf in bootstrap.ts. */
export interface Band {
  k: number;
  low: number;
  high: number;
}

/** One model by itself. Arrays over k have k = 1 at index 0, and end at the smallest n of its problems or at {@link MOST_K}. */
export interface ModelAnalysis {
  name: string;
  problems: number;
  leastN: number;
  mostN: number;
  /** The mean over problems of the unbiased estimate of pass@k (Chen et al. 2021, equation 1). */
  passAt: readonly number[];
  /** At most {@link MOST_BANDS}: every k where k is small, all powers of 2, and the largest. */
  bands: readonly Band[];
  /** Likewise of pass^k, that all of k samples are correct (Yao et al. 2024). */
  passHat: readonly number[];
  /** c / n of each problem, ascending. */
  rates: readonly number[];
  /** Problems left out since they have fewer samples than asked for. */
  leftOut: number;
  /** How its curve would go further. */
  further: Further | null;
}

/** Where a few problems have far fewer samples than most and end the curves: what a larger least n would make of it. See further.ts. */
export interface Further {
  /** To be asked for; curves then end there. */
  leastN: number;
  /** Problems that it leaves out. */
  dropped: number;
}

/** Where the trained model, ahead at k = 1, falls behind the base. */
export interface Crossing {
  /**
   * Between two whole k, by a straight line over log k; 1 where it is behind before it is ever ahead, also where both are
   * equal at k = 1; null where it is never behind.
   */
  k: number | null;
  /** A 95 % interval, of resamples, on lines between the k of bands; Infinity for those that stay ahead as far as they go. */
  low: number;
  high: number;
  /** The share of resamples in which it falls behind at a k > 1 that it was ahead before. */
  share: number;
}

/** A run of k: at each k from `from` to `to` that has a band, by itself, the difference is told apart from 0 (see apart.ts). */
export interface Apart {
  from: number;
  to: number;
  leads: 'base' | 'trained';
}

/** A problem before and after. */
export interface Moved {
  id: string;
  base: Count;
  trained: Count;
}

/** What would settle who is ahead at `k`, if what was found is the truth. */
export interface Wanted {
  k: number;
  /** Trained minus base, and half of its 95 % interval under a normal distribution. */
  difference: number;
  half: number;
  /** Whether it is told apart from 0 already; the next two are then what there is. */
  isSettled: boolean;
  /**
   * So many samples of each of these problems; null where 64 times as many do not do it, each has only one, the difference is
   * 0, or it rests on too few problems.
   */
  samples: number | null;
  /** So many problems of this kind with as many samples as now; null where the difference is 0. */
  problems: number | null;
}

/** Two models on the problems that both have. */
export interface Comparison {
  base: string;
  trained: string;
  joined: number;
  /** Ids that only one of them has, or has with enough samples. */
  onlyBase: readonly string[];
  onlyTrained: readonly string[];
  /** The smallest n of the joined problems, at most {@link MOST_K}. */
  largestK: number;
  /** How curves would go further. A problem's n is here the smaller of both. */
  further: Further | null;
  /** Of the joined problems; k = 1 at index 0. */
  basePassAt: readonly number[];
  trainedPassAt: readonly number[];
  baseBands: readonly Band[];
  trainedBands: readonly Band[];
  /** Of trained minus base. */
  bands: readonly Band[];
  /** On how many problems the difference rests, at the k of each of `bands`: with fewer than 6 it is never told apart. See apart.ts. */
  rests: readonly number[];
  apart: readonly Apart[];
  crossing: Crossing;
  /** Ids by who had at least one correct sample. */
  coverage: Readonly<Record<'both' | 'baseOnly' | 'trainedOnly' | 'neither', readonly string[]>>;
  /** By how far the share of correct samples went, the furthest first; at most {@link MOST_MOVED}. */
  moved: readonly Moved[];
  wanted: Wanted;
}

export const MOST_MOVED = 100;

export interface Analysis {
  models: readonly ModelAnalysis[];
  /** The base against each other model that shares problems with it. */
  comparisons: readonly Comparison[];
  /** Models that share no problem with the base, or whose ids say nothing. */
  unjoined: readonly string[];
  resamples: number;
}

export interface AnalysisSettings {
  /** Which model is the base. */
  base: number;
  /** Problems with fewer samples are left out. */
  leastN: number;
  resamples: number;
  seed: number;
}

/** Curves end at this k where problems have more samples than that. */
export const MOST_K = 16_384;

/** Bands stand at so many k at most. */
export const MOST_BANDS = 64;

/**
 * What means over problems may differ by for being float64: two models whose difference is less are equal. The least that
 * whole counts can differ by at k = 1 is 1 / (n P), 10⁻⁷ for 10,000 problems of 1,024 samples.
 */
export const ROUNDING = 1e-12;

/** Problems drawn for all resamples of all models together: a second or so. */
const DRAWS = 4e7;
const RESAMPLES = { least: 2000, most: 20_000 };

/** As many resamples as {@link DRAWS} are enough for, so that with few problems the ends of bands hardly move with the seed. */
export function resamplesFor(models: readonly Pick<Measured, 'problems'>[]): number {
  const problems = models.reduce((sum, model) => sum + model.problems.size, 0);
  return Math.min(RESAMPLES.most, Math.max(RESAMPLES.least, Math.floor(DRAWS / problems)));
}

/** Of resamples, unless another is asked for: here and on the command line the same results have the same bands. */
export const SEED = 1;
