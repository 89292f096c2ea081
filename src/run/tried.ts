import { crossingK, LARGEST_K, meanPassAtK } from '../core/passAtK.ts';
import type { TrainRow } from '../experiments/train.ts';
import type { RunSettings } from './table.ts';

/** Where a run has branched off: from which run, after which step. */
export interface Branching {
  of: number;
  step: number;
}

/** A run with all its rows. */
export interface ShownRun {
  id: number;
  settings: RunSettings;
  rows: readonly TrainRow[];
  branched: Branching | null;
  /** In milliseconds since 1970. */
  startedAt: number;
}

/** What the table of runs says of one. */
export interface RunNumbers {
  steps: number;
  /** Of the last evaluation, exact; null before the first. */
  passAt1: number | null;
  passAt256: number | null;
  entropy: number;
  /** The k from which the base solves more; null where the curves do not cross. */
  crossing: number | null;
  /** Of training, without evaluations. */
  seconds: number;
}

export interface TriedEvaluation {
  step: number;
  passAt: Readonly<Record<string, number>>;
  /** The exact p of each held-out problem. */
  p: Float32Array;
}

/** A run that has been left, as much of it as figures and table need. */
export interface TriedRun extends Omit<ShownRun, 'rows'> {
  numbers: RunNumbers;
  points: readonly { step: number; entropy: number; reward: number }[];
  evaluations: readonly TriedEvaluation[];
}

/** What is kept of a run at most: 600 points in all. */
export const MOST_STEPS_KEPT = 400;
export const MOST_EVALUATIONS_KEPT = 200;

/** Every so-many-th entry from the first on, and the last, at most `most`. */
export function thinned<T>(entries: readonly T[], most: number): T[] {
  const stride = Math.max(1, Math.ceil((entries.length - 1) / (most - 1)));
  return entries.filter((_, i) => i % stride === 0 || i === entries.length - 1);
}

/** @throws RangeError if the run has no rows. */
export function numbersOf({ rows }: Pick<ShownRun, 'rows'>): RunNumbers {
  const last = rows.at(-1);
  if (!last) throw new RangeError('a run without rows has no numbers');
  const p = rows.findLast((row) => row.heldOut)?.heldOut?.p ?? null;
  const baseP = rows[0]!.heldOut?.p ?? null;
  return {
    steps: last.step,
    passAt1: p && meanPassAtK(p, 1),
    passAt256: p && meanPassAtK(p, 256),
    entropy: last.entropy,
    crossing: p && baseP && last.step > 0 ? crossingK(baseP, p, LARGEST_K) : null,
    seconds: rows.reduce((sum, row) => sum + (row.step > 0 ? row.step_time : 0), 0),
  };
}

/** @throws RangeError if the run has no rows. */
export function triedRun({ rows, ...run }: ShownRun): TriedRun {
  return {
    ...run,
    numbers: numbersOf({ rows }),
    points: thinned(rows, MOST_STEPS_KEPT).map(({ step, entropy, reward }) => ({
      step,
      entropy,
      reward,
    })),
    evaluations: thinned(
      rows.filter((row) => row.heldOut),
      MOST_EVALUATIONS_KEPT,
    ).map(({ step, heldOut }) => ({
      step,
      passAt: heldOut!.passAt,
      p: Float32Array.from(heldOut!.p),
    })),
  };
}
