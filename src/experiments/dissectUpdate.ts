import { Stream } from '../core/random.ts';
import { mean, sampleStandardDeviation } from '../core/statistics.ts';
import { responseOf } from '../policy/batch.ts';
import type { Engine, Policy } from '../policy/policy.ts';
import { advantagesOf } from '../rl/advantages.ts';
import { isMixed, LARGEST_DRAWS, type JudgedDraw } from '../rl/rollouts.ts';
import type { StepResult } from '../rl/step.ts';
import type { ProblemSplit } from '../tasks/registry.ts';
import { showResponse, type Task } from '../tasks/task.ts';
import { changeOf, scoreAnswers } from './answerChange.ts';
import type {
  DissectedAnswer,
  DissectedUpdate,
  DroppedGroup,
  GroupOutcome,
  NoUpdate,
} from './dissection.ts';
import { payerFor } from './payerFor.ts';
import { createReinforcement } from './reinforcement.ts';
import type { Checkpoint } from './train.ts';
import type { TrainSettings } from './trainSettings.ts';
import { drawProblems, problemsOfStep, trainingSplit } from './trainingProblems.ts';
import { passesOf, watchUpdates } from './updatePasses.ts';

/** What decides the next step of a run. */
export interface UpdateMoment {
  engine: Engine;
  task: Task;
  baseParameters: Float32Array;
  split: ProblemSplit;
  settings: TrainSettings;
  checkpoint: Checkpoint;
}

/** Why the step after `step` cannot be taken apart; null where it can. */
export function noUpdateAfter(
  step: number,
  {
    experiment,
    warmSteps,
    sftWeight,
  }: Pick<TrainSettings, 'experiment' | 'warmSteps' | 'sftWeight'>,
): NoUpdate | null {
  if (experiment !== 'rlvr') return experiment;
  if (step < warmSteps) return 'warm start';
  return sftWeight > 0 ? 'beside a teacher' : null;
}

/**
 * Makes the step after the checkpoint as the run would make it, from the same problems and the same random bits, and
 * tells what it did. `now` must be in the state of the checkpoint, and is again afterwards.
 * @param wanted one of the step's groups; null for the first with paid and unpaid answers, else the first.
 * @throws RangeError naming how many groups there are, if this is not one of them.
 * @throws NonFiniteError where the run would.
 */
export async function dissectUpdate(
  { engine, task, baseParameters, split, settings, checkpoint }: UpdateMoment,
  { base, now }: { base: Policy; now: Policy },
  wanted: number | null,
): Promise<DissectedUpdate> {
  const step = checkpoint.step + 1;
  const { seed, groupSize: G } = settings;
  const ofBase = { engine, shape: base.shape, parameters: baseParameters };
  const limited = await trainingSplit(task, split, settings, ofBase);
  const state = checkpoint.learner ?? null;
  const parts = { engine, policy: now, task, split: limited, settings, teacher: null, state };
  const payer = await payerFor(parts, baseParameters, checkpoint.judge ?? null);
  const learner = createReinforcement(parts);
  const { policy, updates } = watchUpdates(now, settings);
  const { problems, trains } = problemsOfStep(
    task,
    limited,
    settings,
    new Set(checkpoint.solved),
    step,
  );
  let result: StepResult;
  try {
    result = await learner.learn({
      ...{ policy, reference: base, task, problems, settings, seed, step },
      moreProblems: (draw) =>
        drawProblems(limited, settings, LARGEST_DRAWS * step + draw, Stream.resampledPrompts),
      ...(payer ? { payer } : {}),
      train: trains,
      measureKl: false,
    });
  } finally {
    learner.dispose();
    payer?.dispose();
  }
  const shown = result.batch ?? result.drawn;
  const group = chooseGroup(shown, wanted);
  const answers = answersOf(task, now, result, group * G, (group + 1) * G, settings);
  const rewards = answers.map(({ reward }) => reward);
  const problem = shown.problems[group];
  const candidates = task.acceptSet(problem);
  const sampled = answers.map((_, i) => responseOf(now.shape, shown.rollouts, group * G + i));
  const score = () =>
    scoreAnswers(now, task.encode(problem), candidates, sampled, settings.evalTemperature);
  const after = await score();
  await now.restore(checkpoint.snapshot);
  const before = await score();
  return {
    step,
    metrics: result.metrics,
    groups: outcomesOf(task, shown),
    dropped: settings.filter === 'mixed' ? droppedOf(task, result) : [],
    trained: updates.length > 0,
    ...{ group, answers },
    mean: mean(rewards),
    deviation: sampleStandardDeviation(rewards),
    greedyReward: shown.greedyRewards?.[group] ?? null,
    whitening: whiteningOf(result, settings),
    passes: passesOf(updates, shown, group, settings, result.advantages),
    after: changeOf(task, problem, candidates, sampled, before, after),
  };
}

