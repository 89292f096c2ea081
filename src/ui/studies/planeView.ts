import { roundDomain, type PlanePoint, type PlaneView } from '../../plots/intervals.ts';
import { basesOf, measureMean } from '../../run/studies/means.ts';
import { measureNamed } from '../../run/studies/measures.ts';
import type { RecordedArm, RecordedStudy } from '../../run/studies/recorded.ts';
import { showInterval } from '../../run/studies/shown.ts';
import type { Study } from '../../run/studies/study.ts';
import { base as BASE_TEXT } from '../../messages/figures.ts';
import * as TEXT from '../../messages/studyFigures.ts';
import { armMarks, BASE_MARK } from './armMarks.ts';
import { namedByArm, rangeOf, type Spec } from './viewParts.ts';
import { capital } from '../../text/words.ts';

/** Every arm and base as a point of two measures, with the interval of each; one that lacks a measure is left out. */
export function planeView(
  study: Study,
  recorded: RecordedStudy,
  { x, y }: Spec<'plane'>,
): PlaneView {
  const marks = armMarks(study.arms);
  const place = (
    { id, label, color, marker }: Omit<PlanePoint, 'x' | 'y' | 'xHalf' | 'yHalf'>,
    arm: RecordedArm,
    when: 'base' | 'end',
  ): PlanePoint[] => {
    const [atX, atY] = [measureMean(arm, x, when), measureMean(arm, y, when)];
    if (!atX || !atY) return [];
    return [{ id, label, color, marker, x: atX.y, y: atY.y, xHalf: atX.half, yHalf: atY.half }];
  };
  const points = [
    ...namedByArm(basesOf(recorded.arms), BASE_TEXT).flatMap(({ label, arm }) =>
      place({ id: `base ${arm.id}`, label, ...BASE_MARK }, arm, 'base'),
    ),
    ...recorded.arms.flatMap((arm) => place({ ...arm, ...marks.get(arm.id)! }, arm, 'end')),
  ];
  const [ofX, ofY] = [measureNamed(x), measureNamed(y)];
  const told = ({ label, ...point }: PlanePoint): string =>
    `${label}: ${ofX.label} ${showInterval({ mean: point.x, half: point.xHalf }, ofX.digits)}, ` +
    `${ofY.label} ${showInterval({ mean: point.y, half: point.yHalf }, ofY.digits)}`;
  return {
    title: TEXT.against({ y: capital(ofY.label), x: ofX.label }),
    caption: TEXT.plane({ count: recorded.seeds.length }),
    summary: points.map(told).join('; '),
    xLabel: ofX.label,
    yLabel: ofY.label,
    xDomain: roundDomain(
      points.map((point) => ({ value: point.x, half: point.xHalf })),
      rangeOf(x),
    ),
    yDomain: roundDomain(
      points.map((point) => ({ value: point.y, half: point.yHalf })),
      rangeOf(y),
    ),
    points,
  };
}
