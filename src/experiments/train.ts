import { Stream } from '../core/random.ts';
import { klFromBase } from '../evaluation/movement.ts';
import { solvableSets, type SolvableSets } from '../evaluation/solvable.ts';
import type { Engine, Policy, PolicySnapshot } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { LARGEST_DRAWS, rollOut, type Draw } from '../rl/rollouts.ts';
import type { StepMetrics } from '../rl/metrics.ts';
import type { Payer } from '../rl/payer.ts';
import type { StepSettings } from '../rl/step.ts';
import type { VerifierName } from '../rl/verifiers.ts';
import type { ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';
import {
  baseCompletions,
  showGroup,
  wrongCredit,
  wrongStepShare,
  type CompletionGroup,
} from './completions.ts';
import type { AnswerMeasures } from './answerMeasures.ts';
import type { DomainChoice } from './domains.ts';
import type { Finale } from './finale.ts';
import type { FinaleName } from './finales.ts';
import {
  drawProblems,
  nameOf,
  problemsOfStep,
  trainingSplit,
  type StepProblems,
} from './trainingProblems.ts';
import type { TeacherKeep } from './teacherKeeps.ts';
import {
  describeEvaluation,
  enumerateEvaluation,
  evaluate,
  samplePassAtK,
  type Evaluations,
  type EvaluationProblems,
  type EvaluationSets,
} from './evaluate.ts';
import { createLearner, payerFor, type ExperimentName } from './experiments.ts';
import type { Learner, LearnerState, Teacher } from './learner.ts';

/** Everything that decides a run of RLVR, given its base policy and problems. */
export interface TrainSettings extends StepSettings {
  experiment: ExperimentName;
  /** So many first steps learn from a teacher's answers, as distillation does, before the experiment begins. */
  warmSteps: number;
  /** Answers of a teacher that are learned from, and which of them. */
  teacherAnswers: number;
  teacherKeep: TeacherKeep;
  /** Of experiments in generations: the steps of one, and the answers at its beginning. */
  generationSteps: number;
  generationAnswers: number;
  /** Who pays for answers; a judge among them learns from so many answers of the base. */
  verifier: VerifierName;
  judgeAnswers: number;
  /** Of a task made of several: which of them training problems are from; evaluations are of all. */
  domains: DomainChoice;
  /** Size of the training set; 0 for all problems that are not held out. */
  trainProblems: number;
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
  /** The nucleus that evaluations sample from, exactly and in fact; 1 for the whole distribution. */
  evalTopP: number;
  /** The first so many held-out problems whose answers evaluations enumerate; 0 for none. */
  answerProblems: number;
  finale: FinaleName;
  /** Of power sampling: the exponent, the blocks that a response is built in, and the chains of each problem. */
  alpha: number;
  blocks: number;
  chains: number;
}

/**
 * What one step leaves behind, as plain data; evaluations where the settings say so. Row 0 is the base: rolled out and
 * evaluated, not trained.
 */
export interface TrainRow extends StepMetrics, Partial<Evaluations> {
  step: number;
  /** Of the steps before the experiment itself. */
  phase?: 'warm start';
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
  /** Where there is an evaluation and `answerProblems` asks for it. */
  answers?: AnswerMeasures;
  /** In the last row, where the settings ask for it. */
  finale?: Finale;
  /** Of power sampling: the share of the chains that took the proposal of this move. */
  acceptance?: number | null;
  /** Of power sampling: the most by which an exact probability of this row can be too large. */
  target_error?: number;
  /** Of tasks that check written steps: see `wrongCredit`. */
  wrong_credit?: number | null;
}

export interface TrainRun {
  problems: EvaluationProblems;
  rows: AsyncGenerator<TrainRow, void>;
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
  teacher: Teacher | null = null,
): Promise<TrainRun> {
  const limited = await trainingSplit(task, split, settings);
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
      ...{ engine, policy, reference, learner, payer, task, sets, settings, checkpoint, solved },
      split: limited,
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

interface RunParts {
  engine: Engine;
  policy: Policy;
  reference: Policy;
  learner: Learner;
  payer: Payer | null;
  task: Task;
  split: ProblemSplit;
  sets: EvaluationSets;
  settings: TrainSettings;
  checkpoint: Checkpoint | null;
  solved: Set<string>;
}

async function* trainingRows(run: RunParts): AsyncGenerator<TrainRow, void> {
  const { policy, reference, learner, payer, task, settings, checkpoint } = run;
  let baseP = checkpoint?.baseP ?? null;
  let basePerplexity: number | null = null;
  const problemsFor = (step: number): StepProblems =>
    problemsOfStep(task, run.split, settings, run.solved, step);
  /** The rollouts of the next step, drawn before the row of this one is given. */
  let ahead: (Draw & StepProblems) | null = null;
  for (let step = checkpoint ? checkpoint.step + 1 : 0; step <= settings.steps; step++) {
    const evaluated = step % settings.evalEvery === 0 || step === settings.steps;
    const { seed } = settings;
    const { problems, trains }: StepProblems = ahead ?? problemsFor(step);
    const started = performance.now();
    const result = await learner.learn({
      policy,
      reference,
      task,
      problems,
      moreProblems: (draw) =>
        drawProblems(run.split, settings, LARGEST_DRAWS * step + draw, Stream.resampledPrompts),
      settings,
      seed,
      step,
      ...(payer ? { payer } : {}),
      train: trains,
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
      const next = { ...problemsFor(step + 1), step: step + 1 };
      ahead = { ...next, ...(await rollOut({ policy, task, settings, seed, ...next })) };
      await result.finish();
    }
    const group = showGroup(task, policy, result);
    const row: TrainRow = {
      step,
      ...(step > 0 && step <= settings.warmSteps ? { phase: 'warm start' } : {}),
      ...result.metrics,
      step_time: (performance.now() - started) / 1000,
      group,
    };
    if (task.checkSteps) row.wrong_credit = wrongCredit(result);
    if (evaluated) {
      group.base = await baseCompletions(reference, task, group.prompt, settings, seed, step);
      if (task.checkSteps) row.wrong_steps = wrongStepShare(result.drawn);
      const evaluations = await evaluate(policy, run.sets, settings);
      const { heldOut } = Object.assign(row, evaluations);
      if (task.domainOf) {
        const { passAtByDomain } = await import('./byDomain.ts');
        heldOut.domains = passAtByDomain(task.domainOf, run.sets.heldOut.problems, heldOut.p);
      }
      heldOut.kl = await klFromBase(
        policy,
        reference,
        task,
        run.sets.heldOut.problems,
        settings.temperature,
        seed,
        step,
      );
      baseP ??= heldOut.p;
      row.solvable = solvableSets(baseP, heldOut.p);
      if (settings.evalSamples > 0)
        heldOut.sampled = await samplePassAtK(
          policy,
          task,
          run.sets.heldOut,
          heldOut.p,
          settings,
          step,
        );
    }
    if (evaluated && settings.answerProblems > 0) {
      const { measureAnswers } = await import('./answerMeasures.ts');
      const problems = run.sets.heldOut.problems.slice(0, settings.answerProblems);
      row.answers = await measureAnswers(
        policy,
        reference,
        task,
        problems,
        settings,
        basePerplexity,
      );
      basePerplexity = row.answers.perplexity.base;
    }
    if (step === settings.steps && settings.finale !== 'none') {
      const { playFinale } = await import('./finale.ts');
      const { heldOut } = run.sets;
      const request = { engine: run.engine, task, policy, base: reference, heldOut };
      row.finale = await playFinale(settings.finale, { ...request, sampler: settings, seed });
    }
    yield row;
  }
}
