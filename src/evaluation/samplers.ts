import { keepNucleus, logSoftmax } from '../core/categorical.ts';
import { sliceBatch } from '../policy/batch.ts';
import type { Policy } from '../policy/policy.ts';
import { byOwner, unheard } from './didProblems.ts';
import { SCORED_AT_ONCE, successFrom, type AcceptSets, type ExactSuccess } from './exact.ts';

/** How tokens are drawn from a policy. */
export interface Sampler {
  /** τ > 0 */
  temperature: number;
  /** 0 < topP ≤ 1 */
  topP: number;
}

/**
 * The exact success probability of each problem under each of some samplers, from one scoring of the accept sets:
 *
 *   p = Σ_{y ∈ A} Π_t q(y_t | x, y_<t),   q = the nucleus of softmax(log π / τ) that has the probability topP
 *
 * A token outside its nucleus makes the whole answer impossible, so p can be exactly 0.
 */
export async function samplerSuccess(
  policy: Policy,
  sets: AcceptSets,
  samplers: readonly Sampler[],
  did = unheard,
): Promise<ExactSuccess[]> {
  const { batch } = sets;
  const { responseLength: T, outputs: R } = policy.shape;
  const logProbs = samplers.map(() => new Float64Array(batch.lengths.length));
  const logProbsV = new Float64Array(R);
  const done = byOwner(sets.owner, sets.problems.length, did);
  // Which also bounds the memory of the distributions.
  for (let from = 0; from < batch.lengths.length; from += SCORED_AT_ONCE) {
    const to = Math.min(batch.lengths.length, from + SCORED_AT_ONCE);
    const part = sliceBatch(policy.shape, batch, from, to);
    const { distributions } = await policy.score({
      batch: part,
      temperature: 1,
      distributions: true,
    });
    part.lengths.forEach((length, b) => {
      for (let t = 0; t < length; t++)
        samplers.forEach(({ temperature, topP }, i) => {
          logSoftmax(distributions!, (b * T + t) * R, temperature, logProbsV);
          keepNucleus(logProbsV, topP);
          logProbs[i]![from + b]! += logProbsV[part.responses[b * T + t]!]!;
        });
    });
    await done(to);
  }
  return logProbs.map((each) => successFrom(sets, each));
}
