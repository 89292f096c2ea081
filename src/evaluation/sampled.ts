import { REPORTED_KS, unbiasedPassAtK, unbiasedPassAtKVariance } from '../core/passAtK.ts';
import { Stream } from '../core/random.ts';
import { mean } from '../core/statistics.ts';
import { responseOf } from '../policy/batch.ts';
import type { Policy } from '../policy/policy.ts';
import type { Task } from '../tasks/task.ts';
import { unheard } from './didProblems.ts';

/** What a benchmark sees: pass@k estimated from n samples a problem, for the reported k up to n. */
export interface SampledPassAtK {
  samples: number;
  passAt: Record<string, number>;
  /** Standard deviation of each estimate over repetitions of the sampling, computed from the exact p. */
  standardError: Record<string, number>;
}

/** Sequences drawn at once, as in training, so that engines with fixed shapes need no larger ones. */
const LARGEST_BATCH = 512;

/** How many of `samples` responses to each problem the verifier accepts. */
export async function countCorrect(
  policy: Policy,
  task: Task,
  problems: readonly unknown[],
  samples: number,
  temperature: number,
  seed: number,
  step: number,
  topP = 1,
  did = unheard,
): Promise<number[]> {
  const chunk = Math.max(1, Math.floor(LARGEST_BATCH / samples));
  const chunks = Math.ceil(problems.length / chunk);
  const correct: number[] = [];
  for (let index = 0; index < chunks; index++) {
    const some = problems.slice(index * chunk, (index + 1) * chunk);
    const rollouts = await policy.sample({
      prompts: Int32Array.from(some.flatMap((problem) => task.encode(problem))),
      groupSize: samples,
      temperature,
      topP,
      // Each chunk counts its own tokens from 0, so it needs a step of its own.
      key: { seed, stream: Stream.evaluation, step: step * chunks + index },
    });
    some.forEach((problem, i) => {
      let count = 0;
      for (let b = i * samples; b < (i + 1) * samples; b++)
        if (task.verify(problem, responseOf(policy.shape, rollouts, b)).correct) count++;
      correct.push(count);
    });
    await did(some.length);
  }
  return correct;
}

/** The unbiased estimates of mean pass@k from the counts of {@link countCorrect}, with their standard errors. */
export function estimatePassAtK(
  correct: readonly number[],
  samples: number,
  exactP: readonly number[],
): SampledPassAtK {
  const estimate: SampledPassAtK = { samples, passAt: {}, standardError: {} };
  for (const k of REPORTED_KS.filter((k) => k <= samples)) {
    estimate.passAt[k] = mean(correct.map((c) => unbiasedPassAtK(samples, c, k)));
    const variances = exactP.map((p) => unbiasedPassAtKVariance(samples, p, k));
    estimate.standardError[k] = Math.sqrt(mean(variances) / exactP.length);
  }
  return estimate;
}
