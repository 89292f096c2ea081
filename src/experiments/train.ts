import { shuffled, Stream, uniformSequence } from '../core/random.ts';
import { countCorrect, estimatePassAtK } from '../evaluation/sampled.ts';
import { solvableSets, type SolvableSets } from '../evaluation/solvable.ts';
import type { Engine, Policy, PolicySnapshot, Rollouts } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import {
  rollOut,
  trainingStep,
  type StepMetrics,
  type StepResult,
  type StepSettings,
} from '../rl/step.ts';
import type { ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';
import {
  baseCompletions,
  showCompletion,
  wrongStepShare,
  type CompletionGroup,
} from './completions.ts';
import {
  describeEvaluation,
  enumerateEvaluation,
  evaluate,
  type Evaluations,
  type EvaluationProblems,
  type EvaluationSets,
} from './evaluate.ts';

/** Everything that decides a run of RLVR, given its base policy and problems. */
export interface TrainSettings extends StepSettings {
  seed: number;
  /** The run ends after this step. */
  steps: number;
  /** P, the training problems of a step, drawn without replacement. */
  promptsPerStep: number;
  /** Share of them from beyond the prior, where the split has such problems. */
  beyondShare: number;
  /** An evaluation after every so many steps, and after the last. */
  evalEvery: number;
  /** Problems evaluated, of the held-out and of the training set each. */
  evalProblems: number;
  /** Samples a problem for the sampled estimate of pass@k; 0 leaves it out. */
  evalSamples: number;
  evalTemperature: number;
}

/**
 * What one step leaves behind, as plain data; evaluations where the settings say so. Row 0 is the base: rolled out and
 * evaluated, not trained.
 */
export interface TrainRow extends StepMetrics, Partial<Evaluations> {
  step: number;
  /** Seconds that the step took, without the evaluation; the rollouts of the next step may count here. */
  step_time: number;
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
}

export interface TrainRun {
  problems: EvaluationProblems;
  rows: AsyncGenerator<TrainRow, void>;
  /** The policy being trained, for checkpoints. */
  policy: Policy;
  dispose(): void;
}

/** Where an interrupted run goes on: the state after `step`, and the base that its problems are compared with. */
export interface Checkpoint {
  step: number;
  snapshot: PolicySnapshot;
  baseP: number[];
}

/**
 * Sets a run up; nothing is computed on the engine before the first row is asked for. From a checkpoint, the first row
 * is that of the step after it, and every row is the one that the undisturbed run would have had.
 */
export async function startTraining(
  engine: Engine,
  task: Task,
  shape: PolicyShape,
  baseParameters: Float32Array,
  split: ProblemSplit,
  settings: TrainSettings,
  checkpoint: Checkpoint | null = null,
): Promise<TrainRun> {
  // First, since it may refuse.
  const sets = enumerateEvaluation(task, shape, split, settings.evalProblems);
  const policy = await engine.createPolicy(shape, baseParameters);
  if (checkpoint) await policy.restore(checkpoint.snapshot);
  const reference = await engine.createPolicy(shape, baseParameters);
  return {
    problems: describeEvaluation(task, shape, sets),
    rows: trainingRows({ policy, reference, task, split, sets, settings, checkpoint }),
    policy,
    dispose() {
      policy.dispose();
      reference.dispose();
    },
  };
}

interface RunParts {
  policy: Policy;
  reference: Policy;
  task: Task;
  split: ProblemSplit;
  sets: EvaluationSets;
  settings: TrainSettings;
  checkpoint: Checkpoint | null;
}

async function* trainingRows(run: RunParts): AsyncGenerator<TrainRow, void> {
  const { policy, reference, task, settings, checkpoint } = run;
  let baseP = checkpoint?.baseP ?? null;
  /** The rollouts of the next step, drawn before the row of this one is given. */
  let ahead: Rollouts | null = null;
  for (let step = checkpoint ? checkpoint.step + 1 : 0; step <= settings.steps; step++) {
    const evaluated = step % settings.evalEvery === 0 || step === settings.steps;
    const { seed } = settings;
    const problemsOf = (step: number): unknown[] => drawProblems(run.split, settings, step);
    const problems = problemsOf(step);
    const started = performance.now();
    const result = await trainingStep({
      policy,
      reference,
      task,
      problems,
      settings,
      seed,
      step,
      train: step > 0,
      measureKl: evaluated,
      ...(ahead ? { rollouts: ahead } : {}),
      // An evaluation reads from the device anyway; without one, the next rollouts bring the report along.
      deferReport: !evaluated,
    });
    ahead = null;
    if (!evaluated) {
      const next = step + 1;
      ahead = await rollOut({
        policy,
        task,
        problems: problemsOf(next),
        settings,
        seed,
        step: next,
      });
      await result.finish();
    }
    const group = showGroup(task, policy, problems, settings.groupSize, result);
    const row: TrainRow = {
      step,
      ...result.metrics,
      step_time: (performance.now() - started) / 1000,
      group,
    };
    if (evaluated) {
      group.base = await baseCompletions(reference, task, group.prompt, settings, seed, step);
      if (task.checkSteps)
        row.wrong_steps = wrongStepShare(task, policy, problems, settings.groupSize, result);
      const evaluations = await evaluate(policy, run.sets, settings.evalTemperature);
      const { heldOut } = Object.assign(row, evaluations);
      baseP ??= heldOut.p;
      row.solvable = solvableSets(baseP, heldOut.p);
      if (settings.evalSamples > 0) {
        const { evalSamples, evalTemperature } = settings;
        const { problems } = run.sets.heldOut;
        const correct = await countCorrect(
          policy,
          task,
          problems,
          evalSamples,
          evalTemperature,
          seed,
          step,
        );
        heldOut.sampled = estimatePassAtK(correct, evalSamples, heldOut.p);
      }
    }
    yield row;
  }
}

/**
 * The P training problems of a step, without replacement where there are as many. Of a split with problems beyond the
 * prior, round(P · beyondShare) are from there, if it has as many, and the others from within.
 */
export function drawProblems(
  { train, beyond }: ProblemSplit,
  {
    seed,
    promptsPerStep,
    beyondShare,
  }: Pick<TrainSettings, 'seed' | 'promptsPerStep' | 'beyondShare'>,
  step: number,
): unknown[] {
  const random = uniformSequence({ seed, stream: Stream.trainingPrompts, step });
  const within = shuffled(train, random);
  if (!beyond) return within.slice(0, promptsPerStep);
  const fromBeyond = shuffled(beyond.train, random).slice(
    0,
    Math.round(promptsPerStep * beyondShare),
  );
  return [...within.slice(0, promptsPerStep - fromBeyond.length), ...fromBeyond];
}

function showGroup(
  task: Task,
  policy: Policy,
  problems: readonly unknown[],
  groupSize: number,
  { rollouts, verdicts, rewards, advantages }: StepResult,
): CompletionGroup {
  const starts = Array.from(
    { length: rewards.length / groupSize },
    (_, group) => group * groupSize,
  );
  const isMixed = (start: number): boolean =>
    new Set(rewards.slice(start, start + groupSize)).size > 1;
  const start = starts.find(isMixed) ?? 0;
  const problem = problems[start / groupSize];
  return {
    problem: task.showProblem(problem),
    prompt: task.encode(problem),
    completions: Array.from({ length: groupSize }, (_, i) => {
      const b = start + i;
      return showCompletion(task, policy, problem, rollouts, b, verdicts[b]!, advantages[b]!);
    }),
  };
}
