import { joinBatches, joinRows } from '../policy/batch.ts';
import type { Batch, TokenWeights, UpdateRequest } from '../policy/policy.ts';

/** Answers that every update of a step learns as demonstrations, beside what it learns from rewards. */
export interface Beside {
  answers: Batch;
  /** λ ≥ 0. */
  weight: number;
}

/**
 * One update on both: of the rollouts with their weights, g_RL, and of the answers with the weight λ / N for each of their N
 * tokens, so that ∇J = g_RL + λ · g_SFT, where g_SFT is that of the mean log-probability of the answers' tokens. One step of
 * Adam and one bound on the norm are for the sum.
 *
 * Source: the parallel recipe of arXiv 2606.04272.
 */
export function withAnswers(
  batch: Batch,
  { logProb, entropy, value }: TokenWeights,
  { answers, weight }: Beside,
): Pick<UpdateRequest, 'batch' | 'weights'> {
  const tokens = answers.lengths.reduce((sum, length) => sum + length, 0);
  const ofAnswers = new Float32Array(answers.responses.length);
  return {
    batch: joinBatches([batch, answers]),
    weights: {
      logProb: joinRows([logProb, ofAnswers.map(() => weight / tokens)]),
      ...(entropy ? { entropy: joinRows([entropy, ofAnswers]) } : {}),
      ...(value ? { value: joinRows([value, ofAnswers]) } : {}),
    },
  };
}
