import { pretrain, shapeFor } from '../../../src/experiments/pretrain.ts';
import { createReferenceEngine } from '../../../src/policy/reference/engine.ts';
import type { PolicyShape } from '../../../src/policy/shape.ts';
import { createTask, splitProblems, type ProblemSplit } from '../../../src/tasks/registry.ts';
import type { Task } from '../../../src/tasks/task.ts';

export const reference = createReferenceEngine();

export interface TestBase {
  task: Task;
  split: ProblemSplit;
  shape: PolicyShape;
  parameters: Float32Array;
}

const made = new Map<string, Promise<TestBase>>();

/**
 * A base of one layer that is right often enough for groups to teach; one for all tests of a page. Of the same width it
 * has the same shape on any task of the same vocabulary, and so needs no programs of its own.
 */
export function baseOf(
  taskName = 'countdown-3',
  { width = 16, correctFraction = 1 } = {},
): Promise<TestBase> {
  const key = [taskName, width, correctFraction].join();
  if (!made.has(key)) made.set(key, makeBase(taskName, width, correctFraction));
  return made.get(key)!;
}

async function makeBase(
  taskName: string,
  width: number,
  correctFraction: number,
): Promise<TestBase> {
  const task = await createTask(taskName);
  const split = splitProblems(task, 1);
  const shape = shapeFor(task, { width, layers: 1, heads: 4 });
  const settings = {
    seed: 1,
    steps: 200,
    batchSize: 32,
    learningRate: 1e-2,
    correctFraction,
    rarity: 1,
  };
  const rows = pretrain(reference, task, shape, split, settings);
  for (;;) {
    const next = await rows.next();
    if (next.done) return { task, split, shape, parameters: next.value.parameters };
  }
}
