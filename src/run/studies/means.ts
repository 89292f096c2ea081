import { meanInterval } from '../../core/studentT.ts';
import { measure, measureOverSteps } from './measures.ts';
import type { RecordedArm } from './recorded.ts';

/** The mean of several runs at x; `half` of its 95 % interval is null for a single run. */
export interface MeanPoint {
  x: number;
  y: number;
  half: number | null;
}

/** One value of a run at an x. */
interface Sample {
  x: number;
  value: number;
}

/** The mean of a value of every run at x, with its 95 % interval over seeds. */
export const pointOf = (x: number, values: readonly number[]): MeanPoint => {
  const { mean, half } = meanInterval(values);
  return { x, y: mean, half };
};

/**
 * The means over runs at every x at which all of them have a value, in ascending order: with fewer, the mean would jump
 * where a run drops out. Where each run has one value at an x of its own, the one point has the mean of both.
 */
export function meansOverRuns(runs: readonly (readonly Sample[])[]): MeanPoint[] {
  if (runs.length > 0 && runs.every(({ length }) => length === 1)) {
    const only = runs.map(([sample]) => sample!);
    const x = pointOf(
      0,
      only.map((sample) => sample.x),
    ).y;
    return [
      pointOf(
        x,
        only.map(({ value }) => value),
      ),
    ];
  }
  const byX = new Map<number, number[]>();
  for (const run of runs)
    for (const { x, value } of run) byX.set(x, [...(byX.get(x) ?? []), value]);
  return [...byX]
    .filter(([, values]) => values.length === runs.length)
    .map(([x, values]) => pointOf(x, values))
    .sort((a, b) => a.x - b.x);
}

/** A measure over the steps of training, at every evaluation that all runs have. */
export const meansOverSteps = ({ runs }: RecordedArm, name: string): MeanPoint[] =>
  meansOverRuns(
    runs.map((run) => measureOverSteps(run, name).map(({ step, value }) => ({ x: step, value }))),
  );

/** A measure over the runs of an arm, or null where one of them has none. */
export function measureMean(
  { runs }: RecordedArm,
  name: string,
  when: 'base' | 'end',
): MeanPoint | null {
  const values = runs.map((run) => measure(run, name, when));
  return values.includes(null) ? null : pointOf(0, values as number[]);
}

/**
 * The first arm of each different policy that arms begin with, to the digits that are recorded. An arm that is its base
 * still, since it does not train, adds none: it is there itself.
 */
export function basesOf(arms: readonly RecordedArm[]): RecordedArm[] {
  const textOf = ({ runs }: RecordedArm, key: 'p' | 'baseP'): string =>
    runs.map((run) => run[key].join()).join(';');
  const trained = arms.filter((arm) => textOf(arm, 'p') !== textOf(arm, 'baseP'));
  return distinct(trained.length > 0 ? trained : arms, (arm) => textOf(arm, 'baseP'));
}

/** The first arm of each different level of chance. */
export const chancesOf = (arms: readonly RecordedArm[]): RecordedArm[] =>
  distinct(arms, ({ chanceP }) => chanceP.join());

function distinct(
  arms: readonly RecordedArm[],
  textOf: (arm: RecordedArm) => string,
): RecordedArm[] {
  const first = new Map<string, RecordedArm>();
  for (const arm of arms) if (!first.has(textOf(arm))) first.set(textOf(arm), arm);
  return [...first.values()];
}
