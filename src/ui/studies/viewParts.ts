import { roundDomain, type IntervalSeries } from '../../plots/intervals.ts';
import { measureNamed } from '../../run/studies/measures.ts';
import type { RecordedArm, RecordedStudy } from '../../run/studies/recorded.ts';
import { showInterval, showNumber } from '../../run/studies/shown.ts';
import type { FigureSpec } from '../../run/studies/study.ts';
import * as TEXT from '../../messages/studyFigures.ts';

export type Spec<K extends FigureSpec['kind']> = Extract<FigureSpec, { kind: K }>;

/** Shares of problems; what other measures can be is not known here. */
export const rangeOf = (name: string): [number, number] | undefined =>
  /(^| )pass@\d+$/.test(name) ? [0, 1] : undefined;

export const seedsWords = ({ seeds }: RecordedStudy): string => TEXT.seeds({ count: seeds.length });
export const bandWords = (recorded: RecordedStudy): string =>
  TEXT.bands({ seeds: seedsWords(recorded) });

/** Every line at its ends, as a sentence for whoever cannot see them. */
export function summaryOf(
  series: readonly IntervalSeries[],
  digits: number,
  at: (x: number) => string,
): string {
  return series
    .map(({ label, points }) => {
      const ends = points.length > 1 ? [points[0]!, points.at(-1)!] : points;
      const told = ends.map(
        ({ x, y, half }) => `${showInterval({ mean: y, half }, digits)} ${at(x)}`,
      );
      return `${label}: ${told.join(', ')}`;
    })
    .join('; ');
}

const boundsOf = (
  series: readonly IntervalSeries[],
  within?: readonly [number, number],
): [number, number] =>
  roundDomain(
    series.flatMap(({ points }) => points.map(({ y, half }) => ({ value: y, half }))),
    within,
  );

export const extent = (series: readonly IntervalSeries[]): [number, number] => {
  const xs = series.flatMap(({ points }) => points.map(({ x }) => x));
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  return low === high ? [low - 1, high + 1] : [low, high];
};

/** What arms begin with: by one name where it is the same for all, else each by its arm. */
export const namedByArm = (arms: readonly RecordedArm[], what: string) =>
  arms.map((arm) => ({
    arm,
    label: arms.length === 1 ? what : TEXT.of({ what, arm: arm.label }),
  }));

/** Of what is drawn beside a line of the same colour: that of sound answers, of a target, or from a nucleus. */
export const BESIDE_DASH = '2 4';

/** What the lines of a measure have in common, whatever they are drawn over. */
export function measureView(name: string, series: IntervalSeries[], at: (x: number) => string) {
  const { label, digits } = measureNamed(name);
  return {
    // Beside an axis there is room for what is measured; on which problems, the title says.
    yLabel: label.replace(/ on problems .*/, ''),
    yDomain: boundsOf(series, rangeOf(name)),
    summary: summaryOf(series, digits, at),
    series,
    format: (y: number) => showNumber(y, digits),
    at,
  };
}
