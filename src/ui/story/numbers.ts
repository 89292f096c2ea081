import { meanInterval } from '../../core/studentT.ts';
import { armNamed } from '../../run/studies/claims.ts';
import { measure, measureAtStep, measureNamed } from '../../run/studies/measures.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import { isConstant, showInterval, showNumber } from '../../run/studies/shown.ts';
import type { Chapter, NumberSpec } from './chapter.ts';

/** The values of a measure over the seeds of an arm. @throws RangeError naming a number that the study has not. */
export function valuesOf(recorded: RecordedStudy, spec: NumberSpec): number[] {
  const { runs } = armNamed(recorded.arms, spec.arm);
  return runs.map((run) => {
    const { when = 'end' } = spec;
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

/** The studies that a chapter needs once its answer is told. */
export function studiesOf({ study, numbers, claims }: Chapter): string[] {
  const named = [...Object.values(numbers), ...claims].map((each) => each.study);
  return [...new Set([...(study === undefined ? [] : [study]), ...named])];
}

/** The values of the places in a chapter's text. */
export function placesOf(
  { numbers }: Chapter,
  studies: ReadonlyMap<string, RecordedStudy>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(numbers).map(([place, spec]) => [
      place,
      shownNumber(studies.get(spec.study)!, spec),
    ]),
  );
}
