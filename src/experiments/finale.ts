import { Stream } from '../core/random.ts';
import type { DidProblems } from '../evaluation/didProblems.ts';
import type { AcceptSets } from '../evaluation/exact.ts';
import { samplerSuccess, type Sampler } from '../evaluation/samplers.ts';
import type { Engine, Policy } from '../policy/policy.ts';
import type { Task } from '../tasks/task.ts';
import { countProblems, type HearEvaluation } from './evaluationProgress.ts';
import { evaluateSets, passAtReported, type EvaluationSampler } from './evaluate.ts';
import type { FinaleName } from './finales.ts';

/** One policy on the held-out problems: at `x`, which is the weight of the trained parameters or the temperature. */
export interface FinalePoint {
  x: number;
  /** Of temperatures: whose it is; `matched` is the trained policy where its entropy is that of the base at 1. */
  of?: 'base' | 'now' | 'matched';
  /** Of temperatures. */
  topP?: number;
  passAt: Record<string, number>;
  /** [problems] exact success probabilities. */
  p: number[];
  /** Mean entropy in nats of the distributions that 2 answers to each problem were drawn from. */
  entropy: number;
}

export interface Finale {
  kind: Exclude<FinaleName, 'none'>;
  points: FinalePoint[];
}

/** What a finale looks at. */
export interface FinaleRequest {
  engine: Engine;
  task: Task;
  policy: Policy;
  base: Policy;
  heldOut: AcceptSets;
  sampler: EvaluationSampler;
  seed: number;
  hear: HearEvaluation;
}

/** Into so many steps the way from the base to the trained policy is divided. */
const TENTHS = 10;

const TEMPERATURES = Array.from({ length: 10 }, (_, i) => (i + 1) / 5);

/** All tokens, and the nucleus that Yue et al. 2025 evaluate with. */
const TOP_PS = [1, 0.95];

/** How many policies or samplers are evaluated: the most, since there may be no temperature of equal entropy. */
const POINTS: Record<Finale['kind'], number> = {
  interpolation: TENTHS + 1,
  temperatures: 2 * TOP_PS.length * TEMPERATURES.length + 1,
};

const FINALE_POINTS: Record<
  Finale['kind'],
  (request: FinaleRequest, did: DidProblems) => Promise<FinalePoint[]>
> = {
  interpolation,
  temperatures,
};

/** The finale of a run, after its last step; the policies stay as they are. */
export async function playFinale(kind: Finale['kind'], request: FinaleRequest): Promise<Finale> {
  const { hear, heldOut } = request;
  const problems = POINTS[kind] * heldOut.problems.length;
  const sequences = POINTS[kind] * heldOut.owner.length;
  const did = await countProblems(hear, [{ problems, sequences }]);
  return { kind, points: await FINALE_POINTS[kind](request, did) };
}

/**
 * The policies θ = (1 − a) · base + a · trained for a = 0, 0.1, …, 1, evaluated as the run evaluates. Both ends are the
 * policies themselves to the last bit.
 *
 * Source of the idea: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models" (WiSE-FT).
 */
async function interpolation(request: FinaleRequest, did: DidProblems): Promise<FinalePoint[]> {
  const { engine, policy, base, heldOut, sampler } = request;
  const from = await base.snapshot();
  const to = await policy.snapshot();
  const between = await engine.createPolicy(policy.shape, from.parameters);
  try {
    const points: FinalePoint[] = [];
    for (let tenth = 0; tenth <= TENTHS; tenth++) {
      const a = tenth / TENTHS;
      const parameters = from.parameters.map((b, i) => (1 - a) * b + a * to.parameters[i]!);
      await between.restore({ ...from, parameters });
      const { passAt, p } = await evaluateSets(between, heldOut, sampler, did);
      const { evalTemperature: temperature, evalTopP: topP } = sampler;
      points.push({
        x: a,
        passAt,
        p,
        entropy: await samplingEntropy(request, between, { temperature, topP }),
      });
    }
    return points;
  } finally {
    between.dispose();
  }
}

/** Where the temperature of equal entropy is looked for, and how closely, relative to it. */
const MATCHED_BETWEEN = { low: 0.05, high: 20, tolerance: 1e-3 };

/**
 * Base and trained policy at temperatures 0.2, 0.4, …, 2, from all tokens and from the nucleus of 0.95, and the trained
 * policy at the temperature where its entropy is the base's at 1: what remains of the difference there is not one of
 * entropy. That temperature is found by bisection of its logarithm over the same random numbers; where no temperature
 * from 0.05 to 20 has the entropy there is no such point.
 *
 * Source: Yue et al. 2025, figures on temperature and on matched entropy.
 */
async function temperatures(request: FinaleRequest, did: DidProblems): Promise<FinalePoint[]> {
  const { policy, base, heldOut } = request;
  const grid = TOP_PS.flatMap((topP) => TEMPERATURES.map((temperature) => ({ temperature, topP })));
  const pointsOf = async (
    of: 'base' | 'now' | 'matched',
    which: Policy,
    samplers: readonly Sampler[],
  ): Promise<FinalePoint[]> => {
    // Told of with each of the points that it is needed for.
    const successes = await samplerSuccess(which, heldOut, samplers, () => did(0));
    const points: FinalePoint[] = [];
    for (const [i, sampler] of samplers.entries()) {
      const { p } = successes[i]!;
      const entropy = await samplingEntropy(request, which, sampler);
      await did(heldOut.problems.length);
      const { temperature: x, topP } = sampler;
      points.push({ x, of, topP, passAt: passAtReported(p), p, entropy });
    }
    return points;
  };
  const points = [
    ...(await pointsOf('base', base, grid)),
    ...(await pointsOf('now', policy, grid)),
  ];
  const entropyOf = (which: Policy, temperature: number): Promise<number> =>
    samplingEntropy(request, which, { temperature, topP: 1 });
  const wanted = await entropyOf(base, 1);
  let { low, high } = MATCHED_BETWEEN;
  if ((await entropyOf(policy, low)) > wanted || (await entropyOf(policy, high)) < wanted)
    return points;
  while (high / low > 1 + MATCHED_BETWEEN.tolerance) {
    const middle = Math.sqrt(low * high);
    if ((await entropyOf(policy, middle)) < wanted) low = middle;
    else high = middle;
  }
  const temperature = Math.sqrt(low * high);
  return [...points, ...(await pointsOf('matched', policy, [{ temperature, topP: 1 }]))];
}

const SAMPLES = 2;

/** Mean entropy of the tokens of 2 answers to each held-out problem, in nats; the same random numbers each time. */
async function samplingEntropy(
  { task, heldOut, seed }: FinaleRequest,
  policy: Policy,
  { temperature, topP }: Sampler,
): Promise<number> {
  const { entropies, lengths } = await policy.sample({
    prompts: Int32Array.from(heldOut.problems.flatMap((problem) => task.encode(problem))),
    groupSize: SAMPLES,
    temperature,
    topP,
    key: { seed, stream: Stream.finaleEntropy, step: 0 },
  });
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  return entropies.reduce((sum, entropy) => sum + entropy, 0) / tokens;
}
