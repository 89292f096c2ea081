import { Stream, type RandomSource, uniformSequence } from '../core/random.ts';
import { gatherBatch, gatherRows, joinBatches, joinRows, responseOf } from '../policy/batch.ts';
import { drawnLengths, type Policy, type Rollouts } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import type { StepCheck, Task, Verdict } from '../tasks/task.ts';
import { ADVANTAGES, type Advantage } from './advantages.ts';
import { beginningsFor } from './hints.ts';
import type { Payer } from './payer.ts';
import type { StepSettings } from './stepSettings.ts';

/** The answers to P problems: B = P × G rollouts, and one greedy answer a problem where an advantage needs them. */
export interface Draw {
  problems: readonly unknown[];
  rollouts: Rollouts;
  greedy: Rollouts | null;
}

export interface DrawRequest {
  policy: Policy;
  task: Task;
  problems: readonly unknown[];
  settings: StepSettings;
  seed: number;
  step: number;
  /** What pays for an answer in the place of the task's verifier. */
  payer?: Payer;
}

/** Near enough to 0 that the likeliest token is taken unless two are within a thousandth of a nat. */
const GREEDY_TEMPERATURE = 1e-3;

/** Draws the rollouts of a step. */
export async function rollOut(
  { policy, task, problems, settings, seed, step }: DrawRequest,
  stream: number = Stream.rollouts,
): Promise<Draw> {
  const prompts = Int32Array.from(problems.flatMap((problem) => task.encode(problem)));
  const { groupSize, temperature } = settings;
  const { needs }: Advantage = ADVANTAGES[settings.advantage];
  // First, since the engines keep the forward pass of the last batch for the update.
  const greedy =
    needs === 'greedy answers'
      ? await policy.sample({
          prompts,
          groupSize: 1,
          temperature: GREEDY_TEMPERATURE,
          key: { seed, stream: Stream.greedyAnswers, step },
        })
      : null;
  const isFirst = stream === Stream.rollouts;
  const hints = { seed, step, stream: isFirst ? Stream.hints : Stream.resampledHints };
  const rollouts = await policy.sample({
    ...{ prompts, groupSize, temperature },
    key: { seed, stream, step },
    ...(settings.hintShare > 0 && {
      beginnings: beginningsFor(task, policy.shape, problems, settings, uniformSequence(hints)),
    }),
  });
  return { problems, greedy, rollouts };
}

/** A draw with what the verifier says of it. */
export interface JudgedDraw extends Draw {
  /** [B] what the task's verifier says, whoever pays. */
  verdicts: Verdict[];
  /** [B] 1 where the answer is paid for, which is where the verifier accepts unless another payer stands in its place. */
  outcomes: number[];
  /** [P] the outcomes of the greedy answers. */
  greedyRewards: number[] | null;
  /** [B] the checks of the written steps, on tasks that have them. */
  steps: StepCheck[][] | null;
}

/** Verifies every answer of a draw. */
export function judge(task: Task, shape: PolicyShape, draw: Draw): JudgedDraw {
  const { problems, rollouts, greedy } = draw;
  const each = <T>(batch: Rollouts, judgeOne: (problem: unknown, response: number[]) => T): T[] => {
    const groupSize = batch.lengths.length / problems.length;
    return Array.from(batch.lengths, (_, b) =>
      judgeOne(problems[Math.floor(b / groupSize)], responseOf(shape, batch, b)),
    );
  };
  const verdicts = each(rollouts, (problem, response) => task.verify(problem, response));
  return {
    ...draw,
    verdicts,
    outcomes: verdicts.map(({ correct }) => Number(correct)),
    greedyRewards:
      greedy && each(greedy, (problem, response) => Number(task.verify(problem, response).correct)),
    steps: task.checkSteps
      ? each(rollouts, (problem, response) => task.checkSteps!(problem, response))
      : null,
  };
}

/**
 * Verifies every answer of a draw, and lets the payer, where there is one, say what they earn. Random payments are
 * drawn in the order of the answers, those of greedy answers last.
 */
export async function judgeAndPay(
  { policy, task, payer, seed, step }: Omit<DrawRequest, 'problems' | 'settings'>,
  draw: Draw,
  stream: number = Stream.proxyRewards,
): Promise<JudgedDraw> {
  const judged = judge(task, policy.shape, draw);
  if (!payer) return judged;
  const random: RandomSource = uniformSequence({ seed, stream, step });
  const { rollouts, problems, verdicts, greedy } = judged;
  const groupSize = verdicts.length / problems.length;
  const outcomes = await payer.pay({ batch: rollouts, verdicts, groupSize, random });
  if (!greedy) return { ...judged, outcomes };
  const ofGreedy = problems.map((problem, i) =>
    task.verify(problem, responseOf(policy.shape, greedy, i)),
  );
  const paid = { batch: greedy, verdicts: ofGreedy, groupSize: 1, random };
  return { ...judged, outcomes, greedyRewards: await payer.pay(paid) };
}

