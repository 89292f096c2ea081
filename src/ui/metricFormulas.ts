/** How a metric of a step is computed, and what TRL's GRPO trainer logs it as; null where it logs nothing like it. */
export interface MetricFormula {
  formula: string;
  trl: string | null;
}

/**
 * By the name of the metric. N is over the answers of a step, t over their tokens.
 *
 * Source of TRL's names: its documentation of the GRPO trainer, "Logged metrics".
 */
export const METRIC_FORMULAS: Readonly<Record<string, MetricFormula>> = {
  reward: { formula: 'mean r over N answers', trl: 'reward' },
  accuracy: { formula: 'answers that the program accepts / N', trl: null },
  false_positives: { formula: 'wrong answers paid for / answers paid for', trl: null },
  acceptance: { formula: 'proposals taken / chains', trl: null },
  reward_std: { formula: 'mean over groups of √(mean (r − r̄)²)', trl: 'reward_std' },
  frac_reward_zero_std: {
    formula: 'groups whose r are all the same / groups',
    trl: 'frac_reward_zero_std',
  },
  entropy: { formula: '−Σ π log π over the vocabulary, mean over t', trl: 'entropy' },
  kl: { formula: 'mean over t of π_ref/π − 1 − log(π_ref/π)', trl: 'kl' },
  'KL from base': { formula: 'mean over answers of log π(y|x) − log π_base(y|x)', trl: null },
  clip_ratio: {
    formula: 'tokens beyond the bounds / tokens, mean over updates',
    trl: 'clip_ratio/region_mean',
  },
  grad_norm: {
    formula: '√(Σ g²) over all parameters, before clipping, mean over updates',
    trl: 'grad_norm',
  },
  loss: { formula: 'what an update descends, mean over updates', trl: 'loss' },
  value_loss: { formula: '½ mean (V − return)² over t, mean over updates', trl: null },
  cov_share: {
    formula: 'tokens chosen by their covariance / tokens, mean over updates',
    trl: null,
  },
  num_gen_batches: { formula: 'draws until the batch is full', trl: null },
  wrong_steps: {
    formula: 'rewarded answers with a wrong step / rewarded answers',
    trl: null,
  },
  wrong_credit: { formula: 'Σ A on wrong steps / Σ A on steps, of A > 0', trl: null },
  'completions/mean_length': {
    formula: 'mean tokens of an answer',
    trl: 'completions/mean_length',
  },
  step_time: { formula: 'wall time of the step', trl: 'step_time' },
};
