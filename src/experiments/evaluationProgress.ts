import type { DidProblems } from '../evaluation/didProblems.ts';

/**
 * Hears how far an evaluation is, first when it begins: `done` of `total` problems, one that is looked at several times
 * counted each time, and the share of its work that this is. Awaited, so that it can let others have their turn; what it
 * throws ends the evaluation and the run with it.
 */
export type HearEvaluation = (done: number, total: number, share: number) => Promise<void>;

export const unheardEvaluation: HearEvaluation = async () => {};

/** What a {@link HearEvaluation} throws to end the evaluation, but not the run. */
export class EvaluationCancelledError extends Error {}

/**
 * The row as `evaluate` completes it. Each time that this is cancelled it gives the row as it was, marked as cut, and
 * evaluates from the beginning when the next is wanted: the policy has not moved meanwhile, so nothing is lost by it.
 */
export async function* untilEvaluated<Row extends object>(
  row: Row,
  evaluate: (row: Row) => Promise<void>,
): AsyncGenerator<Row & { isCut: true }, Row> {
  for (;;) {
    const whole = { ...row };
    try {
      await evaluate(whole);
      return whole;
    } catch (error) {
      if (!(error instanceof EvaluationCancelledError)) throw error;
    }
    yield { ...row, isCut: true };
  }
}

/** One after another, an evaluation goes through the problems of its parts. */
export interface EvaluationPart {
  problems: number;
  /** About how many sequences are computed for all of them: what their part of the work is in proportion to. */
  sequences: number;
}

/** The share of all work that is done with the first `done` problems, from 0 to 1; every problem of a part takes the same. */
export function shareOfWork(parts: readonly EvaluationPart[], done: number): number {
  let left = done;
  let [did, all] = [0, 0];
  for (const { problems, sequences } of parts) {
    const these = Math.min(left, problems);
    left -= these;
    if (problems > 0) did += (sequences * these) / problems;
    all += sequences;
  }
  return all === 0 ? 1 : did / all;
}

/** Begins an evaluation, and adds up its problems. */
export async function countProblems(
  hear: HearEvaluation,
  parts: readonly EvaluationPart[],
): Promise<DidProblems> {
  const total = parts.reduce((sum, { problems }) => sum + problems, 0);
  let done = 0;
  const did: DidProblems = async (count) => {
    done += count;
    await hear(done, total, shareOfWork(parts, done));
  };
  await did(0);
  return did;
}

/** A policy whose answers are measured goes through their problems twice: to enumerate them, and for their perplexity. */
export const PASSES_OF_ANSWERS = 2;

/** Sequences of such a pass over one problem: the answers that a Countdown base has above the threshold. */
export const ANSWERS_OF_A_PROBLEM = 450;
