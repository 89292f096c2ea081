import { acceptedLogProbs, enumerateAcceptSets } from '../evaluation/exact.ts';
import { responseOf } from '../policy/batch.ts';
import { showResponse } from '../tasks/task.ts';
import { heldOutProblem, withPolicies, type Moment } from './moment.ts';

/** One answer that the verifier accepts, with π(answer | problem) of the base and of the policy of the moment. */
export interface AcceptedAnswer {
  text: string;
  base: number;
  now: number;
}

export interface AcceptedAnswers {
  problem: string;
  /** The whole accept set, the likeliest under the base first. */
  answers: AcceptedAnswer[];
}

/** The accept set of a held-out problem, as evaluations score it, at their temperature. */
export async function acceptedAnswers(
  moment: Moment,
  { problem: index }: { problem: number },
): Promise<AcceptedAnswers> {
  const { task, shape } = moment.start;
  const problem = heldOutProblem(moment, index);
  const sets = enumerateAcceptSets(task, shape, [problem]);
  const { evalTemperature } = moment.settings;
  return withPolicies(moment, async ({ base, now }) => {
    const before = await acceptedLogProbs(base, sets, evalTemperature);
    const after = await acceptedLogProbs(now, sets, evalTemperature);
    const answers = Array.from(sets.batch.lengths, (_, b) => ({
      text: showResponse(task, responseOf(shape, sets.batch, b)),
      base: Math.exp(before[b]!),
      now: Math.exp(after[b]!),
    }));
    return {
      problem: task.showProblem(problem),
      answers: answers.sort((a, b) => b.base - a.base),
    };
  });
}
