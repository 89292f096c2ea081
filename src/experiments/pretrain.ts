import { cosineOfTurn } from '../core/elementary.ts';
import { randomIndex } from '../core/draws.ts';
import { Stream, uniformSequence } from '../core/random.ts';
import { createBatch } from '../policy/batch.ts';
import { initialParameters } from '../policy/initialise.ts';
import { DEFAULT_ADAM, type Engine, type PolicySnapshot } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { NonFiniteError } from '../rl/step.ts';
import type { ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';
import type { PretrainSettings } from './baseSettings.ts';
import { ofSizes } from './bySize.ts';

export { shapeFor } from './baseSettings.ts';

export interface PretrainRow {
  step: number;
  steps: number;
  /** Mean cross-entropy of the demonstrations' tokens before the step, in nats. */
  loss: number;
}

const WARMUP_STEPS = 50;
const FINAL_LEARNING_RATE_SHARE = 0.05;

/** Linear warm-up over the first 50 steps, then cosine decay to 5 % of `peak` at the last step. */
export function scheduledLearningRate(peak: number, step: number, steps: number): number {
  if (step <= WARMUP_STEPS) return (peak * step) / WARMUP_STEPS;
  const progress = (step - WARMUP_STEPS) / Math.max(1, steps - WARMUP_STEPS);
  const cosine = (1 + cosineOfTurn(progress / 2)) / 2;
  return peak * (FINAL_LEARNING_RATE_SHARE + (1 - FINAL_LEARNING_RATE_SHARE) * cosine);
}

/**
 * Pretrains a policy from its initialisation; yields the loss of every step and returns the result.
 * Maximises the mean log-probability of the demonstrations' tokens, each step on fresh demonstrations.
 * @throws NonFiniteError if the loss stops being a number.
 */
export async function* pretrain(
  engine: Engine,
  task: Task,
  shape: PolicyShape,
  problems: ProblemSplit,
  settings: PretrainSettings,
): AsyncGenerator<PretrainRow, PolicySnapshot> {
  const { demonstratedSize: most } = settings;
  const shown =
    task.sizeOf && most !== undefined
      ? ofSizes(task.sizeOf, problems.train, { least: 0, most })
      : problems.train;
  const policy = await engine.createPolicy(shape, initialParameters(shape, settings.seed));
  try {
    for (let step = 1; step <= settings.steps; step++) {
      const random = uniformSequence({ seed: settings.seed, stream: Stream.demonstrations, step });
      const batch = createBatch(
        shape,
        Array.from({ length: settings.batchSize }, () => {
          const problem = shown[randomIndex(random, shown.length)];
          return {
            prompt: task.encode(problem),
            response: task.demonstrate(problem, settings.correctFraction, random, settings.rarity),
          };
        }),
      );
      const tokens = batch.lengths.reduce((sum, length) => sum + length, 0);
      const { objective } = await policy.update({
        batch,
        temperature: 1,
        weights: { logProb: new Float32Array(batch.responses.length).fill(1 / tokens) },
        optimizer: {
          ...DEFAULT_ADAM,
          learningRate: scheduledLearningRate(settings.learningRate, step, settings.steps),
        },
      });
      if (!Number.isFinite(objective))
        throw new NonFiniteError(step, 'pretraining loss', -objective);
      yield { step, steps: settings.steps, loss: -objective };
    }
    return await policy.snapshot();
  } finally {
    policy.dispose();
  }
}
