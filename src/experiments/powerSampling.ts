import { Stream } from '../core/random.ts';
import { steadyClock } from '../core/steadyClock.ts';
import { mean } from '../core/statistics.ts';
import { enumerateAnswers } from '../evaluation/answers.ts';
import { acceptedLogProbs, exactSuccess, type AcceptSets } from '../evaluation/exact.ts';
import { complete, moveChains, proposalEntropy, type Path } from '../evaluation/powerChain.ts';
import { powerSuccess } from '../evaluation/powerTarget.ts';
import { rootOf, type Prefix } from '../evaluation/prefixes.ts';
import { estimatePassAtK } from '../evaluation/sampled.ts';
import { solvableSets } from '../evaluation/solvable.ts';
import type { DidProblems } from '../evaluation/didProblems.ts';
import type { Policy } from '../policy/policy.ts';
import type { Task } from '../tasks/task.ts';
import { passAtByDomain } from './byDomain.ts';
import { describeEvaluation, enumerateEvaluation, evaluationOf } from './evaluate.ts';
import { isEvaluated } from './evaluated.ts';
import {
  countProblems,
  unheardEvaluation,
  untilEvaluated,
  type HearEvaluation,
} from './evaluationProgress.ts';
import type { Evaluation, Evaluations, EvaluationSets } from './evaluate.ts';
import { chainMetrics, showChains } from './powerRows.ts';
import type { GivenRow, startTraining, TrainRow } from './train.ts';
import type { TrainSettings } from './trainSettings.ts';

/**
 * Beginnings of a response below this are left out of the sum over all responses; at α = 4 that leaves out at most a
 * share of 1e-12 of it for each π(y)^4 of the likeliest answer, and the rows say how much that is.
 */
const SMALLEST = 1e-4;

/**
 * Power sampling: the base's answers drawn from π(y)^α / Z, with no training. Row 0 is the base at temperature 1. Row n
 * is after n moves of every chain: `heldOut.p` and `passAt` are those of the target π^α, computed, and
 * `heldOut.sampled` is what the chains hold, with the standard error of so many independent draws from the target.
 *
 * A response of T tokens is built in `blocks` blocks. Of `steps` moves, the first `steps / blocks` are made on the first
 * block, as many on the first two, and so on; before the last block an answer is judged as the proposal completes it.
 * The chains of a lost device start again: no move depends on anything but the seed and the settings.
 *
 * Source: Karan & Du 2025, algorithm 1, with as many moves in each block.
 */
export const startPowerSampling: typeof startTraining = async (
  engine,
  task,
  shape,
  baseParameters,
  split,
  settings,
  _checkpoint,
  _teacher,
  hear = unheardEvaluation,
) => {
  // Training problems are not evaluated here, so they may be as many as they like.
  const sets = enumerateEvaluation(task, shape, { ...split, train: [] }, settings.evalProblems);
  const policy = await engine.createPolicy(shape, baseParameters);
  return {
    problems: describeEvaluation(task, shape, sets),
    rows: powerRows(policy, task, sets, settings, hear),
    policy,
    solved: new Set(),
    others: async () => ({ learner: null, judge: null }),
    dispose: () => policy.dispose(),
  };
};

/** How many tokens of a response the target of move `step` looks at: T at the last moves. */
export function visibleTokens(
  { steps, blocks }: Pick<TrainSettings, 'steps' | 'blocks'>,
  responseLength: number,
  step: number,
): number {
  const block = Math.min(blocks, Math.ceil((step * blocks) / steps));
  return Math.ceil((responseLength * block) / blocks);
}

