import { randomBits, Stream, type RandomKey } from '../core/random.ts';
import { responseOf } from '../policy/batch.ts';
import type { Policy } from '../policy/policy.ts';
import { showResponse, type Task } from '../tasks/task.ts';

/** One sampled answer. */
export interface ProblemSample {
  text: string;
  /** With the end token, where it has one. */
  tokens: number[];
  correct: boolean;
  /** The verifier's reason, with its particulars. */
  detail: string;
}

/** The random numbers of answers to the held-out problem `index` after a step: every draw has its own. */
export const answersKey = (seed: number, index: number, step: number, draw: number): RandomKey => ({
  ...{ seed, stream: Stream.problemSamples },
  step: randomBits(index, Stream.problemSamples, step, draw),
});

/** `count` answers of a policy to one problem, drawn at a temperature and a top-p, each with what the verifier says. */
export async function answersOf(
  policy: Policy,
  task: Task,
  problem: unknown,
  {
    count,
    temperature,
    topP,
    key,
  }: { count: number; temperature: number; topP: number; key: RandomKey },
): Promise<ProblemSample[]> {
  const prompts = Int32Array.from(task.encode(problem));
  const rollouts = await policy.sample({ prompts, groupSize: count, temperature, topP, key });
  return Array.from({ length: count }, (_, b) => {
    const tokens = responseOf(policy.shape, rollouts, b);
    const { correct, detail } = task.verify(problem, tokens);
    return { text: showResponse(task, tokens), tokens, correct, detail };
  });
}
