import { mean } from '../core/statistics.ts';
import { Stream } from '../core/random.ts';
import { responseOf } from '../policy/batch.ts';
import type { Policy, Rollouts } from '../policy/policy.ts';
import type { StepResult, StepSettings } from '../rl/step.ts';
import { showResponse, type StepCheck, type Task, type Verdict } from '../tasks/task.ts';

/** One completion of the group that a row shows. */
export interface Completion {
  text: string;
  /** With the end token; empty in a recording. */
  tokens: number[];
  correct: boolean;
  detail: string;
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
 * The share of a step's rewarded rollouts that contain an invalid step; null where none is rewarded.
 * Only for tasks that check written steps.
 */
export function wrongStepShare(
  task: Task,
  policy: Policy,
  problems: readonly unknown[],
  groupSize: number,
  { rollouts, verdicts }: Pick<StepResult, 'rollouts' | 'verdicts'>,
): number | null {
  const rewarded = verdicts.flatMap(({ correct }, b) => (correct ? [b] : []));
  if (rewarded.length === 0) return null;
  const isWrong = (b: number): boolean =>
    task.checkSteps!(
      problems[Math.floor(b / groupSize)],
      responseOf(policy.shape, rollouts, b),
    ).some(({ valid }) => !valid);
  return mean(rewarded.map((b) => (isWrong(b) ? 1 : 0)));
}
