import { randomIndex, shuffled } from '../core/draws.ts';
import { Stream, uniformSequence } from '../core/random.ts';
import { gatherBatch, responseOf } from '../policy/batch.ts';
import {
  DEFAULT_ADAM,
  type Batch,
  type Engine,
  type Policy,
  type PolicySnapshot,
} from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { END, type Task } from '../tasks/task.ts';

/**
 * A judge of answers: a network of the policy's shape that begins as the base and whose value output learns to predict
 * verdicts. Its approval of an answer is the value v at the position that predicts the last token, which has read all
 * the others; the loss of an answer is ½ (v − verdict)².
 */
export interface Judge {
  /** [B] how likely each answer is right, about 0 to 1; 0 of one that never ends, whose last token v has not read. */
  approvals(batch: Batch): Promise<Float64Array>;
  /** One step of Adam on the mean loss of the answers. */
  learn(batch: Batch, verdicts: readonly number[]): Promise<void>;
  snapshot(): Promise<PolicySnapshot>;
  dispose(): void;
}

export interface JudgeSettings {
  seed: number;
  /** Answers of the base, with their verdicts, that it learns from before the run. */
  judgeAnswers: number;
  temperature: number;
}

/** How often each answer comes before the run, on average, and answers of an update; more epochs only learn by heart. */
const JUDGE_EPOCHS = 16;
const JUDGE_BATCH = 128;

/** Learns from answers of the base, whose parameters it begins with, to problems of `train`; from a snapshot it goes on. */
export async function createJudge(
  engine: Engine,
  task: Task,
  shape: PolicyShape,
  baseParameters: Float32Array,
  train: readonly unknown[],
  settings: JudgeSettings,
  snapshot: PolicySnapshot | null,
): Promise<Judge> {
  const network = await engine.createPolicy(shape, baseParameters);
  const judge = judgeOf(network, settings.temperature);
  if (snapshot) await network.restore(snapshot);
  else await teach(judge, network, task, train, settings);
  return judge;
}

function judgeOf(network: Policy, temperature: number): Judge {
  const T = network.shape.responseLength;
  const last = ({ lengths }: Batch, b: number): number => b * T + lengths[b]! - 1;
  return {
    async approvals(batch) {
      const { values } = await network.score({ batch, temperature });
      return Float64Array.from(batch.lengths, (_, b) =>
        batch.responses[last(batch, b)] === END ? values[last(batch, b)]! : 0,
      );
    },
    async learn(batch, verdicts) {
      const { values } = await network.score({ batch, temperature });
      const value = new Float32Array(values.length);
      verdicts.forEach((verdict, b) => {
        value[last(batch, b)] = (verdict - values[last(batch, b)]!) / verdicts.length;
      });
      const weights = { logProb: new Float32Array(values.length), value };
      await network.update({ batch, temperature, weights, optimizer: DEFAULT_ADAM });
    },
    snapshot: () => network.snapshot(),
    dispose: () => network.dispose(),
  };
}

/** Samples the answers that the judge learns from, one to a problem at a time, and teaches it their verdicts. */
async function teach(
  judge: Judge,
  network: Policy,
  task: Task,
  train: readonly unknown[],
  { seed, judgeAnswers, temperature }: JudgeSettings,
): Promise<void> {
  const order = shuffled(train, uniformSequence({ seed, stream: Stream.judgeProblems, step: 0 }));
  const problems = Array.from({ length: judgeAnswers }, (_, i) => order[i % order.length]);
  const answers = await network.sample({
    prompts: Int32Array.from(problems.flatMap((problem) => task.encode(problem))),
    groupSize: 1,
    temperature,
    key: { seed, stream: Stream.judgeAnswers, step: 0 },
  });
  const verdicts = problems.map((problem, b) =>
    Number(task.verify(problem, responseOf(network.shape, answers, b)).correct),
  );
  const steps = Math.ceil((JUDGE_EPOCHS * judgeAnswers) / JUDGE_BATCH);
  for (let step = 1; step <= steps; step++) {
    const random = uniformSequence({ seed, stream: Stream.judgeBatches, step });
    const indices = Array.from({ length: JUDGE_BATCH }, () => randomIndex(random, judgeAnswers));
    await judge.learn(
      gatherBatch(network.shape, answers, indices),
      indices.map((index) => verdicts[index]!),
    );
  }
}
