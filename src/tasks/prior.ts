import type { RandomSource } from '../core/random.ts';
import type { ProblemSplit } from './registry.ts';
import type { Task } from './task.ts';

/** What a base was shown: demonstrations of everything, or none that uses the task's {@link Skill}. */
export type Prior = 'broad' | 'narrow';

/**
 * So many draws, at most, for one demonstration without the skill. Where one draw of 1,000 lacks it they fail for one
 * demonstration of 22,000; of Countdown's problems the hardest has one of 29.
 */
const MOST_DRAWS = 10_000;

/**
 * The task whose demonstrations never use the skill's token; all else is the task's own. Right ones stay as frequent:
 * whether a demonstration is right is drawn first, and only then is it drawn again until it lacks the token.
 * @throws RangeError (of its `demonstrate`) if the problem has no such demonstration in 10,000 draws.
 */
export function withoutSkill<Problem>(task: Task<Problem>): Task<Problem> {
  const { token, label } = task.skill;
  return {
    ...task,
    demonstrate(problem, correctFraction, random: RandomSource) {
      const right = random() < correctFraction ? 1 : 0;
      for (let draw = 0; draw < MOST_DRAWS; draw++) {
        const response = task.demonstrate(problem, right, random);
        if (!response.includes(token)) return response;
      }
      throw new RangeError(
        `${task.showProblem(problem)}: each of ${MOST_DRAWS} ${right ? 'right' : 'wrong'} demonstrations uses ${label}`,
      );
    },
  };
}

/** The split with its problems that need the task's skill apart, each part in the order that it had. */
export function splitBySkill(task: Task, { train, heldOut }: ProblemSplit): ProblemSplit {
  const isBeyond = (problem: unknown): boolean => task.skill.isNeeded(problem);
  const isWithin = (problem: unknown): boolean => !isBeyond(problem);
  return {
    train: train.filter(isWithin),
    heldOut: heldOut.filter(isWithin),
    beyond: { train: train.filter(isBeyond), heldOut: heldOut.filter(isBeyond) },
  };
}

/** A task and its problems as a base of the prior sees them: a broad one as they are. */
export function withPrior(
  prior: Prior,
  task: Task,
  split: ProblemSplit,
): { task: Task; split: ProblemSplit } {
  return prior === 'broad'
    ? { task, split }
    : { task: withoutSkill(task), split: splitBySkill(task, split) };
}
