import type { DidProblems } from '../evaluation/didProblems.ts';

/**
 * Hears how far an evaluation is: `done` of `total` problems, one that is looked at several times counted each time.
 * Awaited, so that it can let others have their turn; what it throws ends the evaluation and the run with it.
 */
export type HearEvaluation = (done: number, total: number) => Promise<void>;

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

/** Adds up the problems of an evaluation, of whose parts each has so many. */
export function countProblems(hear: HearEvaluation, parts: readonly number[]): DidProblems {
  const total = parts.reduce((sum, part) => sum + part, 0);
  let done = 0;
  return async (count) => {
    done += count;
    await hear(done, total);
  };
}

/** A policy whose answers are measured goes through their problems twice: to enumerate them, and for their perplexity. */
export const PASSES_OF_ANSWERS = 2;
