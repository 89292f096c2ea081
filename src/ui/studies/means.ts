import { meanInterval } from '../../core/studentT.ts';
import type { IntervalPoint } from '../../plots/intervals.ts';
import { measure } from '../../run/studies/measures.ts';
import * as FIGURE_TEXT from '../../messages/figures.ts';
import * as TEXT from '../../messages/studyFigures.ts';
import type { RecordedArm, RecordedRun } from '../../run/studies/recorded.ts';

/** One value of a run at an x. */
interface Sample {
  x: number;
  value: number;
}

/** The mean of a value of every run at x, with its 95 % interval over seeds. */
export const pointOf = (x: number, values: readonly number[]): IntervalPoint => {
  const { mean, half } = meanInterval(values);
  return { x, y: mean, half };
};

/**
 * The means over runs at every x at which all of them have a value, in ascending order: with fewer, the mean would jump
 * where a run drops out. Where each run has one value at an x of its own, the one point has the mean of both.
 */
export function meansOverRuns(runs: readonly (readonly Sample[])[]): IntervalPoint[] {
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

/** A measure over the runs of an arm, or null where one of them has none. */
export function measureMean(
  { runs }: RecordedArm,
  name: string,
  when: 'base' | 'end',
): IntervalPoint | null {
  const values = runs.map((run) => measure(run, name, when));
  return values.includes(null) ? null : pointOf(0, values as number[]);
}

/** What several arms begin with together, such as their base. */
export interface Shared {
  /** `base`, or `base of …` where there is more than one. */
  label: string;
  arm: RecordedArm;
  /** Whether it is that of all arms. */
  ofAll: boolean;
}

/**
 * The different policies that arms begin with, to the digits that are recorded. An arm that is its base still, since it
 * does not train, adds none: it is drawn itself.
 */
export function basesOf(arms: readonly RecordedArm[]): Shared[] {
  const textOf = (runs: readonly RecordedRun[], key: 'baseP' | 'p'): string =>
    runs.map((run) => run[key].join()).join(';');
  const trained = arms.filter(({ runs }) => textOf(runs, 'p') !== textOf(runs, 'baseP'));
  return distinct(trained.length > 0 ? trained : arms, FIGURE_TEXT.base, ({ runs }) =>
    textOf(runs, 'baseP'),
  );
}

/** The different levels of chance on the problems of the arms. */
export function chancesOf(arms: readonly RecordedArm[]): Shared[] {
  return distinct(arms, FIGURE_TEXT.chance, ({ chanceP }) => chanceP.join());
}

function distinct(
  arms: readonly RecordedArm[],
  label: string,
  textOf: (arm: RecordedArm) => string,
): Shared[] {
  const first = new Map<string, RecordedArm>();
  for (const arm of arms) if (!first.has(textOf(arm))) first.set(textOf(arm), arm);
  const ofAll = first.size === 1;
  return [...first.values()].map((arm) => ({
    label: ofAll ? label : TEXT.of({ what: label, arm: arm.label }),
    arm,
    ofAll,
  }));
}
