import { randomIndex } from '../core/draws.ts';
import { normalSequence, Stream, uniformSequence } from '../core/random.ts';
import { mean } from '../core/statistics.ts';
import { gatherBatch, gatherRows, joinBatches, joinRows } from '../policy/batch.ts';
import type { Policy, Rollouts } from '../policy/policy.ts';
import { freshSnapshot } from '../policy/snapshot.ts';
import { judgeAndPay } from '../rl/rollouts.ts';
import type { StepRequest } from '../rl/step.ts';
import type { Learner, LearnerParts } from './learner.ts';
import { rolledOut } from './supervised.ts';

/** Places of the table at which the noise of a member can begin. */
const PLACES = 1 << 20;

/**
 * Evolution strategies: N perturbed policies θ + σ·ε_n, ε_n ~ N(0, I), answer each prompt of the step once, R_n is the
 * mean of what member n is paid, and
 *
 *   θ ← θ + α/N · Σ_n z_n·ε_n,   z_n = (R_n − mean R) / std R,
 *
 * with the population's deviation, and no update where all are paid the same. There is no gradient and no optimiser: α
 * is the learning rate as it is. The step's own rollouts, of the policy without noise, are for its metrics only.
 *
 * Source: Qiu et al. 2025, arXiv 2509.24372, algorithms 1 and 2. There answers are greedy, so that members differ by their noise
 * alone; here they are sampled, as pass@1 counts them, but all members with the same random numbers, to the same end.
 * There all training problems are answered in each step; here those of the step. Noise is read from a table, each ε_n from
 * a random place on, as in Salimans et al. 2017, arXiv 1703.03864, section 2.1: drawing it anew took most of a step.
 */
export function createEvolution({ engine, policy: { shape }, settings }: LearnerParts): Learner {
  const { population: N, sigma, seed } = settings;
  const { learningRate } = settings.optimizer;
  let member: Policy | null = null;
  let table: Float32Array | null = null;
  return {
    async learn(request) {
      const { policy, step } = request;
      const result = await rolledOut(request);
      if (!request.train) return result;
      const snapshot = await policy.snapshot();
      const { parameters } = snapshot;
      table ??= noiseTable(seed, PLACES + parameters.length);
      const noises = noiseOf(table, parameters.length, N, seed, step);
      const drawn: Rollouts[] = [];
      for (const noise of noises) {
        const perturbed = parameters.map((value, i) => value + sigma * noise[i]!);
        member ??= await engine.createPolicy(shape, perturbed);
        await member.restore(freshSnapshot(perturbed));
        drawn.push(await answerOnce(member, request));
      }
      const answers = byProblem(member!, drawn);
      result.metrics.num_tokens += answers.lengths.reduce((sum, length) => sum + length, 0);
      const weights = zScores(await rewardsOf(request, answers, N));
      if (weights.every((weight) => weight === 0)) return result;
      const moved = Float64Array.from(parameters);
      weights.forEach((weight, n) => {
        const noise = noises[n]!;
        const scale = (learningRate / N) * weight;
        for (let i = 0; i < moved.length; i++) moved[i]! += scale * noise[i]!;
      });
      await policy.restore({ ...snapshot, parameters: Float32Array.from(moved) });
      return result;
    },
    state: () => null,
    dispose: () => member?.dispose(),
  };
}

/** Standard normal numbers, the same in every step of a run. */
function noiseTable(seed: number, length: number): Float32Array {
  const normal = normalSequence({ seed, stream: Stream.populationNoise, step: 0 });
  return Float32Array.from({ length }, normal);
}

/** ε_n of each of N members, as views on the table. */
function noiseOf(
  table: Float32Array,
  size: number,
  N: number,
  seed: number,
  step: number,
): Float32Array[] {
  const random = uniformSequence({ seed, stream: Stream.populationPlaces, step });
  return Array.from({ length: N }, () => {
    const place = randomIndex(random, PLACES);
    return table.subarray(place, place + size);
  });
}

/** One answer to each prompt of the step, by the same random numbers whoever the member is. */
function answerOnce(
  member: Policy,
  { task, problems, settings, seed, step }: StepRequest,
): Promise<Rollouts> {
  return member.sample({
    prompts: Int32Array.from(problems.flatMap((problem) => task.encode(problem))),
    groupSize: 1,
    temperature: settings.temperature,
    key: { seed, stream: Stream.populationAnswers, step },
  });
}

/** The answers of the members [N][P] as groups of the answers to a problem [P, N], for payers that look at groups. */
function byProblem({ shape }: Policy, drawn: readonly Rollouts[]): Rollouts {
  const P = drawn[0]!.lengths.length;
  const indices = Array.from({ length: P }, (_, p) => drawn.map((_, n) => n * P + p)).flat();
  const rows = (of: 'logProbs' | 'entropies'): Float32Array =>
    gatherRows(joinRows(drawn.map((each) => each[of])), shape.responseLength, indices);
  return {
    ...gatherBatch(shape, joinBatches(drawn), indices),
    logProbs: rows('logProbs'),
    entropies: rows('entropies'),
  };
}

/** R_n, the mean of what each of N members is paid. */
async function rewardsOf(request: StepRequest, rollouts: Rollouts, N: number): Promise<number[]> {
  const draw = { problems: request.problems, rollouts, greedy: null };
  const { outcomes } = await judgeAndPay(request, draw, Stream.populationRewards);
  return Array.from({ length: N }, (_, n) => mean(outcomes.filter((_, b) => b % N === n)));
}

/** (x − mean) / deviation of the whole population; 0 for each where all are the same. */
export function zScores(values: readonly number[]): number[] {
  // Their mean may be off by rounding, so that it would not do to look for a deviation of 0.
  if (values.every((value) => value === values[0])) return values.map(() => 0);
  const centre = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - centre) * (value - centre))));
  return values.map((value) => (value - centre) / deviation);
}
