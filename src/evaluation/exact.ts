import { exp, powerOf } from '../core/elementary.ts';
import { createBatch, sliceBatch } from '../policy/batch.ts';
import type { Batch, Policy } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import type { Task } from '../tasks/task.ts';
import { byOwner, unheard } from './didProblems.ts';

/** Problems with every response that the verifier accepts, enumerated once. */
export interface AcceptSets {
  problems: readonly unknown[];
  /** All accepted responses of all problems, one sequence each. */
  batch: Batch;
  /** [sequences] index into `problems`. */
  owner: Int32Array;
  /** [problems] the size of each accept set. */
  counts: number[];
  /** [sequences] of tasks that check written steps: 1 where every step of the accepted response is valid. */
  sound?: Uint8Array;
}

/**
 * The most responses that a set of problems may hold. At 14 tokens each they take 16 MB, and scoring them takes the
 * TypeScript engine 36 s (measured at 6,900 a second), so anything larger is a mistake in the settings.
 */
export const MOST_ACCEPTED = 250_000;

/** The sets of one run are held-out, training and tier problems; one more stays from the run before. */
const KEPT_SETS = 4;

/** By task object, then by the prompts of the problems; a run that starts again finds its sets made. */
const cache = new WeakMap<Task, Map<string, AcceptSets>>();

/**
 * The accept sets of the problems, from the cache where the same task has enumerated the same problems before.
 * @throws RangeError if they hold more than {@link MOST_ACCEPTED} responses, with both numbers.
 */
export function enumerateAcceptSets(
  task: Task,
  shape: PolicyShape,
  problems: readonly unknown[],
): AcceptSets {
  let kept = cache.get(task);
  if (!kept) cache.set(task, (kept = new Map()));
  const key = problems.map((problem) => task.encode(problem).join(' ')).join();
  const sets = kept.get(key) ?? buildAcceptSets(task, shape, problems);
  // A Map keeps the order of insertion: what was used last goes to its end, what was not used for longest leaves.
  kept.delete(key);
  kept.set(key, sets);
  if (kept.size > KEPT_SETS) kept.delete(kept.keys().next().value!);
  return sets;
}

/** As {@link enumerateAcceptSets}, but leaves the cache to the sets of runs. */
export function buildAcceptSets(
  task: Task,
  shape: PolicyShape,
  problems: readonly unknown[],
): AcceptSets {
  const counts: number[] = [];
  let rows: { prompt: number[]; response: number[]; owner: number }[] = [];
  let total = 0;
  problems.forEach((problem, owner) => {
    const responses = task.acceptSet(problem);
    counts.push(responses.length);
    total += responses.length;
    // What is too large is counted to its end, for the message, but not kept.
    if (total > MOST_ACCEPTED) rows = [];
    else {
      const prompt = task.encode(problem);
      for (const response of responses) rows.push({ prompt, response, owner });
    }
  });
  if (total > MOST_ACCEPTED)
    throw new RangeError(
      `the accept sets of ${problems.length} problems hold ${total} responses, ` +
        `more than the ${MOST_ACCEPTED} that are enumerated; evaluate fewer problems`,
    );
  const isSound = ({ response, owner }: (typeof rows)[number]): number =>
    task.checkSteps!(problems[owner], response).every(({ valid }) => valid) ? 1 : 0;
  return {
    problems,
    batch: createBatch(shape, rows),
    owner: Int32Array.from(rows, ({ owner }) => owner),
    counts,
    ...(task.checkSteps ? { sound: Uint8Array.from(rows, isSound) } : {}),
  };
}

/** The exact success probability of each problem. */
export interface ExactSuccess {
  p: number[];
  /** Of tasks that check written steps: the probability of a right answer all of whose steps are valid; ≤ p. */
  soundP?: number[];
}

/**
 * p = Σ_{y ∈ accept set} Π_t π(y_t | x, y_<t) of each problem, summed in float64, and the same sum over its sound
 * responses, both from one scoring of the set. Log-probabilities come from a float32 engine, so p carries a relative
 * error of about 1e-6; it is capped at 1.
 */
export async function exactSuccess(
  policy: Policy,
  sets: AcceptSets,
  temperature: number,
  did = unheard,
): Promise<ExactSuccess> {
  return successFrom(sets, await acceptedLogProbs(policy, sets, temperature, did));
}

/** Sequences that are scored at once: less than a second of the TypeScript engine. */
export const SCORED_AT_ONCE = 4096;

/** [sequences] log π(y | x) of every accepted response, in nats. */
export async function acceptedLogProbs(
  policy: Policy,
  { batch, owner, problems }: AcceptSets,
  temperature: number,
  did = unheard,
): Promise<Float64Array> {
  return responseLogProbs(policy, batch, temperature, byOwner(owner, problems.length, did));
}

/** [sequences] log π(y | x) of every response of a batch, in nats; `done` hears before which sequence all are scored. */
export async function responseLogProbs(
  policy: Policy,
  batch: Batch,
  temperature: number,
  done: (to: number) => Promise<void>,
): Promise<Float64Array> {
  const T = policy.shape.responseLength;
  const B = batch.lengths.length;
  const sums = new Float64Array(B);
  for (let from = 0; from < B; from += SCORED_AT_ONCE) {
    const to = Math.min(B, from + SCORED_AT_ONCE);
    const part = B <= SCORED_AT_ONCE ? batch : sliceBatch(policy.shape, batch, from, to);
    const { logProbs } = await policy.score({ batch: part, temperature });
    for (let b = from; b < to; b++)
      for (let t = 0; t < batch.lengths[b]!; t++) sums[b]! += logProbs[(b - from) * T + t]!;
    await done(to);
  }
  return sums;
}

/** The success probabilities that log-probabilities of the accepted responses add up to, each capped at 1. */
export function successFrom(
  { problems, owner, sound }: AcceptSets,
  logProbs: Float64Array,
): ExactSuccess {
  const p = new Array<number>(problems.length).fill(0);
  const soundP = new Array<number>(problems.length).fill(0);
  for (let b = 0; b < owner.length; b++) {
    const probability = exp(logProbs[b]!);
    p[owner[b]!]! += probability;
    if (sound?.[b]) soundP[owner[b]!]! += probability;
  }
  const capped = (sums: number[]): number[] => sums.map((sum) => Math.min(1, sum));
  return { p: capped(p), ...(sound ? { soundP: capped(soundP) } : {}) };
}

/**
 * The success probability of guessing: every token drawn uniformly from the R that a response may use.
 * p = Σ_{y ∈ accept set} R^(−length of y), and the same sum over the sound responses.
 */
export function uniformGuessSuccess(
  { problems, batch, owner, sound }: AcceptSets,
  outputs: number,
): ExactSuccess {
  const p = new Array<number>(problems.length).fill(0);
  const soundP = new Array<number>(problems.length).fill(0);
  for (let b = 0; b < owner.length; b++) {
    const probability = powerOf(outputs, -batch.lengths[b]!);
    p[owner[b]!]! += probability;
    if (sound?.[b]) soundP[owner[b]!]! += probability;
  }
  return { p, ...(sound ? { soundP } : {}) };
}
