import * as GROUP_TEXT from '../../messages/group.ts';
import { showResponse, type Task } from '../../tasks/task.ts';

/** One sampled answer to the problem of a picture. */
export interface Completion {
  /** With its end token, where it has one. */
  tokens: number[];
  correct: boolean;
  /** The verifier's reason, with its particulars. */
  detail: string;
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
  text: string;
  /** How many of the group they are. */
  count: number;
}

/** The different answers among `completions`: the right ones first, and of both the more frequent first. */
export function distinctAnswers(task: Task, completions: readonly Completion[]): DistinctAnswer[] {
  const answers = new Map<string, DistinctAnswer>();
  for (const completion of completions) {
    const key = completion.tokens.join();
    const known = answers.get(key);
    if (known) known.count++;
    else {
      const text = showResponse(task, completion.tokens) || GROUP_TEXT.empty;
      answers.set(key, { ...completion, key, text, count: 1 });
    }
  }
  return [...answers.values()].sort(
    (a, b) => Number(b.correct) - Number(a.correct) || b.count - a.count,
  );
}
