import type { AcceptSets } from '../evaluation/exact.ts';
import { klFromBase } from '../evaluation/movement.ts';
import { solvableSets, type SolvableSets } from '../evaluation/solvable.ts';
import type { Engine, Policy } from '../policy/policy.ts';
import type { StepResult } from '../rl/step.ts';
import type { Task } from '../tasks/task.ts';
import type { AnswerMeasures, BasePerplexity } from './answerMeasures.ts';
import { baseCompletions, wrongStepShare, type CompletionGroup } from './completions.ts';
import {
  ANSWERS_OF_A_PROBLEM,
  countProblems,
  PASSES_OF_ANSWERS,
  type EvaluationPart,
  type HearEvaluation,
} from './evaluationProgress.ts';
import { evaluate, samplePassAtK, type Evaluations, type EvaluationSets } from './evaluate.ts';
import type { createForwardKl } from './forwardKl.ts';
import type { Teacher } from './learner.ts';
import type { TrainSettings } from './trainSettings.ts';

/** Of the row of a step what its evaluation needs and adds. */
export interface EvaluatedRow extends Partial<Evaluations> {
  step: number;
  /**
   * The first group of the step that holds both right and wrong completions, else its first group. A recording has it
   * only where there is an evaluation.
   */
  group?: CompletionGroup;
  solvable?: SolvableSets;
  /**
   * Where there is an evaluation, of tasks that check written steps: the share of the step's rewarded rollouts with an
   * invalid step, null where none is rewarded.
   */
  wrong_steps?: number | null;
  /** Where there is an evaluation and `answerProblems` asks for it. */
  answers?: AnswerMeasures;
}

/** What the evaluations of a run are made of. */
export interface EvaluationParts {
  engine: Engine;
  policy: Policy;
  /** The base, frozen. */
  reference: Policy;
  teacher: Teacher | null;
  task: Task;
  sets: EvaluationSets;
  settings: TrainSettings;
  hear: HearEvaluation;
}

const partOf = ({ problems, owner }: AcceptSets): EvaluationPart => ({
  problems: problems.length,
  sequences: owner.length,
});

/**
 * What adds an evaluation to a row, given the step that it is of. What all rows compare with is computed for the first of
 * them: the base's probabilities, unless a checkpoint knows them as `knownP`, and the perplexities that need no policy
 * but the base and the teacher.
 */
export function rowEvaluation(
  { engine, policy, reference, teacher, task, sets, settings, hear }: EvaluationParts,
  knownP: number[] | null,
): (row: EvaluatedRow, result: StepResult) => Promise<void> {
  const { seed, temperature, evalSamples, klSamples, answerProblems } = settings;
  const { problems } = sets.heldOut;
  let baseP = knownP;
  let known: BasePerplexity | null = null;
  let forwardKl: Awaited<ReturnType<typeof createForwardKl>> | null = null;
  return async (row, result) => {
    const { step, group } = row;
    const some = problems.slice(0, answerProblems);
    // The base's answers, and those of the teacher if there is one, are measured for the first row only.
    const measured = 1 + (known ? 0 : 1 + (teacher ? 1 : 0));
    const passes = PASSES_OF_ANSWERS * measured * some.length;
    const did = await countProblems(hear, [
      ...[sets.heldOut, sets.train, ...(sets.beyond ? [sets.beyond] : [])].map(partOf),
      ...(evalSamples > 0
        ? [{ problems: problems.length, sequences: evalSamples * problems.length }]
        : []),
      { problems: passes, sequences: ANSWERS_OF_A_PROBLEM * passes },
    ]);
    if (group)
      group.base = await baseCompletions(reference, task, group.prompt, settings, seed, step);
    if (task.checkSteps) row.wrong_steps = wrongStepShare(result.drawn);
    const evaluations = await evaluate(policy, sets, settings, did);
    const { heldOut } = Object.assign(row, evaluations);
    if (task.domainOf) {
      const { passAtByDomain } = await import('./byDomain.ts');
      heldOut.domains = passAtByDomain(task.domainOf, problems, heldOut.p);
      // What one domain costs the other is asked where only one is trained on.
      if (settings.domains !== 'all') {
        const { createForwardKl } = await import('./forwardKl.ts');
        forwardKl ??= await createForwardKl(
          ...([reference, { ...task, domainOf: task.domainOf }, problems, settings] as const),
        );
        heldOut.forwardKl = await forwardKl(policy);
      }
    }
    heldOut.kl = await klFromBase(
      ...([policy, reference, task, problems, temperature, seed, step, klSamples] as const),
    );
    baseP ??= heldOut.p;
    row.solvable = solvableSets(baseP, heldOut.p);
    if (evalSamples > 0)
      heldOut.sampled = await samplePassAtK(
        ...([policy, task, sets.heldOut, heldOut.p, settings, step, did] as const),
      );
    if (answerProblems > 0) {
      const { basePerplexity, measureAnswers } = await import('./answerMeasures.ts');
      const parts = [task, some, settings] as const;
      known ??= await basePerplexity(engine, reference, teacher, ...parts, did);
      row.answers = await measureAnswers(policy, reference, ...parts, known, did);
    }
  };
}
