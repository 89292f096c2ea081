import type { StepCheck, Task } from '../../tasks/task.ts';
import { showResponse } from '../../tasks/task.ts';
import type { Completion } from './picture.ts';

/** A stretch of a written answer: a step with its verdict, or what follows the last step and is none. */
export interface StepPart {
  text: string;
  check: StepCheck | null;
}

/** The answer `7 × 3 = 22 − 2 = 19` as its steps `7 × 3 = 22` and `− 2 = 19`. */
export function stepParts(
  task: Task,
  tokens: readonly number[],
  checks: readonly StepCheck[],
): StepPart[] {
  const parts: StepPart[] = [];
  let from = 0;
  for (const check of checks) {
    parts.push({ text: showResponse(task, tokens.slice(from, check.end + 1)), check });
    from = check.end + 1;
  }
  const rest = showResponse(task, tokens.slice(from));
  return rest === '' ? parts : [...parts, { text: rest, check: null }];
}

/** Of the right answers, how many have a wrong step. */
export function countLucky(
  completions: readonly Completion[],
  checksOf: (completion: Completion) => readonly StepCheck[],
): { right: number; lucky: number } {
  const right = completions.filter(({ correct }) => correct);
  const lucky = right.filter((each) => checksOf(each).some(({ valid }) => !valid));
  return { right: right.length, lucky: lucky.length };
}
