import { outsideBy, type CurveDistance } from '../../core/distances.ts';
import { mean } from '../../core/statistics.ts';
import { meanInterval } from '../../core/studentT.ts';
import type { TrainRow } from '../../experiments/train.ts';
import { tallyOf, type CheckedFinding } from '../../run/findings.ts';
import { armNamed } from '../../run/studies/claims.ts';
import { measureNamed } from '../../run/studies/measures.ts';
import { valuesOf } from '../../run/studies/numbers.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import { showInterval, showNumber } from '../../run/studies/shown.ts';
import type { ArmsQuestion, Count, CountQuestion } from './chapter.ts';
import * as FINDINGS_TEXT from '../../messages/findings.ts';
import * as STORY from '../../messages/story.ts';

/** Of 100, from the last evaluation of a run; null before there is one. Findings are counted elsewhere. */
export const COUNTS: Record<Exclude<Count, 'same sign'>, (row: TrainRow) => number | null> = {
  accepted: ({ heldOut }) => (heldOut ? 100 * mean(heldOut.p) : null),
  lost: ({ heldOut, solvable }) =>
    heldOut && solvable ? (100 * solvable.baseOnly) / heldOut.p.length : null,
};

/** An arm with its measure over seeds. */
export interface ArmOutcome {
  id: string;
  label: string;
  mean: number;
  half: number | null;
  shown: string;
}

/** The measure of the arms of a question, and of the base before them. */
export function armOutcomes(
  { arms, measure }: ArmsQuestion,
  recorded: RecordedStudy,
): ArmOutcome[] {
  const { digits } = measureNamed(measure);
  return arms.map((id) => {
    const { label } = armNamed(recorded.arms, id);
    const interval = meanInterval(valuesOf(recorded, { study: recorded.name, arm: id, measure }));
    return { id, label, ...interval, shown: showInterval(interval, digits) };
  });
}

const oneDigit = (value: number): string => showNumber(value, 1);

/** How far off a choice among ranges is. */
export function countSentence(
  { edges }: CountQuestion,
  chosen: number | null,
  value: number,
): string {
  const shown = oneDigit(value);
  if (chosen === null) return STORY.cameOut({ value: shown });
  const off = outsideBy(edges, chosen, value);
  return off === 0
    ? STORY.countIn({ value: shown })
    : STORY.countOff({ value: shown, off: oneDigit(off) });
}

/** Which arm is highest, and how far below it the chosen one is. */
export function armsSentence(outcomes: readonly ArmOutcome[], chosen: number | null): string {
  const best = outcomes.reduce((most, each) => (each.mean > most.mean ? each : most));
  const told = { best: best.label, value: best.shown };
  const own = chosen === null ? null : outcomes[chosen]!;
  if (own === null) return STORY.armsBest(told);
  if (own === best) return STORY.armsSame(told);
  return STORY.armsOther({
    ...told,
    chosen: own.label,
    other: own.shown,
    off: showNumber(best.mean - own.mean, 3),
  });
}

/** How far a drawn curve is off. */
export function curveSentence(
  { mean, worst }: CurveDistance,
  n: number,
  at: (x: number) => string,
): string {
  return STORY.curveOff({
    mean: mean.toFixed(3),
    n,
    x: at(worst.x),
    drawn: worst.drawn.toFixed(3),
    came: worst.came.toFixed(3),
  });
}

/** What a range is called. */
export function rangeWords(edges: readonly number[], index: number): string {
  const [from, to] = [edges[index]!, edges[index + 1]!];
  if (index === 0) return STORY.below({ to });
  return index === edges.length - 2 ? STORY.above({ from }) : STORY.range({ from, to });
}

/** How many findings a run shows, and how many it does not. */
export function tallySentence(checked: readonly CheckedFinding[]): string {
  const { appears, opposite, still, missing } = tallyOf(checked);
  return FINDINGS_TEXT.tally({
    ...{ all: checked.length, appears, opposite, still },
    missing: missing === 0 ? '' : FINDINGS_TEXT.missing({ n: missing }),
  });
}
