import type { ProblemSample } from '../../evaluation/problemAnswers.ts';
import * as GROUP_TEXT from '../../messages/group.ts';
import { showResponse, type StepCheck, type Task } from '../../tasks/task.ts';

/** One sampled answer to the problem of a picture. */
export interface Completion extends ProblemSample {
  advantage?: number;
}

/** What every picture of a task's answers is made of. */
export interface PictureProps {
  prompt: number[];
  /** Answers of one group at the step that is shown. */
  now: Completion[];
  /** The base's answers to the same problem; there may be none. */
  base: Completion[];
}

/** Equal answers of a group, told once. */
export interface DistinctAnswer extends Completion {
  key: string;
  /** How many of the group they are. */
  count: number;
}

/** The different answers among `completions`: the right ones first, and of both the more frequent first. */
export function distinctAnswers(completions: readonly Completion[]): DistinctAnswer[] {
  const answers = new Map<string, DistinctAnswer>();
  for (const completion of completions) {
    const key = completion.tokens.join();
    const known = answers.get(key);
    if (known) known.count++;
    else
      answers.set(key, {
        ...completion,
        ...{ key, text: completion.text || GROUP_TEXT.empty, count: 1 },
      });
  }
  return [...answers.values()].sort(
    (a, b) => Number(b.correct) - Number(a.correct) || b.count - a.count,
  );
}

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
export function countLucky<Answer extends Pick<Completion, 'correct'>>(
  completions: readonly Answer[],
  checksOf: (completion: Answer) => readonly StepCheck[],
): { right: number; lucky: number } {
  const right = completions.filter(({ correct }) => correct);
  const lucky = right.filter((each) => checksOf(each).some(({ valid }) => !valid));
  return { right: right.length, lucky: lucky.length };
}
