import { meanPassAtK, REPORTED_KS } from '../core/passAtK.ts';
import { shuffled, Stream, uniformSequence } from '../core/random.ts';
import {
  enumerateAcceptSets,
  exactSuccess,
  uniformGuessSuccess,
  type AcceptSets,
} from '../evaluation/exact.ts';
import { countCorrect, estimatePassAtK, type SampledPassAtK } from '../evaluation/sampled.ts';
import { solvableSets, type SolvableSets } from '../evaluation/solvable.ts';
import { responseOf } from '../policy/batch.ts';
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
import { showResponse, type Task } from '../tasks/task.ts';

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

export interface Evaluation {
  /** Mean exact pass@k by k. */
  passAt: Record<string, number>;
  /** Exact success probability of each problem. */
  p: number[];
}

/** One completion of the group that a row shows. */
export interface Completion {
  text: string;
  correct: boolean;
  detail: string;
  advantage: number;
  /** Σ_t log π of its tokens when it was drawn, in nats. */
  logProb: number;
}

export interface CompletionGroup {
  problem: string;
  completions: Completion[];
}

/** What one step leaves behind, as plain data. Row 0 is the base: rolled out and evaluated, not trained. */
export interface TrainRow extends StepMetrics {
  step: number;
  /** Seconds that the step took, without the evaluation; the rollouts of the next step may count here. */
  step_time: number;
  /**
   * The first group of the step that holds both right and wrong completions, else its first group. A recording has it
   * only where there is an evaluation.
   */
  group?: CompletionGroup;
  heldOut?: Evaluation & { sampled?: SampledPassAtK };
  train?: Evaluation;
  solvable?: SolvableSets;
}

/** What stays the same over a run: the problems that are evaluated, and chance. */
export interface EvaluationProblems {
  heldOut: string[];
  /** The size of each held-out problem's accept set. */
  acceptCounts: number[];
  /** p of each held-out problem under uniformly random tokens. */
  chanceP: number[];
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
  const policy = await engine.createPolicy(shape, baseParameters);
  if (checkpoint) await policy.restore(checkpoint.snapshot);
  const reference = await engine.createPolicy(shape, baseParameters);
  const heldOut = enumerateAcceptSets(task, shape, split.heldOut.slice(0, settings.evalProblems));
  const train = enumerateAcceptSets(task, shape, split.train.slice(0, settings.evalProblems));
  return {
    problems: {
      heldOut: heldOut.problems.map((problem) => task.showProblem(problem)),
      acceptCounts: heldOut.counts,
      chanceP: uniformGuessSuccess(heldOut, shape.outputs),
    },
    rows: trainingRows({ policy, reference, task, split, heldOut, train, settings, checkpoint }),
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
  heldOut: AcceptSets;
  train: AcceptSets;
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
    const problemsOf = (step: number): unknown[] => drawProblems(run.split.train, settings, step);
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
    const row: TrainRow = {
      step,
      ...result.metrics,
      step_time: (performance.now() - started) / 1000,
      group: showGroup(task, policy.shape, problems, settings.groupSize, result),
    };
    if (evaluated) {
      const heldOut = await evaluate(policy, run.heldOut, settings);
      baseP ??= heldOut.p;
      row.heldOut = heldOut;
      row.train = await evaluate(policy, run.train, settings);
      row.solvable = solvableSets(baseP, heldOut.p);
      if (settings.evalSamples > 0) {
        const { evalSamples, evalTemperature, seed } = settings;
        const { problems } = run.heldOut;
        const correct = await countCorrect(
          policy,
          task,
          problems,
          evalSamples,
          evalTemperature,
          seed,
          step,
        );
        row.heldOut.sampled = estimatePassAtK(correct, evalSamples, heldOut.p);
      }
    }
    yield row;
  }
}

/** The P training problems of a step, without replacement where there are as many. */
export function drawProblems(
  train: readonly unknown[],
  { seed, promptsPerStep }: Pick<TrainSettings, 'seed' | 'promptsPerStep'>,
  step: number,
): unknown[] {
  const random = uniformSequence({ seed, stream: Stream.trainingPrompts, step });
  return shuffled(train, random).slice(0, promptsPerStep);
}

async function evaluate(
  policy: Policy,
  sets: AcceptSets,
  settings: TrainSettings,
): Promise<Evaluation> {
  const { p } = await exactSuccess(policy, sets, settings.evalTemperature);
  return {
    passAt: Object.fromEntries(REPORTED_KS.map((k) => [k, meanPassAtK(p, k)])),
    p,
  };
}

function showGroup(
  task: Task,
  shape: PolicyShape,
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
  const T = shape.responseLength;
  return {
    problem: task.showProblem(problems[start / groupSize]),
    completions: Array.from({ length: groupSize }, (_, i) => {
      const b = start + i;
      let logProb = 0;
      for (let t = 0; t < rollouts.lengths[b]!; t++) logProb += rollouts.logProbs[b * T + t]!;
      return {
        text: showResponse(task, responseOf(shape, rollouts, b)),
        correct: verdicts[b]!.correct,
        detail: verdicts[b]!.detail,
        advantage: advantages[b]!,
        logProb,
      };
    }),
  };
}