function chooseGroup(shown: JudgedDraw, wanted: number | null): number {
  const { problems } = shown;
  if (wanted === null)
    return Math.max(
      0,
      problems.findIndex((_, index) => isMixed(shown, index)),
    );
  if (!Number.isInteger(wanted) || wanted < 0 || wanted >= problems.length)
    throw new RangeError(
      `there is no group ${wanted} in this step; they are 0 to ${problems.length - 1}`,
    );
  return wanted;
}

function outcomesOf(task: Task, { problems, outcomes }: JudgedDraw): GroupOutcome[] {
  const G = outcomes.length / problems.length;
  return problems.map((problem, index) => ({
    problem: task.showProblem(problem),
    paid: outcomes.slice(index * G, (index + 1) * G).reduce((sum, paid) => sum + paid, 0),
  }));
}

/** Mixed groups are taken in the order in which they are drawn, as many as a batch has. */
function droppedOf(task: Task, { draws = [], drawn, batch }: StepResult): DroppedGroup[] {
  let room = batch?.problems.length ?? 0;
  const G = drawn.outcomes.length / drawn.problems.length;
  return draws.flatMap((draw, i) =>
    outcomesOf(task, draw).flatMap((outcome): DroppedGroup[] => {
      const why = outcome.paid === G ? 'all' : outcome.paid === 0 ? 'none' : 'leftOver';
      if (why === 'leftOver' && room-- > 0) return [];
      return [{ ...outcome, draw: i + 1, why }];
    }),
  );
}

/** The advantages of all tokens, before any normalisation. */
function rawAdvantagesOf(
  { batch, drawn, rewards, values }: StepResult,
  settings: TrainSettings,
): Float64Array {
  const { rollouts, outcomes, greedyRewards, steps } = batch ?? drawn;
  const { lengths } = rollouts;
  const T = rewards.length / lengths.length;
  const input = {
    ...{ groupSize: settings.groupSize, T, lengths, rewards, outcomes },
    ...(values ? { values } : {}),
    ...(greedyRewards ? { greedyRewards } : {}),
    ...(steps ? { steps } : {}),
  };
  return advantagesOf(settings.advantage, input, settings);
}

function whiteningOf(
  result: StepResult,
  settings: TrainSettings,
): { mean: number; deviation: number } | null {
  if (settings.normalisation !== 'batch') return null;
  const raw = rawAdvantagesOf(result, settings);
  const { lengths } = (result.batch ?? result.drawn).rollouts;
  const T = raw.length / lengths.length;
  const tokens = [...raw].filter((_, at) => at % T < lengths[Math.floor(at / T)]!);
  return { mean: mean(tokens), deviation: sampleStandardDeviation(tokens) };
}

function answersOf(
  task: Task,
  { shape }: Policy,
  result: StepResult,
  from: number,
  to: number,
  settings: TrainSettings,
): DissectedAnswer[] {
  const { rollouts, verdicts } = result.batch ?? result.drawn;
  const raw = rawAdvantagesOf(result, settings);
  return Array.from({ length: to - from }, (_, i) => {
    const b = from + i;
    const response = responseOf(shape, rollouts, b);
    const start = b * shape.responseLength;
    const row = (array: Float32Array | Float64Array): number[] =>
      Array.from(array.subarray(start, start + response.length));
    const rewards = row(result.rewards);
    const { correct, detail } = verdicts[b]!;
    return {
      tokens: response.map((token) => task.vocabulary.tokens[token] ?? '?'),
      text: showResponse(task, response),
      ...{ correct, detail, rewards },
      reward: rewards.reduce((sum, reward) => sum + reward, 0),
      logProbs: row(rollouts.logProbs),
      rawAdvantages: row(raw),
      advantages: row(result.advantages),
      values: result.values && row(result.values),
    };
  });
}
