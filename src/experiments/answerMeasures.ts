import { mean } from '../core/statistics.ts';
import {
  answerEntropy,
  distinctAnswers,
  enumerateAnswers,
  type AnswerDistribution,
  type Bounds,
} from '../evaluation/answers.ts';
import { unheard, type DidProblems } from '../evaluation/didProblems.ts';
import { majorityInTheLimit, majorityVote } from '../evaluation/majority.ts';
import { perplexity } from '../evaluation/perplexity.ts';
import type { Engine, Policy } from '../policy/policy.ts';
import type { Task } from '../tasks/task.ts';
import { requireTeacher, type Teacher } from './learner.ts';
import type { TrainSettings } from './trainSettings.ts';

/** What the enumerated answers of a policy say, as means over the problems; each number within its error. */
export interface AnswerMeasures {
  problems: number;
  /** Probability of the answers that were not found. */
  missing: number;
  /** Entropy of whole answers in nats, the middle of what is possible, and how far that may be off. */
  entropy: number;
  entropyError: number;
  /** Expected number of different answers among k. */
  distinct: Record<string, number>;
  distinctError: Record<string, number>;
  /** Maj@k with ties broken evenly, and for `Infinity` that the likeliest answer is right. */
  majority: Record<string, number>;
  majorityError: Record<string, number>;
  /** Under the base, of answers by the base, by a teacher and by the policy itself. */
  perplexity: BasePerplexity & { now: number };
}

/** Perplexities under the base that no training changes: of its own answers and, where a run has one, of its teacher's. */
export interface BasePerplexity {
  base: number;
  teacher?: number;
}

/** The k of distinct answers; every reported one would cost nothing, but the last are all but the support. */
const DISTINCT_KS = [4, 16, 64, 256, 1024];

/** The k of majority votes: the cost grows as k² · log k. */
const MAJORITY_KS = [1, 4, 16, 64];

/** An answer less likely than this is not looked for: a Countdown base has some 450 above it, which have 99.5 %. */
const SMALLEST = 1e-5;

type Sampler = Pick<TrainSettings, 'evalTemperature'>;

/** The answers at the temperature of the evaluation, without a nucleus. */
const answersOf = (
  policy: Policy,
  task: Task,
  problems: readonly unknown[],
  { evalTemperature: temperature }: Sampler,
  did: DidProblems,
): Promise<AnswerDistribution[]> =>
  enumerateAnswers(policy, task, problems, { smallest: SMALLEST, temperature }, did);

/** Enumerates the answers of the base and of the teacher, which are the same in every row of a run. */
export async function basePerplexity(
  engine: Engine,
  base: Policy,
  teacher: Teacher | null,
  task: Task,
  problems: readonly unknown[],
  sampler: Sampler,
  did = unheard,
): Promise<BasePerplexity> {
  const of = async (policy: Policy): Promise<number> => {
    const answers = await answersOf(policy, task, problems, sampler, did);
    return perplexity(answers, base, sampler.evalTemperature, did);
  };
  const own = { base: await of(base) };
  if (!teacher) return own;
  const { shape, parameters } = requireTeacher(teacher, base.shape);
  const network = await engine.createPolicy(shape, parameters);
  try {
    return { ...own, teacher: await of(network) };
  } finally {
    network.dispose();
  }
}

/** Enumerates the answers of the policy. */
export async function measureAnswers(
  policy: Policy,
  base: Policy,
  task: Task,
  problems: readonly unknown[],
  sampler: Sampler,
  known: BasePerplexity,
  did = unheard,
): Promise<AnswerMeasures> {
  const now = await answersOf(policy, task, problems, sampler, did);
  const meanOf = (measure: (of: AnswerDistribution) => number): number => mean(now.map(measure));
  const byK = (ks: readonly number[], measure: (of: AnswerDistribution, k: number) => number) =>
    Object.fromEntries(ks.map((k) => [k, meanOf((of) => measure(of, k))]));
  const votes = now.map((of) => new Map(MAJORITY_KS.map((k) => [k, majorityVote(of, k)])));
  const votesByK = (part: 'value' | 'error') =>
    Object.fromEntries(MAJORITY_KS.map((k) => [k, mean(votes.map((vote) => vote.get(k)![part]))]));
  const { shape } = policy;
  return {
    problems: problems.length,
    missing: meanOf(({ missing }) => missing),
    entropy: meanOf((of) => middle(answerEntropy(of, shape))),
    entropyError: meanOf((of) => halfWidth(answerEntropy(of, shape))),
    distinct: byK(DISTINCT_KS, (of, k) => middle(distinctAnswers(of, k))),
    distinctError: byK(DISTINCT_KS, (of, k) => halfWidth(distinctAnswers(of, k))),
    majority: { ...votesByK('value'), Infinity: meanOf(majorityInTheLimit) },
    majorityError: votesByK('error'),
    perplexity: { ...known, now: await perplexity(now, base, sampler.evalTemperature, did) },
  };
}

const middle = ({ low, high }: Bounds): number => (low + high) / 2;
const halfWidth = ({ low, high }: Bounds): number => (high - low) / 2;
