import { power } from '../core/elementary.ts';
import { SUPPORT_THRESHOLD } from './support.ts';

/** Problems whose p lies in [from, to); the last bin also holds p = 1. */
export interface Bin {
  from: number;
  to: number;
  count: number;
}

const decades = (from: number, to: number): number[] =>
  Array.from({ length: 2 * (to - from) + 1 }, (_, i) => power(10, from + i / 2));

/**
 * The edges between which success probabilities are counted, after a bin of their own for "zero", [0, ε): what 8192
 * samples would miss at least 1 time in 20, see `SUPPORT_THRESHOLD`.
 */
export const BIN_EDGES = {
  /** Tenths, as in figure 5 of Yue et al. 2025, arXiv 2504.13837. */
  tenths: [SUPPORT_THRESHOLD, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
  /** Half decades, in which rare successes are told apart. */
  'half decades': [SUPPORT_THRESHOLD, ...decades(-3, 0)],
} as const satisfies Record<string, readonly number[]>;

export type Binning = keyof typeof BIN_EDGES;

/** How many problems lie in each bin, the bin of zero first; the counts add up to all problems. */
export function histogramOf(successP: readonly number[], binning: Binning): Bin[] {
  const edges = [0, ...BIN_EDGES[binning]];
  const bins = edges.slice(1).map((to, i): Bin => ({ from: edges[i]!, to, count: 0 }));
  for (const p of successP) (bins.find(({ to }) => p < to) ?? bins.at(-1)!).count++;
  return bins;
}
