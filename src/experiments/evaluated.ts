/**
 * A run changes fastest at its beginning: on Countdown the curve of pass@k falls below the base's at some k within the
 * first steps. Evaluated there whatever the distance of the others is.
 */
const EARLY: readonly number[] = [1, 2, 5, 10];

/** When a run is evaluated: a part of its settings. */
export interface EvaluationSchedule {
  /** Steps between two evaluations, once the beginning is over. */
  evalEvery: number;
  /** The last step of the run. */
  steps: number;
}

/**
 * Whether the row of a step has an evaluation: before the first step, after steps 1, 2, 5, 10 as far as they are below
 * `evalEvery`, after every multiple of `evalEvery`, and after the last step. With 20 and 50 steps that is
 * 0, 1, 2, 5, 10, 20, 40, 50.
 */
export const isEvaluated = (step: number, { evalEvery, steps }: EvaluationSchedule): boolean =>
  step % evalEvery === 0 || step === steps || (step < evalEvery && EARLY.includes(step));
