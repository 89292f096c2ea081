import { mean } from '../core/statistics.ts';
import { Stream } from '../core/random.ts';
import { responseOf } from '../policy/batch.ts';
import type { Policy, Rollouts } from '../policy/policy.ts';
import { isMixed, type JudgedDraw } from '../rl/rollouts.ts';
import type { StepResult } from '../rl/step.ts';
import type { StepSettings } from '../rl/stepSettings.ts';
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

/**
 * Where a step's credit falls: Σ max(A_t, 0) over the tokens of invalid steps / Σ max(A_t, 0) over the tokens of all
 * written steps, of the answers that were trained on; in [0, 1]. Null where no step has a positive advantage, or where
 * the task writes none. A step's tokens are those after the step before it, to its result.
 */
export function wrongCredit({
  drawn,
  batch,
  advantages,
}: Pick<StepResult, 'drawn' | 'batch' | 'advantages'>): number | null {
  const { steps, rollouts } = batch ?? drawn;
  if (!steps) return null;
  const T = rollouts.responses.length / rollouts.lengths.length;
  let wrong = 0;
  let all = 0;
  steps.forEach((checks, b) => {
    let from = 0;
    for (const { valid, end } of checks) {
      for (let t = from; t <= end; t++) {
        const credit = Math.max(0, advantages[b * T + t]!);
        all += credit;
        if (!valid) wrong += credit;
      }
      from = end + 1;
    }
  });
  return all === 0 ? null : wrong / all;
}

/** The first group of a step that holds both right and wrong completions, else its first group. */
export function showGroup(
  task: Task,
  policy: Policy,
  { drawn, batch, advantages }: StepResult,
): CompletionGroup {
  const shown = batch ?? drawn;
  const { rollouts, problems, verdicts } = shown;
  const T = policy.shape.responseLength;
  const groupSize = verdicts.length / problems.length;
  const group = Math.max(
    0,
    problems.findIndex((_, index) => isMixed(shown, index)),
  );
  const problem = problems[group];
  return {
    problem: task.showProblem(problem),
    prompt: task.encode(problem),
    completions: Array.from({ length: groupSize }, (_, i) => {
      const b = group * groupSize + i;
      const ofTokens = advantages.subarray(b * T, b * T + rollouts.lengths[b]!);
      return showCompletion(task, policy, problem, rollouts, b, verdicts[b]!, mean(ofTokens));
    }),
  };
}
