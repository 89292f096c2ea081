import type { ProblemSplit } from './registry.ts';
import type { Task } from './task.ts';

/**
 * What a base was shown, by the rarity ρ of the task's {@link Skill} in its demonstrations: of everything alike (1), of one
 * skill little (a ρ between), or never (0).
 */
export type Prior = 'long-tailed' | 'broad' | 'narrow';

/** ρ of a prior; `rarity` is that of a long-tailed one. */
export function rarityOf({ prior, rarity }: { prior: Prior; rarity: number }): number {
  return prior === 'long-tailed' ? rarity : prior === 'broad' ? 1 : 0;
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

/** The problems as a base of the prior sees them: a narrow one was shown none of those that need the skill. */
export const splitFor = (prior: Prior, task: Task, split: ProblemSplit): ProblemSplit =>
  prior === 'narrow' ? splitBySkill(task, split) : split;
