import { meanInterval } from '../../core/studentT.ts';
import { armNamed } from './claims.ts';
import { measure, measureAtStep, measureNamed } from './measures.ts';
import type { RecordedStudy } from './recorded.ts';
import { isConstant, showInterval, showNumber } from './shown.ts';

/** A number of a recorded study: the mean over seeds, with its interval where there is one. */
export interface NumberSpec {
  study: string;
  arm: string;
  measure: string;
  /** At the end of training unless it is of the base, or after so many steps. */
  when?: 'base' | number;
}

/** The values of a measure over the seeds of an arm. @throws RangeError naming a number that the study has not. */
export function valuesOf(recorded: RecordedStudy, spec: NumberSpec): number[] {
  const { when = 'end' } = spec;
  return armNamed(recorded.arms, spec.arm).runs.map((run) => {
    const value =
      typeof when === 'number'
        ? measureAtStep(run, spec.measure, when)
        : measure(run, spec.measure, when);
    if (value === null)
      throw new RangeError(
        `the recorded study '${recorded.name}' has no ${spec.measure} of the arm '${spec.arm}' with seed ${run.seed}`,
      );
    return value;
  });
}

/** A number as it stands in a text: `mean ± half`, or one number where all seeds have the same. */
export function shownNumber(recorded: RecordedStudy, spec: NumberSpec): string {
  const interval = meanInterval(valuesOf(recorded, spec));
  const { digits } = measureNamed(spec.measure);
  return isConstant(interval) || interval.half === 0
    ? showNumber(interval.mean, digits)
    : showInterval(interval, digits);
}
