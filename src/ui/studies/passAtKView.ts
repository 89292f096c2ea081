import { meanPassAtK } from '../../core/passAtK.ts';
import type { IntervalSeries, IntervalView } from '../../plots/intervals.ts';
import { grouped } from '../../plots/numbers.ts';
import type { RecordedArm, RecordedStudy } from '../../run/studies/recorded.ts';
import { showNumber } from '../../run/studies/shown.ts';
import type { Study } from '../../run/studies/study.ts';
import * as FIGURE_TEXT from '../../messages/figures.ts';
import { armMarks, BASE_MARK, CHANCE_MARK } from './armMarks.ts';
import { basesOf, chancesOf, pointOf } from './means.ts';
import * as TEXT from '../../messages/studyFigures.ts';
import { bandWords, BESIDE_DASH, summaryOf, type Spec } from './viewParts.ts';

/** The k of the curves: to a benchmark's largest, or to a million. */
export const K_RANGES = {
  usual: { xScale: 'log2', largest: 1024, ks: Array.from({ length: 41 }, (_, i) => 2 ** (i / 4)) },
  far: { xScale: 'log10', largest: 1e6, ks: Array.from({ length: 49 }, (_, i) => 10 ** (i / 8)) },
} as const;
export type KRange = keyof typeof K_RANGES;

/** Mean pass@k of every arm over k, beside base and chance, and where it is asked for that of sound answers, dashed. */
export function passAtKView(
  study: Study,
  recorded: RecordedStudy,
  range: KRange,
  { sound = false }: Pick<Spec<'passAtK'>, 'sound'> | { sound?: false } = {},
): IntervalView {
  const { xScale, largest, ks } = K_RANGES[range];
  const marks = armMarks(study.arms);
  const curve = (lists: readonly (readonly number[])[]) =>
    ks.map((k) =>
      pointOf(
        k,
        lists.map((p) => meanPassAtK(p, k)),
      ),
    );
  const bases = basesOf(recorded.arms);
  const baseMark = (arm: RecordedArm, ofAll: boolean) => ({
    ...BASE_MARK,
    ...(ofAll ? {} : { color: marks.get(arm.id)!.color }),
  });
  const soundLine = (
    { id, label, color }: Pick<IntervalSeries, 'id' | 'label' | 'color'>,
    lists: readonly (readonly number[] | undefined)[],
  ): IntervalSeries[] => {
    if (!sound || !lists.every((p) => p !== undefined)) return [];
    const named = { id: `sound ${id}`, label: TEXT.sound({ label }) };
    return [{ ...named, color, dash: BESIDE_DASH, points: curve(lists) }];
  };
  const series: IntervalSeries[] = [
    ...chancesOf(recorded.arms).map(({ label, arm }) => ({
      ...{ id: `chance ${arm.id}`, label, ...CHANCE_MARK },
      points: curve(arm.runs.map(() => arm.chanceP)),
    })),
    ...bases.map(({ label, arm, ofAll }) => ({
      ...{ id: `base ${arm.id}`, label, ...baseMark(arm, ofAll) },
      points: curve(arm.runs.map(({ baseP }) => baseP)),
    })),
    ...bases.flatMap(({ label, arm, ofAll }) =>
      soundLine(
        { id: `base ${arm.id}`, label, color: baseMark(arm, ofAll).color },
        arm.runs.map(({ baseSoundP }) => baseSoundP),
      ),
    ),
    ...recorded.arms.map(({ id, label, runs }) => ({
      ...{ id, label, ...marks.get(id)! },
      points: curve(runs.map(({ p }) => p)),
    })),
    ...recorded.arms.flatMap(({ id, label, runs }) =>
      soundLine(
        { id, label, color: marks.get(id)!.color },
        runs.map(({ soundP }) => soundP),
      ),
    ),
  ];
  const at = (k: number): string => FIGURE_TEXT.atK({ k: grouped(Math.round(k)) });
  return {
    title: sound ? TEXT.soundTitle : TEXT.passTitle,
    caption: (sound ? TEXT.soundPass : TEXT.pass)({ bands: bandWords(recorded) }),
    summary: summaryOf(series, 3, at),
    xLabel: FIGURE_TEXT.kAxis,
    yLabel: 'pass@k',
    xScale,
    xDomain: [1, largest],
    yDomain: [0, 1],
    intervals: 'band',
    series,
    format: (y) => showNumber(y, 3),
    at,
  };
}