/** Whether the group of answers to problem `index` has right and wrong ones. */
export function isMixed({ outcomes, problems }: JudgedDraw, index: number): boolean {
  const groupSize = outcomes.length / problems.length;
  const group = outcomes.slice(index * groupSize, (index + 1) * groupSize);
  return new Set(group).size > 1;
}

/** The groups of the problems `indices` of a draw. */
function pick(shape: PolicyShape, draw: JudgedDraw, indices: readonly number[]): JudgedDraw {
  const G = draw.outcomes.length / draw.problems.length;
  const ofGroups = <T>(values: readonly T[]): T[] =>
    indices.flatMap((index) => values.slice(index * G, (index + 1) * G));
  return {
    problems: indices.map((index) => draw.problems[index]),
    rollouts: gather(shape, draw.rollouts, ofGroups(draw.outcomes.map((_, b) => b))),
    greedy: draw.greedy && gather(shape, draw.greedy, indices),
    verdicts: ofGroups(draw.verdicts),
    outcomes: ofGroups(draw.outcomes),
    greedyRewards: draw.greedyRewards && indices.map((index) => draw.greedyRewards![index]!),
    steps: draw.steps && ofGroups(draw.steps),
  };
}

/** The sequences `indices` of some rollouts. */
function gather(shape: PolicyShape, rollouts: Rollouts, indices: readonly number[]): Rollouts {
  const T = shape.responseLength;
  return {
    ...gatherBatch(shape, rollouts, indices),
    logProbs: gatherRows(rollouts.logProbs, T, indices),
    entropies: gatherRows(rollouts.entropies, T, indices),
    ...(rollouts.begun && { begun: gatherRows(rollouts.begun, 1, indices) }),
  };
}

/** One draw after the other. */
function concatenate(draws: readonly JudgedDraw[]): JudgedDraw {
  const join = (batches: readonly Rollouts[]): Rollouts => ({
    ...joinBatches(batches),
    logProbs: joinRows(batches.map(({ logProbs }) => logProbs)),
    entropies: joinRows(batches.map(({ entropies }) => entropies)),
    ...(batches[0]!.begun && { begun: joinRows(batches.map(({ begun }) => begun!)) }),
  });
  const [first] = draws;
  return {
    problems: draws.flatMap(({ problems }) => problems),
    rollouts: join(draws.map(({ rollouts }) => rollouts)),
    greedy: first!.greedy && join(draws.map(({ greedy }) => greedy!)),
    verdicts: draws.flatMap(({ verdicts }) => verdicts),
    outcomes: draws.flatMap(({ outcomes }) => outcomes),
    greedyRewards: first!.greedyRewards && draws.flatMap((draw) => draw.greedyRewards!),
    steps: first!.steps && draws.flatMap(({ steps }) => steps!),
  };
}

/** Draws that are made at most before a step is content with the mixed groups that it has; as in DAPO's recipe. */
export const LARGEST_DRAWS = 10;

/**
 * Dynamic sampling: the mixed groups of `first`, filled up to as many groups with those of further draws.
 * Source: DAPO, Yu et al. 2025, arXiv 2503.14476, section 3.2.
 * @returns null where no draw had a mixed group, all draws in their order, and how many tokens were drawn.
 */
export async function fillWithMixedGroups(
  request: DrawRequest & { moreProblems?(draw: number): readonly unknown[] },
  first: JudgedDraw,
): Promise<{ batch: JudgedDraw | null; draws: JudgedDraw[]; tokens: number }> {
  const { policy, step } = request;
  const wanted = first.problems.length;
  const kept: JudgedDraw[] = [];
  let groups = 0;
  const draws: JudgedDraw[] = [];
  let tokens = 0;
  for (let draw = first; ;) {
    draws.push(draw);
    tokens += drawnLengths(draw.rollouts).reduce((sum, length) => sum + length, 0);
    const mixed = draw.problems.map((_, i) => i).filter((i) => isMixed(draw, i));
    const taken = mixed.slice(0, wanted - groups);
    if (taken.length > 0) kept.push(pick(policy.shape, draw, taken));
    groups += taken.length;
    if (groups === wanted || draws.length === LARGEST_DRAWS || !request.moreProblems) break;
    const problems = request.moreProblems(draws.length);
    // Further draws of a step count as steps of their own stream.
    const counted = { ...request, problems, step: step * LARGEST_DRAWS + draws.length };
    const drawn = await rollOut(counted, Stream.resampledRollouts);
    draw = await judgeAndPay(counted, drawn, Stream.resampledProxyRewards);
  }
  return { batch: kept.length > 0 ? concatenate(kept) : null, draws, tokens };
}
