import { meanPassAtK } from '../../core/passAtK.ts';
import type { IntervalSeries, IntervalView } from '../../plots/intervals.ts';
import { grouped } from '../../plots/numbers.ts';
import { basesOf, chancesOf, pointOf } from '../../run/studies/means.ts';
import type { RecordedArm, RecordedStudy } from '../../run/studies/recorded.ts';
import { showNumber } from '../../run/studies/shown.ts';
import type { Study } from '../../run/studies/study.ts';
import * as FIGURE_TEXT from '../../messages/figures.ts';
import { armMarks, BASE_MARK, CHANCE_MARK } from './armMarks.ts';
import * as TEXT from '../../messages/studyFigures.ts';
import { bandWords, BESIDE_DASH, namedByArm, summaryOf } from './viewParts.ts';

/** The k of the curves: to a benchmark's largest, or to a million. */
const K_RANGES = {
  usual: { xScale: 'log2', largest: 1024, ks: Array.from({ length: 41 }, (_, i) => 2 ** (i / 4)) },
  far: { xScale: 'log10', largest: 1e6, ks: Array.from({ length: 49 }, (_, i) => 10 ** (i / 8)) },
} as const;

/** Mean pass@k of every arm over k, beside base and chance, and where it is asked for that of sound answers, dashed. */
export function passAtKView(
  study: Study,
  recorded: RecordedStudy,
  range: keyof typeof K_RANGES,
  { sound = false }: { sound?: boolean } = {},
): IntervalView {
  const { xScale, largest, ks } = K_RANGES[range];
  const marks = armMarks(study.arms);
  const colorOf = ({ id }: RecordedArm): string => marks.get(id)!.color;
  const curve = (lists: readonly (readonly number[])[]) =>
    ks.map((k) =>
      pointOf(
        k,
        lists.map((p) => meanPassAtK(p, k)),
      ),
    );
  const bases = namedByArm(basesOf(recorded.arms), FIGURE_TEXT.base).map(
    ({ arm, label }, _, all) => ({
      ...{ arm, label, id: `base ${arm.id}` },
      mark: all.length === 1 ? BASE_MARK : { ...BASE_MARK, color: colorOf(arm) },
    }),
  );
  const soundLine = (
    { id, label, color }: Pick<IntervalSeries, 'id' | 'label' | 'color'>,
    lists: readonly (readonly number[] | undefined)[],
  ): IntervalSeries[] => {
    if (!sound || !lists.every((p) => p !== undefined)) return [];
    const named = { id: `sound ${id}`, label: TEXT.sound({ label }) };
    return [{ ...named, color, dash: BESIDE_DASH, points: curve(lists) }];
  };
  const series: IntervalSeries[] = [
    ...namedByArm(chancesOf(recorded.arms), FIGURE_TEXT.chance).map(({ label, arm }) => ({
      ...{ id: `chance ${arm.id}`, label, ...CHANCE_MARK },
      points: curve(arm.runs.map(() => arm.chanceP)),
    })),
    ...bases.map(({ id, label, arm, mark }) => ({
      ...{ id, label, ...mark },
      points: curve(arm.runs.map(({ baseP }) => baseP)),
    })),
    ...bases.flatMap(({ id, label, arm, mark: { color } }) =>
      soundLine(
        { id, label, color },
        arm.runs.map(({ baseSoundP }) => baseSoundP),
      ),
    ),
    ...recorded.arms.map(({ id, label, runs }) => ({
      ...{ id, label, ...marks.get(id)! },
      points: curve(runs.map(({ p }) => p)),
    })),
    ...recorded.arms.flatMap((arm) =>
      soundLine(
        { ...arm, color: colorOf(arm) },
        arm.runs.map(({ soundP }) => soundP),
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
