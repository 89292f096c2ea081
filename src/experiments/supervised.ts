import { shuffled } from '../core/draws.ts';
import { Stream, uniformSequence } from '../core/random.ts';
import { gatherBatch, joinBatches, responseOf } from '../policy/batch.ts';
import type { Batch, Policy, Rollouts } from '../policy/policy.ts';
import { finishWith, trainingStep, type StepRequest, type StepResult } from '../rl/step.ts';
import type { Task } from '../tasks/task.ts';

/** Answers of an update. */
export const SUPERVISED_BATCH = 128;

/** Answers sampled at once, no more than a step of the standard settings draws. */
const SAMPLED_AT_ONCE = 512;

/**
 * One answer of the policy to each problem, in parts: those of part i have the key's step + i. What is drawn depends on
 * the key, not on how a device cuts it up.
 */
export async function answersTo(
  policy: Policy,
  task: Task,
  problems: readonly unknown[],
  temperature: number,
  key: { seed: number; stream: number; step: number },
): Promise<Batch> {
  const parts: Rollouts[] = [];
  for (let from = 0; from < problems.length; from += SAMPLED_AT_ONCE) {
    const part = problems.slice(from, from + SAMPLED_AT_ONCE);
    parts.push(
      await policy.sample({
        prompts: Int32Array.from(part.flatMap((problem) => task.encode(problem))),
        groupSize: 1,
        temperature,
        key: { ...key, step: key.step + parts.length },
      }),
    );
  }
  return joinBatches(parts);
}

/** The answers of a batch that the task's verifier accepts. */
export function rightAnswers(
  { shape }: Policy,
  task: Task,
  problems: readonly unknown[],
  answers: Batch,
): Batch {
  const isRight = (b: number): boolean =>
    task.verify(problems[b], responseOf(shape, answers, b)).correct;
  return gatherBatch(shape, answers, [...problems.keys()].filter(isRight));
}

/**
 * The indices of the `batch`-th batch (from 0) of 128 out of `count` answers: they go round in random orders, one order
 * an epoch, so that none comes again before all the others have. The epochs are numbered from `firstEpoch`.
 */
export function supervisedIndices(
  count: number,
  batch: number,
  seed: number,
  firstEpoch = 0,
): number[] {
  const orders = new Map<number, number[]>();
  const orderOf = (epoch: number): number[] => {
    const key = { seed, stream: Stream.supervisedBatches, step: firstEpoch + epoch };
    const inOrder = Array.from({ length: count }, (_, i) => i);
    return shuffled(inOrder, uniformSequence(key));
  };
  return Array.from({ length: SUPERVISED_BATCH }, (_, i) => {
    const place = batch * SUPERVISED_BATCH + i;
    const epoch = Math.floor(place / count);
    if (!orders.has(epoch)) orders.set(epoch, orderOf(epoch));
    return orders.get(epoch)![place % count]!;
  });
}

/** The rollouts of a step, with its metrics, and no update yet; without the parts of an algorithm that cost more. */
export async function rolledOut(request: StepRequest): Promise<StepResult> {
  const { settings } = request;
  const plain = { ...settings, advantage: 'group-centered', klCoefficient: 0 } as const;
  const result = await trainingStep({
    ...request,
    settings: { ...plain, reward: 'outcome', filter: 'none' },
    train: false,
  });
  // Nothing is made of the rewards.
  result.advantages.fill(0);
  return result;
}

/**
 * One update uphill on the mean log-probability of the answers' tokens, (1/N) Σ_{b,t} log π(y_bt | …) over their N
 * tokens; it gives the step its loss, the mean cross-entropy in nats before the update, and its gradient norm.
 * The last part of a step, whose report may be deferred as in `trainingStep`.
 */
export async function superviseStep(
  request: StepRequest,
  result: StepResult,
  answers: Batch,
): Promise<void> {
  const { policy, settings, step, deferReport } = request;
  const tokens = answers.lengths.reduce((sum, length) => sum + length, 0);
  const reported = policy.update({
    batch: answers,
    temperature: settings.temperature,
    weights: { logProb: new Float32Array(answers.responses.length).fill(1 / tokens) },
    optimizer: settings.optimizer,
    deferReport: deferReport === true,
  });
  await finishWith(result, step, reported, deferReport === true, (objective) => -objective);
}
