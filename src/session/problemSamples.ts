import { randomBits, Stream } from '../core/random.ts';
import { responseOf } from '../policy/batch.ts';
import type { Policy } from '../policy/policy.ts';
import { showResponse } from '../tasks/task.ts';
import { heldOutProblem, withPolicies, type Moment } from './moment.ts';

/** One sampled answer. */
export interface ProblemSample {
  text: string;
  /** With the end token, where it has one. */
  tokens: number[];
  correct: boolean;
  /** The verifier's reason, with its particulars. */
  detail: string;
}

export interface ProblemSamples {
  problem: string;
  /** The prompt's tokens. */
  prompt: number[];
  base: ProblemSample[];
  now: ProblemSample[];
}

/** The most answers of a question: as many as training draws at once, so that no engine needs more room for them. */
const MOST = 512;

/**
 * Answers of the base and of the policy of the moment to a held-out problem, drawn as evaluations draw them but from a
 * stream of their own. Both draw with the same numbers, so that at step 0 they are the same answers.
 * @throws RangeError if `count` is not a whole number from 1 to 512.
 */
export async function problemSamples(
  moment: Moment,
  { problem: index, count, draw }: { problem: number; count: number; draw: number },
): Promise<ProblemSamples> {
  if (!Number.isInteger(count) || count < 1 || count > MOST)
    throw new RangeError(
      `the answers to sample are a whole number from 1 to ${MOST}, got ${count}`,
    );
  const { start, settings, checkpoint } = moment;
  const { task } = start;
  const problem = heldOutProblem(moment, index);
  const prompt = task.encode(problem);
  const { seed, evalTemperature: temperature, evalTopP: topP } = settings;
  // Every draw for a problem at a step has numbers of its own.
  const step = randomBits(index, Stream.problemSamples, checkpoint.step, draw);
  const sample = async (policy: Policy): Promise<ProblemSample[]> => {
    const rollouts = await policy.sample({
      prompts: Int32Array.from(prompt),
      groupSize: count,
      temperature,
      topP,
      key: { seed, stream: Stream.problemSamples, step },
    });
    return Array.from({ length: count }, (_, b) => {
      const tokens = responseOf(policy.shape, rollouts, b);
      const { correct, detail } = task.verify(problem, tokens);
      return { text: showResponse(task, tokens), tokens, correct, detail };
    });
  };
  return withPolicies(moment, async ({ base, now }) => ({
    problem: task.showProblem(problem),
    prompt,
    base: await sample(base),
    now: await sample(now),
  }));
}
