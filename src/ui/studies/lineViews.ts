import type { IntervalSeries, IntervalView } from '../../plots/intervals.ts';
import { measureMean, meansOverRuns, meansOverSteps } from '../../run/studies/means.ts';
import { measureNamed, measureOverFinale } from '../../run/studies/measures.ts';
import type { RecordedArm, RecordedStudy } from '../../run/studies/recorded.ts';
import { settingsOf, type Study, type StudyArm } from '../../run/studies/study.ts';
import { SETTINGS } from '../../run/table.ts';
import * as FIGURE_TEXT from '../../messages/figures.ts';
import { armMarks, BASE_MARK } from './armMarks.ts';
import * as TEXT from '../../messages/studyFigures.ts';
import { bandWords, BESIDE_DASH, extent, measureView, seedsWords, type Spec } from './viewParts.ts';
import { capital, lower } from '../../text/words.ts';

/** What the steps of a run are, and from which on it has what its lines are held against. */
const STEPS = {
  steps: {
    besideFrom: 0,
    title: TEXT.overTraining,
    caption: TEXT.evaluations,
    axis: TEXT.steps,
    at: TEXT.atStep,
  },
  moves: {
    // Before the first move the exact numbers are those of the base, not of what the chain approaches.
    besideFrom: 1,
    title: TEXT.overMoves,
    caption: TEXT.moved,
    axis: TEXT.moves,
    at: TEXT.atMove,
  },
};

/** An arm at its value of the setting. */
interface Placed {
  arm: RecordedArm;
  own: StudyArm;
  x: number;
}

/** A measure of every arm over the steps of training; the base is its first point. */
export function overStepsView(
  study: Study,
  recorded: RecordedStudy,
  { measure, beside, over = 'steps', arms }: Spec<'overSteps'>,
): IntervalView {
  const marks = armMarks(study.arms);
  const { besideFrom, title, caption, axis, at } = STEPS[over];
  const series = recorded.arms
    .filter(({ id }) => arms?.includes(id) ?? true)
    .flatMap((arm): IntervalSeries[] => {
      const { id, label, drawn } = arm;
      return [
        {
          ...{ id, ...marks.get(id)! },
          // Dots are those of what it is held against.
          ...(beside === undefined ? {} : { dash: '' }),
          label: measureNamed(measure).isDrawn ? (drawn ?? label) : label,
          points: meansOverSteps(arm, measure),
        },
        ...(beside === undefined
          ? []
          : [
              {
                ...{ id: `beside ${id}`, label, color: marks.get(id)!.color, dash: BESIDE_DASH },
                points: meansOverSteps(arm, beside).filter(({ x }) => x >= besideFrom),
              },
            ]),
      ];
    });
  const drawn = series.filter(({ points }) => points.length > 0);
  return {
    ...measureView(measure, drawn, (step) => at({ step })),
    title: title({ measure: capital(measureNamed(measure).label) }),
    caption: caption({
      bands: bandWords(recorded),
      beside: beside === undefined ? '' : measureNamed(beside).label,
    }),
    xLabel: axis,
    xScale: 'linear',
    xDomain: extent(drawn),
    intervals: 'band',
  };
}

/** Where 0 stands on a logarithmic axis: a decade below the least of the others. */
const zeroAt = (xs: readonly number[]): number => Math.min(...xs.filter((x) => x > 0)) / 10;

