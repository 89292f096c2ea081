import type { PolicyShape } from '../policy/shape.ts';
import type { Task } from '../tasks/task.ts';

/** How a base policy is made: supervised learning on demonstrations of the training problems. */
export interface PretrainSettings {
  seed: number;
  steps: number;
  /** Demonstrations a step. */
  batchSize: number;
  learningRate: number;
  /** Share of demonstrations that are correct; the others are well-formed and wrong. */
  correctFraction: number;
  /** ρ, how rare the task's skill is in demonstrations; see `drawByHabit`. */
  rarity: number;
  /** Of tasks whose problems have sizes: the largest that is shown; all of them where it is missing. */
  demonstratedSize?: number;
}

export const DEFAULT_PRETRAIN: PretrainSettings = {
  seed: 1,
  steps: 1200,
  batchSize: 128,
  learningRate: 3e-3,
  correctFraction: 0.3,
  rarity: 1,
};

/** The policy shape for a task at a given size of network. */
export function shapeFor(
  task: Task,
  size: { width: number; layers: number; heads: number },
): PolicyShape {
  return {
    vocabulary: task.vocabulary.tokens.length,
    outputs: task.vocabulary.outputs,
    promptLength: task.promptLength,
    responseLength: task.responseLength,
    ...size,
  };
}
