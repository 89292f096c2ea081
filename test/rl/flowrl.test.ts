import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { advantagesOf } from '../../src/rl/advantages.ts';
import { choicesOf } from '../../src/rl/algorithms.ts';
import { objective } from '../../src/rl/objective.ts';

/**
 * The row of FlowRL against its loss, written out: with residuals δ_i = log π(y_i) − log π_ref(y_i) − β r_i and log Z =
 * −mean δ over the group, 1/2G · Σ (δ_i + log Z)², differentiated by central differences. β = 1 / klCoefficient; the row's
 * weights are that gradient over β, which Adam takes out.
 */
describe('FlowRL, on-policy', () => {
  const [G, T] = [6, 3];
  const row = choicesOf('flowrl');
  const beta = 1 / row.klCoefficient;
  const random = uniformSequence({ seed: 5, stream: 99, step: 0 });
  const lengths = Int32Array.of(3, 1, 2, 3, 2, 1);
  const outcomes = [1, 0, 0, 1, 0, 1];
  const some = (): Float64Array => Float64Array.from({ length: G * T }, () => -3 * random());
  const [logProbs, reference] = [some(), some()];
  const isToken = (at: number): boolean => at % T < lengths[Math.floor(at / T)]!;

  function loss(logProbs: Float64Array): number {
    const residuals = outcomes.map((outcome, i) => {
      let sum = -beta * outcome;
      for (let t = 0; t < lengths[i]!; t++) sum += logProbs[i * T + t]! - reference[i * T + t]!;
      return sum;
    });
    const logZ = -residuals.reduce((sum, residual) => sum + residual, 0) / G;
    return residuals.reduce((sum, residual) => sum + (residual + logZ) ** 2, 0) / (2 * G);
  }

  it('follows the gradient of its squared residuals', () => {
    const rewards = new Float64Array(G * T);
    outcomes.forEach((outcome, i) => (rewards[i * T + lengths[i]! - 1] = outcome));
    // As in a step: k1 in the reward.
    rewards.forEach((_, at) => {
      if (isToken(at)) rewards[at]! -= row.klCoefficient * (logProbs[at]! - reference[at]!);
    });
    const input = { groupSize: G, T, lengths, rewards, outcomes };
    const { weights } = objective(row, {
      logProbs: logProbs as unknown as Float32Array,
      oldLogProbs: logProbs as unknown as Float32Array,
      entropies: new Float32Array(G * T),
      lengths,
      advantages: advantagesOf(row.advantage, input, row),
      random,
    });
    for (let at = 0; at < G * T; at++) {
      const [up, down] = [1e-5, -1e-5].map((change) => {
        const moved = logProbs.slice();
        moved[at]! += change;
        return loss(moved);
      });
      const slope = isToken(at) ? (up! - down!) / 2e-5 : 0;
      expect(beta * weights.logProb[at]!).toBeCloseTo(-slope, 5);
    }
  });
});
