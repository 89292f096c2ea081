import { mean, sampleStandardDeviation } from '../core/statistics.ts';
import { begunOf, drawnLengths, type Rollouts } from '../policy/policy.ts';
import { KL_ESTIMATORS } from './kl.ts';
import type { JudgedDraw } from './rollouts.ts';

/**
 * The metrics of a step under the names of TRL's trainers; null where the step has no such number. What updates report is
 * the mean over the updates of the step.
 */
export interface StepMetrics {
  /** Mean outcome of the P × G rollouts: the share that the verifier accepts, or that its proxy pays for. */
  reward: number;
  /** Where a proxy pays: the share of the rollouts that the task's verifier accepts. */
  accuracy?: number;
  /** Where a proxy pays: the share of the rollouts that it pays for that are wrong; null where it pays for none. */
  false_positives?: number | null;
  /** Mean over groups of the sample standard deviation of their outcomes. */
  reward_std: number;
  /** Share of groups whose outcomes are all equal; with a group baseline such a group gives no policy gradient. */
  frac_reward_zero_std: number;
  /** Mean over sampled tokens of the entropy of the distribution that they were drawn from, in nats. */
  entropy: number;
  /** Mean over sampled tokens of k3 against the base, in nats. Null when it was not computed. */
  kl: number | null;
  /** Share of tokens whose ratio is out of bounds in the direction of their push. Null without an update. */
  clip_ratio: number | null;
  /** Norm of the gradient before clipping. Null without an update. */
  grad_norm: number | null;
  /** What an update descends, just before it; without what it learns beside. Null without an update. */
  loss: number | null;
  /** Mean clipped value loss over tokens; null without a value output. */
  value_loss: number | null;
  /** Share of tokens that Clip-Cov or KL-Cov acted on; null without them. */
  cov_share: number | null;
  /** Draws made to fill the batch with mixed groups; null without dynamic sampling. */
  num_gen_batches: number | null;
  'completions/mean_length': number;
  /** Tokens sampled in this step. */
  num_tokens: number;
}

/** The metrics of what was drawn; those of the updates are null until there is one. */
export function metricsOf({ rollouts, outcomes, problems }: JudgedDraw): StepMetrics {
  const T = rollouts.entropies.length / outcomes.length;
  const lengths = drawnLengths(rollouts);
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  let entropy = 0;
  lengths.forEach((length, b) => {
    const from = b * T + begunOf(rollouts, b);
    for (let at = from; at < from + length; at++) entropy += rollouts.entropies[at]!;
  });
  const G = outcomes.length / problems.length;
  const deviations = problems.map((_, i) =>
    sampleStandardDeviation(outcomes.slice(i * G, (i + 1) * G)),
  );
  return {
    reward: mean(outcomes),
    reward_std: mean(deviations),
    frac_reward_zero_std: mean(deviations.map((deviation) => Number(deviation === 0))),
    entropy: entropy / tokens,
    kl: null,
    clip_ratio: null,
    grad_norm: null,
    loss: null,
    value_loss: null,
    cov_share: null,
    num_gen_batches: null,
    'completions/mean_length': tokens / outcomes.length,
    num_tokens: tokens,
  };
}

/** What a proxy pays for beside what is right. */
export function proxyMetrics({
  outcomes,
  verdicts,
}: Pick<JudgedDraw, 'outcomes' | 'verdicts'>): Required<
  Pick<StepMetrics, 'accuracy' | 'false_positives'>
> {
  const paid = verdicts.filter((_, b) => outcomes[b] === 1);
  return {
    accuracy: mean(verdicts.map(({ correct }) => Number(correct))),
    false_positives: paid.length === 0 ? null : mean(paid.map(({ correct }) => Number(!correct))),
  };
}

/** Mean over the tokens of k3 of their log-probabilities against those of the reference, in nats. */
export function meanK3(rollouts: Rollouts, referenceLogProbs: Float32Array): number {
  const T = rollouts.logProbs.length / rollouts.lengths.length;
  let sum = 0;
  let tokens = 0;
  drawnLengths(rollouts).forEach((length, b) => {
    const from = b * T + begunOf(rollouts, b);
    for (let at = from; at < from + length; at++)
      sum += KL_ESTIMATORS.k3.value(rollouts.logProbs[at]! - referenceLogProbs[at]!);
    tokens += length;
  });
  return sum / tokens;
}
