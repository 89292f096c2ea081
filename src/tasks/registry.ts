import { shuffled } from '../core/draws.ts';
import { Stream, uniformSequence } from '../core/random.ts';
import type { Task } from './task.ts';
import { TASKS, variants } from './tasks.ts';

type Variants = { [Family in keyof typeof TASKS]: keyof (typeof TASKS)[Family]['variants'] };
/** The names that {@link createTask} takes. */
export type TaskName = Variants[keyof Variants];
export const TASK_NAMES = [...variants().keys()] as TaskName[];

/** @throws RangeError if there is no task of that name. */
export async function createTask(name: string): Promise<Task> {
  const variant = variants().get(name);
  if (!variant)
    throw new RangeError(`no task is called '${name}'; the tasks are ${TASK_NAMES.join(', ')}`);
  return variant.create();
}

/** The problems of a task in two disjoint sets, each in random order. */
export interface ProblemSplit<Problem = unknown> {
  train: Problem[];
  heldOut: Problem[];
  /** Of a narrow prior: the problems that need the skill which it lacks; `train` and `heldOut` are then without them. */
  beyond?: { train: Problem[]; heldOut: Problem[] };
}

/** One problem of five is held out: never demonstrated, never trained on. */
const HELD_OUT_FRACTION = 0.2;

/** The first of each list, then the second of each, and so on; a list that has ended is passed over. */
function alternate(lists: readonly (readonly unknown[])[]): unknown[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) =>
    lists.flatMap((list) => (i < list.length ? [list[i]] : [])),
  ).flat();
}

/** The problems by kind, see {@link Task.kindOf}, in the order in which the kinds come first. */
function byKind(task: Task, problems: readonly unknown[]): unknown[][] {
  const kinds = new Map<unknown, unknown[]>();
  for (const problem of problems) {
    const kind = task.kindOf ? task.kindOf(problem) : problem;
    const known = kinds.get(kind);
    if (known) known.push(problem);
    else kinds.set(kind, [problem]);
  }
  return [...kinds.values()];
}

/**
 * Holds out whole kinds of problems, in an order drawn by `seed`, until they are a fifth of all or a few more, so that no
 * held-out problem is a training problem in other words. The same seed gives the same split, with both parts in random
 * order. Of a task made of several a fifth of each is held out, and both parts alternate between them, so that the first
 * so many problems hold all domains equally.
 */
export function splitProblems(task: Task, seed: number): ProblemSplit {
  const random = uniformSequence({ seed, stream: Stream.problemSplit, step: 0 });
  const problems = task.allProblems();
  const domains = [...new Set(problems.map((problem) => task.domainOf?.(problem)))].sort();
  const parts = domains.map((domain): ProblemSplit => {
    const ofDomain = problems.filter((problem) => task.domainOf?.(problem) === domain);
    const part: ProblemSplit = { heldOut: [], train: [] };
    // By kind, not by problem: else the large kinds would sooner be held out than the small ones.
    for (const kind of shuffled(byKind(task, ofDomain), random)) {
      const isFull = part.heldOut.length >= ofDomain.length * HELD_OUT_FRACTION;
      part[isFull ? 'train' : 'heldOut'].push(...kind);
    }
    return { heldOut: shuffled(part.heldOut, random), train: shuffled(part.train, random) };
  });
  return {
    heldOut: alternate(parts.map(({ heldOut }) => heldOut)),
    train: alternate(parts.map(({ train }) => train)),
  };
}
