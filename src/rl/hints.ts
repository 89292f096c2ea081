import { randomIndex } from '../core/draws.ts';
import type { RandomSource } from '../core/random.ts';
import type { PolicyShape } from '../policy/shape.ts';
import type { Task } from '../tasks/task.ts';
import type { StepSettings } from './stepSettings.ts';

/**
 * What the answers to some problems begin with: for the first round(P · hintShare) of P problems, the same for every
 * member of a group, a right answer's first n tokens, the answer drawn evenly from all right ones and n from 1 up to all
 * but the last token before its end. [B, T], see `SampleRequest`; a problem whose right answers are all of one token gets none.
 *
 * Only what the policy adds is trained on and counted. Source: POPE, Qu et al. 2026, arXiv 2601.18779, where the hint stands
 * in the prompt, is as long as a few samples need to be right once, and answers without one are drawn to the same problem too.
 */
export function beginningsFor(
  task: Task,
  { responseLength: T }: PolicyShape,
  problems: readonly unknown[],
  { groupSize, hintShare }: Pick<StepSettings, 'groupSize' | 'hintShare'>,
  random: RandomSource,
): Int32Array {
  const beginnings = new Int32Array(problems.length * groupSize * T);
  problems.slice(0, Math.round(problems.length * hintShare)).forEach((problem, p) => {
    const right = task.acceptSet(problem).filter(({ length }) => length > 2);
    if (right.length === 0) return;
    const answer = right[randomIndex(random, right.length)]!;
    const hint = answer.slice(0, 1 + randomIndex(random, answer.length - 2));
    for (let g = 0; g < groupSize; g++) beginnings.set(hint, (p * groupSize + g) * T);
  });
  return beginnings;
}
