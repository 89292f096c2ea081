import type { TrainRow } from '../experiments/train.ts';
import type { ShownRun, TriedRun } from './tried.ts';

interface Point {
  x: number;
  y: number;
}

/** The mean and the range of several values at one x. */
export interface Spread {
  x: number;
  mean: number;
  low: number;
  high: number;
}

/**
 * Mean, least and largest y at every x that all lines have a finite y at, in the order of the first line. It describes
 * these lines and is no confidence interval.
 */
export function spreadOf(lines: readonly (readonly Point[])[]): Spread[] {
  const [first, ...others] = lines.map(
    (points) => new Map(points.filter(({ y }) => Number.isFinite(y)).map(({ x, y }) => [x, y])),
  );
  return [...(first ?? [])].flatMap(([x, y]) => {
    const ys = [y];
    for (const other of others) {
      const value = other.get(x);
      if (value === undefined) return [];
      ys.push(value);
    }
    const mean = ys.reduce((sum, value) => sum + value, 0) / ys.length;
    return [{ x, mean, low: Math.min(...ys), high: Math.max(...ys) }];
  });
}

/** Of runs that a band spans; the one on screen as far as it is. */
export type Spanned = Pick<TriedRun, 'points' | 'evaluations'>;

export const passAtPoints = ({ evaluations }: Spanned, k: string): Point[] =>
  evaluations.map(({ step, passAt }) => ({ x: step, y: passAt[k] ?? NaN }));
export const entropyPoints = ({ points }: Spanned): Point[] =>
  points.map(({ step, entropy }) => ({ x: step, y: entropy }));

/** The runs of a band, those that there are: the one on screen as far as it is, others as they were left. */
export function spannedBy(
  band: readonly number[] | null,
  here: Pick<ShownRun, 'id' | 'rows'>,
  tried: readonly TriedRun[],
): Spanned[] {
  const spanned = (band ?? []).flatMap((id): Spanned[] => {
    if (id === here.id) return [spannedOf(here.rows)];
    return tried.filter((each) => each.id === id);
  });
  return spanned.length > 1 ? spanned : [];
}

const EMPTY = new Float32Array();
const spannedOf = (rows: readonly TrainRow[]): Spanned => ({
  points: rows,
  evaluations: rows.flatMap(({ step, heldOut }) =>
    heldOut ? [{ step, passAt: heldOut.passAt, p: EMPTY }] : [],
  ),
});

/**
 * Pass@1, pass@256 and entropy of several runs at the last evaluation that all of them have, with their range; null
 * where there is none, or only one run.
 */
export function measuresAt(
  runs: readonly Spanned[],
): { step: number; measures: { measure: string; spread: Spread }[] } | null {
  if (runs.length < 2) return null;
  const measures = [
    { measure: 'pass@1', spreads: spreadOf(runs.map((run) => passAtPoints(run, '1'))) },
    { measure: 'pass@256', spreads: spreadOf(runs.map((run) => passAtPoints(run, '256'))) },
    { measure: 'entropy', spreads: spreadOf(runs.map(entropyPoints)) },
  ];
  const step = measures[0]!.spreads.at(-1)?.x;
  if (step === undefined) return null;
  return {
    step,
    measures: measures.flatMap(({ measure, spreads }) =>
      spreads.filter(({ x }) => x === step).map((spread) => ({ measure, spread })),
    ),
  };
}
