import { Stream } from '../core/random.ts';
import { steadyClock } from '../core/steadyClock.ts';
import type { Engine, Policy, PolicySnapshot } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { LARGEST_DRAWS, rollOut, type Draw } from '../rl/rollouts.ts';
import type { StepMetrics } from '../rl/metrics.ts';
import type { StepResult } from '../rl/step.ts';
import type { Payer } from '../rl/payer.ts';
import type { ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';
import { showGroup, wrongCredit } from './completions.ts';
import { createLearner } from './createLearner.ts';
import type { Finale } from './finale.ts';
import {
  drawProblems,
  nameOf,
  problemsOfStep,
  trainingSplit,
  type StepProblems,
} from './trainingProblems.ts';
import { describeEvaluation, enumerateEvaluation, type EvaluationProblems } from './evaluate.ts';
import { isEvaluated } from './evaluated.ts';
import { rowEvaluation, type EvaluatedRow, type EvaluationParts } from './evaluateRow.ts';
import { unheardEvaluation, untilEvaluated } from './evaluationProgress.ts';
import { EXPERIMENTS, warmStepsOf } from './experiments.ts';
import type { Learner, LearnerState, Teacher } from './learner.ts';
import { payerFor } from './payerFor.ts';
import type { TrainSettings } from './trainSettings.ts';

/**
 * What one step leaves behind, as plain data; evaluations where the settings say so. Row 0 is the base: rolled out and
 * evaluated, not trained.
 */
export interface TrainRow extends StepMetrics, EvaluatedRow {
  /** Of the steps before the experiment itself. */
  phase?: 'warm start';
  /** Seconds that the step took, without the evaluation; the rollouts of the next step may count here. */
  step_time: number;
  /** In the last row, where the settings ask for it. */
  finale?: Finale;
  /** Of power sampling: the share of the chains that took the proposal of this move. */
  acceptance?: number | null;
  /** Of power sampling: the most by which an exact probability of this row can be too large. */
  target_error?: number;
  /** Of tasks that check written steps: see `wrongCredit`. */
  wrong_credit?: number | null;
}

/** A row as a run gives it. */
export interface GivenRow extends TrainRow {
  /** Its evaluation was cancelled: the next row is the same one, with its evaluation. */
  isCut?: true;
}

export interface TrainRun {
  problems: EvaluationProblems;
  rows: AsyncGenerator<GivenRow, void>;
  /** The policy being trained, and the problems solved so far, for checkpoints. */
  policy: Policy;
  solved: ReadonlySet<string>;
  /** What a checkpoint needs beside these and the policy's snapshot. */
  others(): Promise<Pick<Checkpoint, 'learner' | 'judge'>>;
  dispose(): void;
}

/** Where an interrupted run goes on: the state after `step`, and the base that its problems are compared with. */
export interface Checkpoint {
  step: number;
  snapshot: PolicySnapshot;
  baseP: number[];
  /** Prompts of the training problems that a rollout has solved. */
  solved: string[];
  /** What the learner and the judge of the run have gathered, where there is anything. */
  learner?: LearnerState | null;
  judge?: PolicySnapshot | null;
}

/** Looks at what a step was made of; until its row is given, metrics may be missing. */
export type SeeStep = (step: number, result: StepResult) => void;

/**
 * Sets a run up; nothing is computed on the engine before the first row is asked for, but how hard training problems are
 * where they are chosen by that. From a checkpoint, the first row
 * is that of the step after it, and every row is the one that the undisturbed run would have had. `hear` is told how far
 * each evaluation is, and `see` is shown what each step was made of.
 */
export async function startTraining(
  engine: Engine,
  task: Task,
  shape: PolicyShape,
  baseParameters: Float32Array,
  split: ProblemSplit,
  settings: TrainSettings,
  checkpoint: Checkpoint | null = null,
  teacher: Teacher | null = null,
  hear = unheardEvaluation,
  see: SeeStep = () => undefined,
): Promise<TrainRun> {
  const limited = await trainingSplit(task, split, settings, {
    ...{ engine, shape, parameters: baseParameters },
  });
  // First, since it may refuse.
  const sets = enumerateEvaluation(task, shape, limited, settings.evalProblems);
  const policy = await engine.createPolicy(shape, baseParameters);
  if (checkpoint) await policy.restore(checkpoint.snapshot);
  const reference = await engine.createPolicy(shape, baseParameters);
  const solved = new Set(checkpoint?.solved);
  const state = checkpoint?.learner ?? null;
  const parts = { engine, policy, task, split: limited, settings, teacher, state };
  const learner = await createLearner(settings.experiment, parts);
  const payer = await payerFor(parts, baseParameters, checkpoint?.judge ?? null);
  return {
    problems: describeEvaluation(task, shape, sets),
    rows: trainingRows({
      ...{ engine, policy, reference, teacher, task, sets, settings },
      ...{ learner, payer, checkpoint, solved, split: limited, hear, see },
    }),
    policy,
    solved,
    others: async () => ({ learner: learner.state(), judge: (await payer?.snapshot()) ?? null }),
    dispose() {
      learner.dispose();
      payer?.dispose();
      policy.dispose();
      reference.dispose();
    },
  };
}

interface RunParts extends EvaluationParts {
  learner: Learner;
  payer: Payer | null;
  split: ProblemSplit;
  checkpoint: Checkpoint | null;
  solved: Set<string>;
  see: SeeStep;
}

async function* trainingRows(run: RunParts): AsyncGenerator<GivenRow, void> {
  const { policy, reference, learner, payer, task, settings, checkpoint } = run;
  const evaluateRow = rowEvaluation(run, checkpoint?.baseP ?? null);
  const complete = async (row: TrainRow, result: StepResult): Promise<void> => {
    await evaluateRow(row, result);
    if (row.step < settings.steps || settings.finale === 'none') return;
    const { playFinale } = await import('./finale.ts');
    const { engine, sets, hear } = run;
    const request = { engine, task, policy, base: reference, heldOut: sets.heldOut, hear };
    const { seed } = settings;
    row.finale = await playFinale(settings.finale, { ...request, sampler: settings, seed });
  };
  const problemsFor = (step: number): StepProblems =>
    problemsOfStep(task, run.split, settings, run.solved, step);
  /** Hints are for what learns from rewards; the row of the base is without. */
  const settingsAt = (step: number): TrainSettings => {
    const takesHints = EXPERIMENTS[settings.experiment].usesAlgorithm;
    const isHinted = takesHints && step > warmStepsOf(settings);
    return isHinted ? settings : { ...settings, hintShare: 0 };
  };
  const now = steadyClock();
  /** The rollouts of the next step, drawn before the row of this one is given. */
  let ahead: (Draw & StepProblems) | null = null;
  for (let step = checkpoint ? checkpoint.step + 1 : 0; step <= settings.steps; step++) {
    const evaluated = isEvaluated(step, settings);
    const drawsAhead = !evaluated && !learner.drawsItself;
    const { seed } = settings;
    const { problems, trains }: StepProblems = ahead ?? problemsFor(step);
    const started = now();
    const result = await learner.learn({
      policy,
      reference,
      task,
      problems,
      moreProblems: (draw) =>
        drawProblems(run.split, settings, LARGEST_DRAWS * step + draw, Stream.resampledPrompts),
      settings: settingsAt(step),
      seed,
      step,
      ...(payer ? { payer } : {}),
      train: trains,
      measureKl: evaluated,
      ...(ahead ? { drawn: ahead } : {}),
      // An evaluation reads from the device anyway; without one, the next rollouts bring the report along.
      deferReport: drawsAhead,
    });
    ahead = null;
    run.see(step, result);
    const G = settings.groupSize;
    result.drawn.outcomes.forEach((outcome, b) => {
      if (outcome === 1) run.solved.add(nameOf(task, result.drawn.problems[Math.floor(b / G)]));
    });
    if (drawsAhead) {
      const next = { ...problemsFor(step + 1), step: step + 1 };
      const drawing = { policy, task, settings: settingsAt(next.step), seed, ...next };
      ahead = { ...next, ...(await rollOut(drawing)) };
      await result.finish();
    }
    const group = showGroup(task, policy, result);
    const row: TrainRow = {
      step,
      ...(step > 0 && step <= warmStepsOf(settings) ? { phase: 'warm start' } : {}),
      ...result.metrics,
      step_time: (now() - started) / 1000,
      group,
    };
    if (task.checkSteps) row.wrong_credit = wrongCredit(result);
    yield evaluated ? yield* untilEvaluated(row, (whole) => complete(whole, result)) : row;
  }
}