async function* powerRows(
  policy: Policy,
  task: Task,
  sets: EvaluationSets,
  settings: TrainSettings,
  hear: HearEvaluation,
): AsyncGenerator<GivenRow, void> {
  const { alpha, steps, seed, chains: C } = settings;
  const { problems } = sets.heldOut;
  const T = policy.shape.responseLength;
  const roots = problems.map((problem) => rootOf(task.encode(problem)));
  const starts = roots.flatMap((root) => Array.from({ length: C }, (): Path => [root]));
  const evaluation = (): Promise<DidProblems> =>
    countProblems(
      hear,
      // What a target takes goes with its problems as far as is known before.
      [sets.heldOut, ...(sets.beyond ? [sets.beyond] : [])].map(({ problems: { length } }) => ({
        problems: length,
        sequences: length,
      })),
    );
  const base = await baseEvaluations(policy, task, sets, await evaluation());
  const baseP = base.heldOut.p;
  const rowOf = (step: number, chains: readonly Path[]) => {
    const correct = chains.map((path, c) =>
      Number(task.verify(problems[Math.floor(c / C)], [...path.at(-1)!.tokens]).correct),
    );
    return { step, correct, group: showChains(task, problems, chains, correct) };
  };
  const counts = (correct: readonly number[]): number[] =>
    problems.map((_, i) => correct.slice(i * C, (i + 1) * C).reduce((sum, each) => sum + each, 0));

  const now = steadyClock();
  let began = now();
  const seconds = (): number => (now() - began) / 1000;
  const key = { seed, stream: Stream.powerBase, step: 0 };
  const drawn = await complete(policy, starts, 1, key);
  const { correct, ...first } = rowOf(0, drawn);
  const row: TrainRow = {
    ...first,
    ...chainMetrics(correct, C, drawn, drawnCost(drawn, T, 1)),
    step_time: seconds(),
    ...base,
    heldOut: { ...base.heldOut, sampled: estimatePassAtK(counts(correct), C, baseP) },
    solvable: solvableSets(baseP, baseP),
    acceptance: null,
  };
  yield row;
  if (steps === 0) return;

  began = now();
  let ofPower: Awaited<ReturnType<typeof powerEvaluations>>;
  // No step has been made yet, so what is given where this is cancelled is the base again.
  yield* untilEvaluated(row, async () => {
    ofPower = await powerEvaluations(
      ...([policy, task, sets, roots, alpha, await evaluation()] as const),
    );
  });
  const { evaluations, error } = ofPower!;
  let chains = await complete(policy, starts, alpha, { seed, stream: Stream.powerStart, step: 0 });
  let limit = 0;
  for (let step = 1; step <= steps; step++) {
    const before = limit;
    limit = visibleTokens(settings, T, step);
    // A block that becomes visible is drawn by the proposal; it has been, with the start or the last accepted rest.
    const shown = drawnCost(
      chains.map((path) => path.slice(Math.min(before, path.length - 1))),
      limit - before,
      alpha,
    );
    const streams = {
      position: Stream.powerPosition,
      token: Stream.powerToken,
      acceptance: Stream.powerAcceptance,
    };
    const moves = await moveChains(policy, chains, limit, alpha, { seed, step, streams });
    chains = moves.map(({ path }) => path);
    const cost = moves.reduce(
      (sum, move) => ({ tokens: sum.tokens + move.tokens, entropy: sum.entropy + move.entropy }),
      shown,
    );
    const { correct, ...row } = rowOf(step, chains);
    const { heldOut } = evaluations;
    yield {
      ...row,
      ...chainMetrics(correct, C, chains, cost),
      step_time: seconds(),
      acceptance: mean(moves.map(({ accepted }) => Number(accepted))),
      ...(isEvaluated(step, settings)
        ? {
            ...evaluations,
            heldOut: { ...heldOut, sampled: estimatePassAtK(counts(correct), C, heldOut.p) },
            solvable: solvableSets(baseP, heldOut.p),
            target_error: error,
          }
        : {}),
    };
    began = now();
  }
}

/** What drawing the first `limit` tokens after the beginning of each path costs. */
function drawnCost(
  paths: readonly Path[],
  limit: number,
  alpha: number,
): { tokens: number; entropy: number } {
  let tokens = 0;
  let entropy = 0;
  for (const path of paths) {
    const drawn: readonly Prefix[] = path.slice(0, Math.min(limit, path.length - 1));
    tokens += drawn.length;
    entropy += proposalEntropy(drawn, alpha);
  }
  return { tokens, entropy };
}

type PowerEvaluations = Pick<Evaluations, 'heldOut' | 'beyond'>;

const domainsOf = (
  { domainOf }: Task,
  { problems }: AcceptSets,
  p: readonly number[],
): Pick<Evaluations['heldOut'], 'domains'> =>
  domainOf ? { domains: passAtByDomain(domainOf, problems, p) } : {};

async function baseEvaluations(
  policy: Policy,
  task: Task,
  { heldOut, beyond }: EvaluationSets,
  did: DidProblems,
): Promise<PowerEvaluations> {
  const of = async (sets: AcceptSets): Promise<Evaluation> => {
    const evaluation = evaluationOf(await exactSuccess(policy, sets, 1, did));
    return { ...evaluation, ...domainsOf(task, sets, evaluation.p) };
  };
  return { heldOut: await of(heldOut), ...(beyond ? { beyond: await of(beyond) } : {}) };
}

/** The exact evaluations of the target π^α, and the largest error of their probabilities. */
async function powerEvaluations(
  policy: Policy,
  task: Task,
  { heldOut, beyond }: EvaluationSets,
  roots: readonly Prefix[],
  alpha: number,
  did: DidProblems,
): Promise<{ evaluations: PowerEvaluations; error: number }> {
  let error = 0;
  const of = async (sets: AcceptSets, knownRoots?: readonly Prefix[]): Promise<Evaluation> => {
    const enumeration = { smallest: SMALLEST, temperature: 1, roots: knownRoots };
    const answers = await enumerateAnswers(policy, task, sets.problems, enumeration, did);
    const logProbs = await acceptedLogProbs(policy, sets, 1, () => did(0));
    const accepted = sets.problems.map((): { logProb: number; sound: boolean }[] => []);
    logProbs.forEach((logProb, b) =>
      accepted[sets.owner[b]!]!.push({ logProb, sound: sets.sound?.[b] === 1 }),
    );
    const successes = answers.map((each, i) => powerSuccess(each, accepted[i]!, alpha));
    for (const each of successes) error = Math.max(error, each.error);
    const p = successes.map(({ p }) => p);
    const soundP = sets.sound ? { soundP: successes.map(({ soundP }) => soundP) } : {};
    return { ...evaluationOf({ p, ...soundP }), ...domainsOf(task, sets, p) };
  };
  return {
    evaluations: {
      heldOut: await of(heldOut, roots),
      ...(beyond ? { beyond: await of(beyond) } : {}),
    },
    error,
  };
}
