import { Stream } from '../core/random.ts';
import type { Policy } from '../policy/policy.ts';
import type { Task } from '../tasks/task.ts';

/** Answers sampled to each problem for the estimate. */
const SAMPLES = 2;

/**
 * How far a policy has moved from its base: KL(π ‖ π_base) of whole answers in nats, a mean over the problems. Estimated
 * from 2 answers to each as the mean of log π(y) − log π_base(y): unbiased, and of smaller variance than the estimators
 * that are never negative once the policies are more than a nat apart.
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
    sum += logProb - logProbs[at]!;
  });
  return sum / rollouts.lengths.length;
}
