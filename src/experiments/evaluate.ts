import { meanPassAtK, REPORTED_KS } from '../core/passAtK.ts';
import {
  enumerateAcceptSets,
  exactSuccess,
  uniformGuessSuccess,
  type AcceptSets,
  type ExactSuccess,
} from '../evaluation/exact.ts';
import { unheard } from '../evaluation/didProblems.ts';
import { countCorrect, estimatePassAtK, type SampledPassAtK } from '../evaluation/sampled.ts';
import type { Policy } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import type { EstimatedKl } from './forwardKl.ts';
import type { ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';

export interface Evaluation {
  /** Mean exact pass@k by k. */
  passAt: Record<string, number>;
  /** Exact success probability of each problem. */
  p: number[];
  /**
   * Of tasks that check written steps: the part of `p` whose steps are all valid, and its mean pass@k. Beyond a narrow
   * prior this is the one that counts: there `p` is mostly wrong steps that end, as if by luck, on what was asked.
   */
  soundP?: number[];
  soundPassAt?: Record<string, number>;
}

/** The problems of one evaluated set. */
export interface EvaluatedProblems {
  heldOut: string[];
  /** The size of each held-out problem's accept set. */
  acceptCounts: number[];
  /** p of each held-out problem under uniformly random tokens. */
  chanceP: number[];
  /** Of tasks that check written steps: the part of `chanceP` whose steps are all valid. */
  chanceSoundP?: number[];
  /** Which of them need the task's skill, by their places; a file that is older than this does not say. */
  needing?: number[];
  /** The size of each held-out problem, of tasks whose problems have one. */
  sizes?: number[];
}

/** What stays the same over a run: the held-out problems that are evaluated, and chance. */
export interface EvaluationProblems extends EvaluatedProblems {
  /** Where the prior is narrow: the held-out problems beyond it, and the skill that they need, in words. */
  beyond?: EvaluatedProblems & { skill: string };
}

/** The accept sets of the problems that a run evaluates. */
export interface EvaluationSets {
  heldOut: AcceptSets;
  train: AcceptSets;
  beyond?: AcceptSets;
}

/** What the evaluations of one step give. */
export interface Evaluations {
  /**
   * With the sampled estimates, the KL distance from the base in nats an answer and, of a task made of several, the mean
   * pass@k of each domain by k; where only one of them is trained on, also the forward KL of each.
   */
  heldOut: Evaluation & {
    sampled?: SampledPassAtK;
    kl?: number;
    domains?: Record<string, Record<string, number>>;
    forwardKl?: Record<string, EstimatedKl>;
  };
  train: Evaluation;
  beyond?: Evaluation;
}

/**
 * The accept sets of the first `count` problems, each, held out, trained on, and held out beyond the prior.
 * @throws RangeError if one of the three is too large, see `enumerateAcceptSets`.
 */
export function enumerateEvaluation(
  task: Task,
  shape: PolicyShape,
  { heldOut, train, beyond }: ProblemSplit,
  count: number,
): EvaluationSets {
  const setsOf = (problems: readonly unknown[]): AcceptSets =>
    enumerateAcceptSets(task, shape, problems.slice(0, count));
  return {
    heldOut: setsOf(heldOut),
    train: setsOf(train),
    ...(beyond ? { beyond: setsOf(beyond.heldOut) } : {}),
  };
}

export function describeEvaluation(
  task: Task,
  shape: PolicyShape,
  { heldOut, beyond }: EvaluationSets,
): EvaluationProblems {
  const describe = (sets: AcceptSets): EvaluatedProblems => {
    const { p, soundP } = uniformGuessSuccess(sets, shape.outputs);
    return {
      heldOut: sets.problems.map((problem) => task.showProblem(problem)),
      acceptCounts: sets.counts,
      chanceP: p,
      ...(soundP ? { chanceSoundP: soundP } : {}),
      needing: sets.problems.flatMap((problem, i) => (task.skill.isNeeded(problem) ? [i] : [])),
      ...(task.sizeOf ? { sizes: sets.problems.map((problem) => task.sizeOf!(problem)) } : {}),
    };
  };
  const skill = task.skill.label;
  return {
    ...describe(heldOut),
    ...(beyond ? { beyond: { ...describe(beyond), skill } } : {}),
  };
}

/** How evaluations sample: temperature and top-p. */
export interface EvaluationSampler {
  evalTemperature: number;
  evalTopP: number;
}

/** Evaluates each set exactly; every accepted response is scored once. */
export async function evaluate(
  policy: Policy,
  { heldOut, train, beyond }: EvaluationSets,
  sampler: EvaluationSampler,
  did = unheard,
): Promise<Evaluations> {
  return {
    heldOut: await evaluateSets(policy, heldOut, sampler, did),
    train: await evaluateSets(policy, train, sampler, did),
    ...(beyond ? { beyond: await evaluateSets(policy, beyond, sampler, did) } : {}),
  };
}

/** Evaluates one set exactly. */
export async function evaluateSets(
  policy: Policy,
  sets: AcceptSets,
  { evalTemperature: temperature, evalTopP: topP }: EvaluationSampler,
  did = unheard,
): Promise<Evaluation> {
  if (topP === 1) return evaluationOf(await exactSuccess(policy, sets, temperature, did));
  // What no run without a nucleus needs is loaded with the first that has one.
  const { samplerSuccess } = await import('../evaluation/samplers.ts');
  const [success] = await samplerSuccess(policy, sets, [{ temperature, topP }], did);
  return evaluationOf(success!);
}

/** Success probabilities with the mean pass@k that they give. */
export function evaluationOf({ p, soundP }: ExactSuccess): Evaluation {
  return {
    passAt: passAtReported(p),
    p,
    ...(soundP ? { soundP, soundPassAt: passAtReported(soundP) } : {}),
  };
}

/** Mean exact pass@k at the reported k. */
export function passAtReported(p: readonly number[]): Record<string, number> {
  return Object.fromEntries(REPORTED_KS.map((k) => [k, meanPassAtK(p, k)]));
}

/** What a benchmark would see of the same problems: `evalSamples` answers to each, beside their exact `p`. */
export async function samplePassAtK(
  policy: Policy,
  task: Task,
  { problems }: AcceptSets,
  p: readonly number[],
  {
    evalSamples,
    evalTemperature,
    evalTopP,
    seed,
  }: EvaluationSampler & { evalSamples: number; seed: number },
  step: number,
  did = unheard,
): Promise<SampledPassAtK> {
  const correct = await countCorrect(
    ...([policy, task, problems, evalSamples, evalTemperature, seed, step, evalTopP] as const),
    did,
  );
  return estimatePassAtK(correct, evalSamples, p);
}
