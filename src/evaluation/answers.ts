import { exp, expm1, log, log1p } from '../core/elementary.ts';
import type { Policy } from '../policy/policy.ts';
import type { Task } from '../tasks/task.ts';
import { unheard } from './didProblems.ts';
import { extend, isComplete, rootOf, scorePrefixes, type Prefix } from './prefixes.ts';

/** One response with its probability. */
export interface Answer {
  response: readonly number[];
  /** log π(y | x) in nats. */
  logProb: number;
  /** Whether the verifier accepts it. */
  correct: boolean;
}

/** The responses of a policy to one problem, the likeliest first. */
export interface AnswerDistribution {
  problem: unknown;
  /** Every response of probability ≥ `smallest`. */
  answers: Answer[];
  /** The probability of all others together, each of which has less than `smallest`. */
  missing: number;
  smallest: number;
  /** Where the tree of beginnings starts, with every distribution that was computed. */
  root: Prefix;
}

/** What the responses are counted with. */
export interface Enumeration {
  /** 0 < smallest < 1; 1e-5 finds some hundred responses of a Countdown base. */
  smallest: number;
  /** τ > 0 of the softmax. */
  temperature: number;
  /** Where the trees begin, if they are already known in part: at the same temperature, one a problem. */
  roots?: readonly Prefix[] | undefined;
}

/** Problems whose beginnings are scored together: enough to fill a batch, few enough to tell how far it is. */
const ENUMERATED_AT_ONCE = 8;

/**
 * Every response of probability at least `smallest` to each problem, token by token: of the beginnings of length t
 * with π(y_≤t | x) ≥ smallest, those of eight problems are scored at once, and each next token makes one of length t + 1.
 * A beginning below `smallest` is left out with all that could follow, so the probability of what was left out is known:
 *
 *   missing = Σ π(beginning) over those left out = 1 − Σ π(y) over the answers, up to rounding
 *
 * Log-probabilities are sums of float32 numbers, exact to about 1e-6.
 * @throws RangeError unless 0 < smallest < 1.
 */
export async function enumerateAnswers(
  policy: Policy,
  task: Task,
  problems: readonly unknown[],
  enumeration: Enumeration,
  did = unheard,
): Promise<AnswerDistribution[]> {
  const { smallest, roots } = enumeration;
  if (!(smallest > 0 && smallest < 1))
    throw new RangeError(`smallest must be a probability between 0 and 1, got ${smallest}`);
  const found: AnswerDistribution[] = [];
  for (let from = 0; from < problems.length; from += ENUMERATED_AT_ONCE) {
    const some = problems.slice(from, from + ENUMERATED_AT_ONCE);
    const theirs = { ...enumeration, roots: roots?.slice(from, from + ENUMERATED_AT_ONCE) };
    found.push(...(await enumerateTogether(policy, task, some, theirs)));
    await did(some.length);
  }
  return found;
}

async function enumerateTogether(
  policy: Policy,
  task: Task,
  problems: readonly unknown[],
  { smallest, temperature, roots }: Enumeration,
): Promise<AnswerDistribution[]> {
  const least = log(smallest);
  const { responseLength: T, outputs: R } = policy.shape;
  const found: AnswerDistribution[] = problems.map((problem, i) => ({
    problem,
    answers: [],
    missing: 0,
    smallest,
    root: roots?.[i] ?? rootOf(task.encode(problem)),
  }));
  let level = found.map((of) => ({ of, prefix: of.root }));
  while (level.length > 0) {
    await scorePrefixes(
      policy,
      level.map(({ prefix }) => prefix),
      temperature,
    );
    const longer: typeof level = [];
    for (const { of, prefix } of level)
      for (let token = 0; token < R; token++) {
        const logProb = prefix.logProb + prefix.next![token]!;
        if (logProb < least) {
          of.missing += exp(logProb);
          continue;
        }
        const child = extend(prefix, token);
        if (!isComplete(child, T)) longer.push({ of, prefix: child });
        else {
          const { correct } = task.verify(of.problem, child.tokens);
          of.answers.push({ response: child.tokens, logProb, correct });
        }
      }
    level = longer;
  }
  for (const { answers } of found) answers.sort((a, b) => b.logProb - a.logProb);
  return found;
}

/** A number that what was left out of an enumeration leaves open: it is from `low` to `high`. */
export interface Bounds {
  low: number;
  high: number;
}

/**
 * The entropy H = −Σ_y π(y) log π(y) of whole answers, in nats. What is missing, m in all, has less than `smallest` = s
 * each and is spread over no more than R^T responses, so it adds at least −m log s and at most m (T log R − log m).
 */
export function answerEntropy(
  { answers, missing, smallest }: AnswerDistribution,
  { responseLength: T, outputs: R }: { responseLength: number; outputs: number },
): Bounds {
  let sum = 0;
  for (const { logProb } of answers) sum -= exp(logProb) * logProb;
  if (missing === 0) return { low: sum, high: sum };
  return {
    low: sum - missing * log(smallest),
    high: sum + missing * (T * log(R) - log(missing)),
  };
}

/**
 * The expected number of different answers among k draws: Σ_y 1 − (1 − π(y))^k, which is from 0 to k. An answer of
 * probability p < s adds at most k·p, and since the term is concave in p at least p/s of what s would add.
 */
export function distinctAnswers(
  { answers, missing, smallest }: AnswerDistribution,
  k: number,
): Bounds {
  const drawn = (p: number): number => (p >= 1 ? 1 : -expm1(k * log1p(-p)));
  let sum = 0;
  for (const { logProb } of answers) sum += drawn(exp(logProb));
  return {
    low: sum + (missing * drawn(smallest)) / smallest,
    high: sum + k * missing,
  };
}

/** The probability that an answer is right: Σ π(y) over the accepted ones; what is missing may add up to all of it. */
export function successOf({ answers, missing }: AnswerDistribution): Bounds {
  let low = 0;
  for (const { logProb, correct } of answers) if (correct) low += exp(logProb);
  return { low, high: low + missing };
}