/** A measure at the end of every arm over the setting in which they differ, a line for each kind of arm, beside their bases. */
export function overSettingView(
  study: Study,
  recorded: RecordedStudy,
  { measure, setting, logarithmic = false, withZero }: Spec<'overSetting'>,
): IntervalView {
  const found = recorded.arms.flatMap((arm): Placed[] => {
    const own = study.arms.find(({ id }) => id === arm.id)!;
    const x = Number(settingsOf(study, own, recorded.seeds[0]!)[setting]);
    return Number.isFinite(x) && (!logarithmic || withZero || x > 0) ? [{ arm, own, x }] : [];
  });
  const zero = zeroAt(found.map(({ x }) => x));
  const placed = logarithmic
    ? found.map((place) => ({ ...place, x: place.x === 0 ? zero : place.x }))
    : found;
  const line = (places: readonly Placed[], when: 'base' | 'end') =>
    places
      .flatMap(({ arm, x }) => {
        const mean = measureMean(arm, measure, when);
        return mean ? [{ ...mean, x }] : [];
      })
      .sort((a, b) => a.x - b.x);
  const lines = [...new Map(placed.map(({ own }) => [own.line, own])).values()];
  const marks = armMarks(lines);
  const series = [
    {
      ...{ id: 'base', label: FIGURE_TEXT.base, ...BASE_MARK },
      // Arms at one place begin alike.
      points: line([...new Map(placed.map((place) => [place.x, place])).values()], 'base'),
    },
    ...lines.map(({ id, line: label }) => ({
      ...(label === undefined
        ? { id: 'end', label: TEXT.trained, color: 'var(--now)', dash: '' }
        : { id, label, ...marks.get(id)! }),
      points: line(
        placed.filter(({ own }) => own.line === label),
        'end',
      ),
    })),
  ].filter(({ points }) => points.length > 0);
  const { label = setting, help = '' } = SETTINGS.find(({ key }) => key === setting) ?? {};
  const apart = recorded.arms.filter((arm) => !placed.some((place) => place.arm === arm));
  const missing =
    apart.length === 0 ? '' : TEXT.apart({ arms: apart.map((arm) => arm.label).join(', ') });
  return {
    ...measureView(measure, series, (x) => TEXT.atSetting({ setting: lower(label), x })),
    title: TEXT.overSetting({
      measure: capital(measureNamed(measure).label),
      setting: lower(label),
    }),
    caption: TEXT.points({ help, seeds: seedsWords(recorded), apart: missing }),
    xLabel: logarithmic ? TEXT.logScale({ setting: lower(label) }) : lower(label),
    xScale: logarithmic ? 'log2' : 'linear',
    ...(found.some(({ x }) => x === 0) && logarithmic
      ? { xTick: (x: number) => (x === zero ? '0' : String(x)) }
      : {}),
    xTicks: [...new Set(placed.map(({ x }) => x))].sort((a, b) => a - b),
    xDomain: widened(extent(series), logarithmic),
    intervals: 'bars',
  };
}

/** What the x of the points of a finale is, and what its parts are. */
const FINALE_AXES: Readonly<Record<string, string>> = {
  interpolation: TEXT.interpolation,
  temperatures: TEXT.temperatures,
};
const FINALE_MARKS: Readonly<Record<string, { color: string; dash: string }>> = {
  base: BASE_MARK,
  matched: { color: 'var(--entropy)', dash: '' },
};
const FINALE_PARTS: Readonly<Record<string, string>> = {
  base: FIGURE_TEXT.base,
  now: TEXT.trained,
  matched: TEXT.matched,
};

/** Points with the same key are one line: those of a policy from all tokens, or from a nucleus. */
const partKey = ({ of, topP = 1 }: { of?: string; topP?: number }): string =>
  topP === 1 ? `${of}` : `${of} ${topP}`;

/** A measure over the points of a finale, a line for each part that it has. */
export function finaleView(
  study: Study,
  recorded: RecordedStudy,
  { measure }: Spec<'finale'>,
): IntervalView {
  const marks = armMarks(study.arms);
  const isOne = recorded.arms.length === 1;
  const series = recorded.arms.flatMap(({ id, label, runs }): IntervalSeries[] => {
    const values = runs.map((run) => measureOverFinale(run, measure));
    const parts = new Map(values.flat().map((point) => [partKey(point), point]));
    return [...parts].map(([key, { of: part, topP = 1 }]) => {
      const ofPart = part === undefined ? label : (FINALE_PARTS[part] ?? part);
      const name = topP === 1 ? ofPart : TEXT.nucleus({ label: ofPart, topP });
      const mark = FINALE_MARKS[part ?? ''] ?? marks.get(id)!;
      return {
        ...{ id: `${id} ${key}`, color: mark.color, dash: topP === 1 ? mark.dash : BESIDE_DASH },
        label: isOne || part === undefined ? name : `${label}: ${name}`,
        points: meansOverRuns(
          values.map((points) => points.filter((point) => partKey(point) === key)),
        ),
      };
    });
  });
  const drawn = series.filter(({ points }) => points.length > 0);
  const kind = recorded.arms.flatMap(({ runs }) => runs[0]!.finale?.kind ?? [])[0] ?? '';
  return {
    ...measureView(measure, drawn, (x) => TEXT.at({ x: Number(x.toPrecision(3)) })),
    title: TEXT.atEnd({ measure: capital(measureNamed(measure).label) }),
    caption: TEXT.finale({ bands: bandWords(recorded) }),
    xLabel: FINALE_AXES[kind] ?? 'x',
    xScale: 'linear',
    xDomain: extent(drawn),
    intervals: 'band',
  };
}

/** Room at both ends, so that the bars of the first and last point stand inside the frame. */
function widened([low, high]: [number, number], logarithmic: boolean): [number, number] {
  if (!logarithmic) return [low - (high - low) / 20, high + (high - low) / 20];
  const room = (Math.max(high, 1e-300) / Math.max(low, 1e-300)) ** 0.05;
  return [low / room, high * room];
}
