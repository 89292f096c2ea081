import { crossingText } from '../../text/words.ts';
import { crossingK, curveKs, meanPassAtK } from '../../core/passAtK.ts';
import type { TrainRow } from '../../experiments/train.ts';
import { bandOf, type IntervalView } from '../../plots/intervals.ts';
import { scaleOf } from '../../plots/scales.ts';
import type { Marked, Point, Series } from '../../plots/series.ts';
import { ALGORITHMS, choicesOf, REFERENCE } from '../../rl/algorithms.ts';
import { updateWeight } from '../../rl/updateWeight.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import type { Study } from '../../run/studies/study.ts';
import type { RunSettings } from '../../run/table.ts';
import { overSettingView, overStepsView } from '../studies/lineViews.ts';
import { passAtKView } from '../studies/passAtKView.ts';
import type { LineSpec, Over, RunLine } from './chapter.ts';
import * as AXIS_TEXT from '../../messages/storyAxes.ts';
import { lines as LINE_TEXT } from '../../messages/storyLines.ts';

/** Names of lines, of recorded studies by study, arm and measure. */
const LINES: Readonly<Partial<Record<string, string>>> = LINE_TEXT;

/** What lines of a live run are read from. */
export interface RunFacts {
  /** Those of the run so far. */
  rows: readonly TrainRow[];
  /** The base's exact p of the evaluated problems, also before a run. */
  baseP: readonly number[] | null;
  chanceP: readonly number[] | null;
  settings: RunSettings;
}

const KS = curveKs(1024, 2, 4);
const curve = (p: readonly number[] | null | undefined): Point[] =>
  p ? KS.map((k) => ({ x: k, y: meanPassAtK(p, k) })) : [];
const lastOf = ({ rows }: RunFacts): TrainRow | undefined => rows.findLast((row) => row.heldOut);
const overRows = (rows: readonly TrainRow[], y: (row: TrainRow) => number | undefined): Point[] =>
  rows.flatMap((row) => {
    const value = y(row);
    return value === undefined || value === null ? [] : [{ x: row.step, y: value }];
  });

interface RunLineSpec {
  color: string;
  dash?: string;
  points(facts: RunFacts): Point[];
}

/** The lines of a live run, over k or over its steps. */
const RUN_LINES: Record<RunLine, RunLineSpec> = {
  base: { color: 'var(--base)', dash: '7 5', points: ({ baseP }) => curve(baseP) },
  now: { color: 'var(--now)', points: (facts) => curve(lastOf(facts)?.heldOut?.p) },
  chance: { color: 'var(--chance)', dash: '1 4', points: ({ chanceP }) => curve(chanceP) },
  'pass@1': {
    color: 'var(--k1)',
    points: ({ rows }) => overRows(rows, (row) => row.heldOut?.passAt['1']),
  },
  'sound pass@1': {
    color: 'var(--k1)',
    points: ({ rows }) => overRows(rows, (row) => row.heldOut?.soundPassAt?.['1']),
  },
  entropy: { color: 'var(--entropy)', points: ({ rows }) => overRows(rows, (row) => row.entropy) },
  'trained on': {
    color: 'var(--now)',
    points: (facts) => {
      const y = lastOf(facts)?.train?.passAt['256'];
      const x = facts.settings.trainProblems;
      return y === undefined || x === 0 ? [] : [{ x, y }];
    },
  },
};

/** A line of the live run; without points where the run has none yet. */
export function runLine(line: RunLine, facts: RunFacts): Series {
  const { color, dash, points } = RUN_LINES[line];
  return {
    id: line,
    label: LINE_TEXT[line] ?? line,
    color,
    ...(dash ? { dash } : {}),
    points: points(facts),
  };
}

/** Where the trained policy's curve falls below the base's, up to the last k of the figure; null where it does not. */
export function crossingMark(facts: RunFacts): Marked | null {
  const now = lastOf(facts)?.heldOut?.p;
  const x = facts.baseP && now ? crossingK(facts.baseP, now, KS.at(-1)!) : null;
  return x === null
    ? null
    : {
        x,
        y: meanPassAtK(facts.baseP!, x),
        label: AXIS_TEXT.crossing({ k: crossingText(x) }),
      };
}

const VIEWS: Record<
  Exclude<Over, 'p'>,
  (study: Study, recorded: RecordedStudy, measure: string) => IntervalView
> = {
  k: (study, recorded) => passAtKView(study, recorded, 'usual'),
  step: (study, recorded, measure) =>
    overStepsView(study, recorded, { kind: 'overSteps', measure }),
  problems: (study, recorded, measure) =>
    overSettingView(study, recorded, {
      kind: 'overSetting',
      measure,
      setting: 'trainProblems',
      logarithmic: true,
    }),
};

/** Made once for all the lines that are taken of it: a hundred thousand powers take a while. */
const views = new WeakMap<RecordedStudy, Map<string, IntervalView>>();
function viewOf(
  over: Exclude<Over, 'p'>,
  measure: string,
  study: Study,
  recorded: RecordedStudy,
): IntervalView {
  const made = views.get(recorded) ?? new Map<string, IntervalView>();
  views.set(recorded, made);
  const key = `${over} ${measure}`;
  const view = made.get(key) ?? VIEWS[over](study, recorded, measure);
  made.set(key, view);
  return view;
}

/**
 * A line of a recorded study, with its interval over seeds as a band.
 * @throws RangeError naming the arm that the study's figure has not.
 */
export function studyLine(
  over: Exclude<Over, 'p'>,
  { arm, measure = '', color: given }: Extract<LineSpec, { of: 'study' }>,
  study: Study,
  recorded: RecordedStudy,
): Series {
  const { series } = viewOf(over, measure, study, recorded);
  const found = series.find(({ id }) => id === arm);
  if (!found)
    throw new RangeError(
      `the study '${study.name}' has no line '${arm}'; it has ${series.map(({ id }) => id).join(', ')}`,
    );
  const { points, id, color, dash } = found;
  return {
    id: `${id} ${measure}`,
    label: LINES[`${study.name} ${arm} ${measure}`.trim()] ?? found.label,
    color: given ?? color,
    dash,
    points,
    band: bandOf(points),
  };
}

export const P_DOMAIN: [number, number] = [1e-3, 1 - 1e-3];
const place = scaleOf({ kind: 'logit', domain: P_DOMAIN }, [0, 120]);
const PS = Array.from({ length: 121 }, (_, i) => place.invert(i));

/** w(p) of an algorithm for the group size of the settings; `chosen` is that of the settings themselves. */
export function weightLine(
  { algorithm }: Extract<LineSpec, { of: 'weight' }>,
  settings: RunSettings,
): Series {
  const isChosen = algorithm === 'chosen';
  const choices = isChosen ? settings : choicesOf(algorithm);
  // Whitening and dynamic sampling look at the other problems; here they are spread evenly over the odds.
  const weight = updateWeight(choices, settings.groupSize, PS);
  return {
    id: algorithm,
    label: ALGORITHMS[isChosen ? settings.algorithm : algorithm].label,
    color: isChosen ? 'var(--control)' : algorithm === REFERENCE ? 'var(--now)' : 'var(--chance)',
    dash: isChosen ? '10 3 2 3' : algorithm === REFERENCE ? '' : '3 3',
    points: PS.map((p) => ({ x: p, y: weight.of(p) })),
  };
}
