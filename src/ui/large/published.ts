/**
 * What was measured of a large model and published: Qwen2.5-7B and the same model after RL (Qwen-2.5-7B-SimpleRL-Zoo) on
 * the 500 problems of MATH-500, 128 samples a problem at temperature 0.6 and top-p 0.95. A reproduction of Yue et al. 2025
 * (arXiv 2504.13837), figure 2 and table 2.
 *
 * Source: github.com/cc1107yss/limit-of-rlvr-qwen7b-math500-reproduction, audit/results.json, commit 85ce0756 (August 2026).
 */
export const PUBLISHED = {
  problems: 500,
  /** A problem, of each model. */
  samples: 128,
  /** The k at which pass@k is published; between them nothing is known here. */
  ks: [1, 2, 4, 8, 16, 32, 64, 128],
  /** The mean over problems of the unbiased estimate of pass@k (Chen et al. 2021, equation 1), by k. */
  base: [
    0.613921875, 0.734083169, 0.814358184, 0.868172748, 0.904339284, 0.929292199, 0.947444657,
    0.962,
  ],
  trained: [
    0.779328125, 0.823585384, 0.856750134, 0.882969868, 0.902217498, 0.915086288, 0.923494367, 0.93,
  ],
  /** Problems of which any sample is right: of both models, of one only, of neither. */
  coverage: { both: 462, baseOnly: 19, trainedOnly: 3, neither: 16 },
  /** Of k = 128: trained minus base in points of 100, with its 95 % interval by a paired bootstrap over problems. */
  difference: { points: -3.2, low: -5, high: -1.4 },
  /** The neighbouring k between which the lead of RL ends: the source's word, from all its counts, not read off the values here. */
  leadEnds: [14, 15],
  /** On GitHub. */
  repository: 'cc1107yss/limit-of-rlvr-qwen7b-math500-reproduction',
} as const;
