import { Stream } from '../core/random.ts';
import { mean, standardError } from '../core/statistics.ts';
import { responseLogProbs } from '../evaluation/exact.ts';
import type { Policy } from '../policy/policy.ts';
import type { Task } from '../tasks/task.ts';
import { answersTo } from './supervised.ts';

/** A mean over problems, estimated from answers, with its standard error. */
export interface EstimatedKl {
  kl: number;
  error: number;
}

/** Answers of the base to each problem. */
const DRAWS = 32;

/**
 * The forward KL distance KL(π_base ‖ π) = E_{y ~ π_base} [log π_base(y) − log π(y)] of whole answers in nats, the mean
 * over the problems of each domain: what forgetting is said to be a function of. The base answers each problem 32 times,
 * once a run, and every policy scores the same answers; unbiased, and wrong answers count as right ones do. The standard
 * error is that of the answers, not of the problems: √(Σ_i s_i² / 32) / P with s_i² the variance within problem i.
 *
 * Source: Shenfeld et al. 2025, RL's Razor, arXiv 2509.04259, section 4; on the new task, as there.
 */
export async function createForwardKl(
  base: Policy,
  task: Task & Required<Pick<Task, 'domainOf'>>,
  problems: readonly unknown[],
  { temperature, seed }: { temperature: number; seed: number },
): Promise<(policy: Policy) => Promise<Record<string, EstimatedKl>>> {
  const repeated = problems.flatMap((problem) => new Array<unknown>(DRAWS).fill(problem));
  const key = { seed, stream: Stream.forwardKl, step: 0 };
  const answers = await answersTo(base, task, repeated, temperature, key);
  const logProbsOf = (policy: Policy): Promise<Float64Array> =>
    responseLogProbs(policy, answers, temperature, async () => undefined);
  const before = await logProbsOf(base);
  return async (policy) => {
    const now = await logProbsOf(policy);
    const ofDomains: Record<string, number[][]> = {};
    problems.forEach((problem, i) => {
      const differences = Array.from(
        { length: DRAWS },
        (_, n) => before[DRAWS * i + n]! - now[DRAWS * i + n]!,
      );
      (ofDomains[task.domainOf(problem)] ??= []).push(differences);
    });
    return Object.fromEntries(
      Object.entries(ofDomains).map(([domain, of]) => [domain, estimateOf(of)]),
    );
  };
}

/** From the differences of each problem. */
function estimateOf(problems: readonly (readonly number[])[]): EstimatedKl {
  const squares = problems.map((differences) => {
    const error = standardError(differences);
    return error * error;
  });
  return {
    kl: mean(problems.map((differences) => mean(differences))),
    error: Math.sqrt(squares.reduce((sum, square) => sum + square, 0)) / problems.length,
  };
}
