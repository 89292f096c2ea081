import type { Point } from '../../plots/series.ts';
import * as TEXT from '../../messages/runs.ts';
import type { TriedRun } from './tried.ts';

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

/**
 * Pass@1, pass@256 and entropy of several runs at the last evaluation that all of them have, with their range; null
 * where there is none, or only one run.
 */
export function measuresAt(
  runs: readonly Pick<TriedRun, 'points' | 'evaluations'>[],
): { step: number; measures: { label: string; spread: Spread }[] } | null {
  if (runs.length < 2) return null;
  const passAt = (k: string): Spread[] =>
    spreadOf(
      runs.map(({ evaluations }) =>
        evaluations.map(({ step, passAt }) => ({ x: step, y: passAt[k] ?? NaN })),
      ),
    );
  const entropy = spreadOf(
    runs.map(({ points }) => points.map((point) => ({ x: point.step, y: point.entropy }))),
  );
  const measures = [
    { label: 'pass@1', spreads: passAt('1') },
    { label: 'pass@256', spreads: passAt('256') },
    { label: TEXT.entropyNats, spreads: entropy },
  ];
  const step = measures[0]!.spreads.at(-1)?.x;
  if (step === undefined) return null;
  return {
    step,
    measures: measures.flatMap(({ label, spreads }) => {
      const spread = spreads.find(({ x }) => x === step);
      return spread ? [{ label, spread }] : [];
    }),
  };
}
