import { Stream } from '../core/random.ts';
import type { Policy } from '../policy/policy.ts';
import type { Task } from '../tasks/task.ts';

/** Answers sampled at once to each problem, so that the first two are the same however many there are. */
const AT_ONCE = 2;

/** A run has fewer steps; what is sampled after the first answers of a step has keys of its own. */
const STEPS = 131_072;

/**
 * How far a policy has moved from its base: KL(π ‖ π_base) of whole answers in nats, a mean over the problems. Estimated
 * from `samples` answers to each as the mean of log π(y) − log π_base(y): unbiased, and of smaller variance than the estimators
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
  samples = AT_ONCE,
): Promise<number> {
  const prompts = Int32Array.from(problems.flatMap((problem) => task.encode(problem)));
  let sum = 0;
  for (let drawn = 0; drawn < samples; drawn += AT_ONCE) {
    const rollouts = await policy.sample({
      prompts,
      groupSize: Math.min(AT_ONCE, samples - drawn),
      temperature,
      key: { seed, stream: Stream.movement, step: step + (drawn / AT_ONCE) * STEPS },
    });
    const { logProbs } = await base.score({ batch: rollouts, temperature });
    rollouts.logProbs.forEach((logProb, at) => {
      sum += logProb - logProbs[at]!;
    });
  }
  return sum / (samples * problems.length);
}
