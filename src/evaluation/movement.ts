import { Stream } from '../core/random.ts';
import type { Policy } from '../policy/policy.ts';
import type { Task } from '../tasks/task.ts';

/** Answers sampled to each problem for the estimate. */
const SAMPLES = 2;

/**
 * How far a policy has moved from its base: KL(π ‖ π_base) of whole answers in nats, a mean over the problems. Estimated
 * from 2 answers to each, by the sum over their tokens of k3 = exp(−d) − 1 + d, d = log π − log π_base (Schulman 2020), which is
 * unbiased for the KL of each token's distribution and never negative.
 */
export async function klFromBase(
  policy: Policy,
  base: Policy,
  task: Task,
  problems: readonly unknown[],
  temperature: number,
  seed: number,
  step: number,
): Promise<number> {
  const rollouts = await policy.sample({
    prompts: Int32Array.from(problems.flatMap((problem) => task.encode(problem))),
    groupSize: SAMPLES,
    temperature,
    key: { seed, stream: Stream.movement, step },
  });
  const { logProbs } = await base.score({ batch: rollouts, temperature });
  let sum = 0;
  rollouts.logProbs.forEach((logProb, at) => {
    const d = logProb - logProbs[at]!;
    sum += Math.expm1(-d) + d;
  });
  return sum / rollouts.lengths.length;
}
