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
import type { Engine, Policy, PolicySnapshot } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { isMixed, LARGEST_DRAWS, rollOut, type Draw } from '../rl/rollouts.ts';
import { trainingStep, type StepMetrics, type StepResult, type StepSettings } from '../rl/step.ts';
import type { ProblemSplit } from '../tasks/registry.ts';
import { showResponse, type Task } from '../tasks/task.ts';

/** Everything that decides a run of RLVR, given its base policy and problems. */
export interface TrainSettings extends StepSettings {
  seed: number;
  /** The run ends after this step. */
  steps: number;
  /** P, the training problems of a step, drawn without replacement. */
  promptsPerStep: number;
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
  /** The mean over its tokens, which with most estimators share one. */
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
  /** The policy being trained, and the problems solved so far, for checkpoints. */
  policy: Policy;
  solved: ReadonlySet<string>;
  dispose(): void;
}

/** Where an interrupted run goes on: the state after `step`, and the base that its problems are compared with. */
export interface Checkpoint {
  step: number;
  snapshot: PolicySnapshot;
  baseP: number[];
  /** Prompts of the training problems that a rollout has solved. */
  solved: string[];
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
  const solved = new Set(checkpoint?.solved);
  const acceptCounts = new Array<number>(heldOut.problems.length).fill(0);
  for (const owner of heldOut.owner) acceptCounts[owner]!++;
  return {
    problems: {
      heldOut: heldOut.problems.map((problem) => task.showProblem(problem)),
      acceptCounts,
      chanceP: uniformGuessSuccess(heldOut, shape.outputs),
    },
    rows: trainingRows({
      policy,
      reference,
      task,
      split,
      heldOut,
      train,
      settings,
      checkpoint,
      solved,
    }),
    policy,
    solved,
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
  solved: Set<string>;
}

/** The name of a problem in the set of the solved ones. */
const nameOf = (task: Task, problem: unknown): string => task.encode(problem).join();

async function* trainingRows(run: RunParts): AsyncGenerator<TrainRow, void> {
  const { policy, reference, task, settings, checkpoint } = run;
  let baseP = checkpoint?.baseP ?? null;
  /** The rollouts of the next step, drawn before the row of this one is given. */
  let ahead: Draw | null = null;
  for (let step = checkpoint ? checkpoint.step + 1 : 0; step <= settings.steps; step++) {
    const evaluated = step % settings.evalEvery === 0 || step === settings.steps;
    const { seed } = settings;
    const candidates = (): readonly unknown[] =>
      settings.filter === 'unsolved'
        ? run.split.train.filter((problem) => !run.solved.has(nameOf(task, problem)))
        : run.split.train;
    const unsolved = candidates();
    // Where nothing is left to solve, the step still shows how the policy fares, and trains nothing.
    const problemsOf = (candidates: readonly unknown[], step: number): unknown[] =>
      drawProblems(candidates.length > 0 ? candidates : run.split.train, settings, step);
    const problems = ahead?.problems ?? problemsOf(unsolved, step);
    const started = performance.now();
    const result = await trainingStep({
      policy,
      reference,
      task,
      problems,
      moreProblems: (draw) =>
        drawProblems(
          run.split.train,
          settings,
          LARGEST_DRAWS * step + draw,
          Stream.resampledPrompts,
        ),
      settings,
      seed,
      step,
      train: step > 0 && unsolved.length > 0,
      measureKl: evaluated,
      ...(ahead ? { drawn: ahead } : {}),
      // An evaluation reads from the device anyway; without one, the next rollouts bring the report along.
      deferReport: !evaluated,
    });
    ahead = null;
    const G = settings.groupSize;
    result.drawn.outcomes.forEach((outcome, b) => {
      if (outcome === 1) run.solved.add(nameOf(task, result.drawn.problems[Math.floor(b / G)]));
    });
    if (!evaluated) {
      const next = step + 1;
      ahead = await rollOut({
        policy,
        task,
        problems: problemsOf(candidates(), next),
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
      group: showGroup(task, policy.shape, result),
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
  stream: number = Stream.trainingPrompts,
): unknown[] {
  const random = uniformSequence({ seed, stream, step });
  return shuffled(train, random).slice(0, promptsPerStep);
}

async function evaluate(
  policy: Policy,
  sets: AcceptSets,
  settings: TrainSettings,
): Promise<Evaluation> {
  const p = await exactSuccess(policy, sets, settings.evalTemperature);
  return {
    passAt: Object.fromEntries(REPORTED_KS.map((k) => [k, meanPassAtK(p, k)])),
    p,
  };
}

function showGroup(
  task: Task,
  shape: PolicyShape,
  { drawn, batch, advantages }: StepResult,
): CompletionGroup {
  const shown = batch ?? drawn;
  const { rollouts, problems, verdicts } = shown;
  const T = shape.responseLength;
  const groupSize = verdicts.length / problems.length;
  const group = Math.max(
    0,
    problems.findIndex((_, index) => isMixed(shown, index)),
  );
  return {
    problem: task.showProblem(problems[group]),
    completions: Array.from({ length: groupSize }, (_, i) => {
      const b = group * groupSize + i;
      const sum = (values: ArrayLike<number>): number => {
        let total = 0;
        for (let at = b * T; at < b * T + rollouts.lengths[b]!; at++) total += values[at]!;
        return total;
      };
      return {
        text: showResponse(task, responseOf(shape, rollouts, b)),
        correct: verdicts[b]!.correct,
        detail: verdicts[b]!.detail,
        advantage: sum(advantages) / rollouts.lengths[b]!,
        logProb: sum(rollouts.logProbs),
      };
    }),
  };
}
