import { solutionTree, type SolutionTree } from '../evaluation/solutionTree.ts';
import { heldOutProblem, withPolicies, type Moment } from './moment.ts';

export interface ProblemTree extends SolutionTree {
  problem: string;
  /** The prompt's tokens. */
  prompt: number[];
}

/** The solution tree of a held-out problem, with tokens drawn as evaluations draw them. */
export async function problemTree(
  moment: Moment,
  { problem: index }: { problem: number },
): Promise<ProblemTree> {
  const { task } = moment.start;
  const problem = heldOutProblem(moment, index);
  const { evalTemperature: temperature, evalTopP: topP } = moment.settings;
  const tree = await withPolicies(moment, (policies) =>
    solutionTree(policies, task, problem, { temperature, topP }),
  );
  return { problem: task.showProblem(problem), prompt: task.encode(problem), ...tree };
}
