import { mean, sampleStandardDeviation } from '../core/statistics.ts';
import type { Path } from '../evaluation/powerChain.ts';
import type { StepMetrics } from '../rl/metrics.ts';
import { showResponse, type Task } from '../tasks/task.ts';
import type { CompletionGroup } from './completions.ts';

/**
 * The metrics of what the chains hold, C to each problem, and of the tokens that were drawn for it. `entropy` is that
 * of the distributions which the tokens were drawn from.
 */
export function chainMetrics(
  correct: readonly number[],
  C: number,
  chains: readonly Path[],
  { tokens, entropy }: { tokens: number; entropy: number },
): StepMetrics {
  const groups = Array.from({ length: correct.length / C }, (_, i) =>
    sampleStandardDeviation(correct.slice(i * C, (i + 1) * C)),
  );
  return {
    reward: mean(correct),
    reward_std: mean(groups),
    frac_reward_zero_std: mean(groups.map((deviation) => Number(deviation === 0))),
    // A move that looks at no more than is certain anyway may draw nothing.
    entropy: tokens === 0 ? 0 : entropy / tokens,
    kl: null,
    clip_ratio: null,
    grad_norm: null,
    loss: null,
    value_loss: null,
    cov_share: null,
    num_gen_batches: null,
    'completions/mean_length': mean(chains.map((path) => path.length - 1)),
    num_tokens: tokens,
  };
}

/** The chains of the first problem that hold both right and wrong answers, else of the first problem. */
export function showChains(
  task: Task,
  problems: readonly unknown[],
  chains: readonly Path[],
  correct: readonly number[],
): CompletionGroup {
  const C = chains.length / problems.length;
  const isMixed = (i: number): boolean => new Set(correct.slice(i * C, (i + 1) * C)).size > 1;
  const shown = Math.max(
    0,
    problems.findIndex((_, i) => isMixed(i)),
  );
  const problem = problems[shown];
  return {
    problem: task.showProblem(problem),
    prompt: task.encode(problem),
    completions: chains.slice(shown * C, (shown + 1) * C).map((path) => {
      const { tokens, logProb } = path.at(-1)!;
      const response = [...tokens];
      const { correct, detail } = task.verify(problem, response);
      return {
        text: showResponse(task, response),
        tokens: response,
        correct,
        detail,
        advantage: 0,
        logProb,
        ...(task.checkSteps ? { steps: task.checkSteps(problem, response) } : {}),
      };
    }),
  };
}
