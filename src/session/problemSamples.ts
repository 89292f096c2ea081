import { answersKey, answersOf, type ProblemSample } from '../evaluation/problemAnswers.ts';
import type { Policy } from '../policy/policy.ts';
import { heldOutProblem, withPolicies, type Moment } from './moment.ts';

export interface ProblemSamples {
  /** The moment's. */
  step: number;
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
  const key = answersKey(seed, index, checkpoint.step, draw);
  const sample = (policy: Policy): Promise<ProblemSample[]> =>
    answersOf(policy, task, problem, { count, temperature, topP, key });
  return withPolicies(moment, async ({ base, now }) => ({
    step: checkpoint.step,
    problem: task.showProblem(problem),
    prompt,
    base: await sample(base),
    now: await sample(now),
  }));
}
