import { mean } from '../core/statistics.ts';
import { Stream } from '../core/random.ts';
import { responseOf } from '../policy/batch.ts';
import type { Policy, Rollouts } from '../policy/policy.ts';
import type { JudgedDraw } from '../rl/rollouts.ts';
import type { StepSettings } from '../rl/step.ts';
import { showResponse, type StepCheck, type Task, type Verdict } from '../tasks/task.ts';

/** One completion of the group that a row shows. */
export interface Completion {
  text: string;
  /** With the end token; empty in a recording. */
  tokens: number[];
  correct: boolean;
  detail: string;
  /** The mean over its tokens, which with most estimators share one. */
  advantage: number;
  /** Σ_t log π of its tokens when it was drawn, in nats. */
  logProb: number;
  /** Of tasks that check written steps. */
  steps?: StepCheck[];
}

export interface CompletionGroup {
  problem: string;
  /** The prompt's tokens; empty in a recording. */
  prompt: number[];
  completions: Completion[];
  /** At evaluated steps: as many answers of the base to the same problem, with advantages of 0. */
  base?: Completion[];
}

/** Rollout b as a completion. */
export function showCompletion(
  task: Task,
  policy: Policy,
  problem: unknown,
  rollouts: Rollouts,
  b: number,
  { correct, detail }: Verdict,
  advantage: number,
): Completion {
  const tokens = responseOf(policy.shape, rollouts, b);
  const start = b * policy.shape.responseLength;
  return {
    text: showResponse(task, tokens),
    tokens,
    correct,
    detail,
    advantage,
    logProb: rollouts.logProbs
      .subarray(start, start + tokens.length)
      .reduce((sum, logProb) => sum + logProb, 0),
    ...(task.checkSteps ? { steps: task.checkSteps(problem, tokens) } : {}),
  };
}

/** A group of the base's own completions to one prompt, sampled as the step samples its own. */
export async function baseCompletions(
  reference: Policy,
  task: Task,
  prompt: readonly number[],
  { groupSize, temperature }: Pick<StepSettings, 'groupSize' | 'temperature'>,
  seed: number,
  step: number,
): Promise<Completion[]> {
  const problem = task.decode(prompt);
  const rollouts = await reference.sample({
    prompts: Int32Array.from(prompt),
    groupSize,
    temperature,
    key: { seed, stream: Stream.baseCompletions, step },
  });
  return Array.from({ length: groupSize }, (_, b) => {
    const verdict = task.verify(problem, responseOf(reference.shape, rollouts, b));
    return showCompletion(task, reference, problem, rollouts, b, verdict, 0);
  });
}

/**
 * The share of a step's rewarded rollouts that contain an invalid step; null where none is rewarded, or where the task
 * writes no steps.
 */
export function wrongStepShare({ steps, outcomes }: JudgedDraw): number | null {
  if (!steps) return null;
  const rewarded = steps.filter((_, b) => outcomes[b] === 1);
  if (rewarded.length === 0) return null;
  return mean(rewarded.map((checks) => Number(checks.some(({ valid }) => !valid))));
}
