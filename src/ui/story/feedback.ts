import { rangeOf, valueBetween } from '../../core/between.ts';
import type { Point } from '../../plots/series.ts';
import { say } from '../../text/words.ts';
import type { ArmOutcome } from './answers.ts';
import type { ChapterTexts, CountQuestion, CurveQuestion } from './chapter.ts';
import * as STORY from '../../messages/story.ts';
import type { Judging } from './cameOut.ts';
import { SHAPE_NAMES, SHAPES, type ShapeName } from './shapes.ts';

type Feedback = ChapterTexts['feedback'];

/** A drawing this near, as a share of the axis, is called right. */
const NEAR = 0.1;

/** A share as so many of 100; of an axis that ends elsewhere, the number itself. */
export const shownY = (y: number, yMax: number): string =>
  yMax === 1 ? String(Math.round(100 * y)) : y.toFixed(2);

/** What a drawing is held against at the x that decides. */
export interface DrawnAnswer {
  /** Where the answer is read off. */
  x: number;
  drawn: number | null;
  came: readonly Point[];
  /** What the base has, or where the answer begins. */
  base: number;
}

/** Whether a drawing was too low, near or too high, with the numbers at the place that decides. */
export function curveFeedback(
  feedback: Feedback,
  { yMax }: Pick<CurveQuestion, 'yMax'>,
  { x, drawn, came, base }: DrawnAnswer,
): string {
  const y = valueBetween(came, x);
  const off = drawn === null ? null : drawn - y;
  const kind =
    off === null ? 'none' : Math.abs(off) <= NEAR * yMax ? 'near' : off < 0 ? 'low' : 'high';
  return say(feedback[kind]!, {
    drawn: drawn === null ? '' : shownY(drawn, yMax),
    came: shownY(y, yMax),
    base: shownY(base, yMax),
  });
}

/** Whether the range that was chosen lies below the number, holds it or lies above it. */
export function countFeedback(
  feedback: Feedback,
  { edges }: Pick<CountQuestion, 'edges'>,
  chosen: number | null,
  value: number,
): string {
  const shown = Math.round(value);
  const hit = rangeOf(edges, shown);
  const kind = chosen === null ? 'none' : chosen === hit ? 'near' : chosen < hit ? 'low' : 'high';
  return say(feedback[kind]!, { came: shown });
}

/** Which arm is highest, and what the chosen one has; of 100. */
export function armsFeedback(
  feedback: Feedback,
  outcomes: readonly ArmOutcome[],
  chosen: number | null,
): string {
  const best = outcomes.reduce((most, each) => (each.mean > most.mean ? each : most));
  const own = chosen === null ? null : outcomes[chosen]!;
  return say(feedback[own === null ? 'none' : own === best ? 'same' : 'other']!, {
    best: best.label,
    value: shownY(best.mean, 1),
    chosen: own?.label ?? '',
    own: own ? shownY(own.mean, 1) : '',
  });
}

export function shapeFeedback(feedback: Feedback, chosen: number | null, came: ShapeName): string {
  const own = chosen === null ? null : SHAPE_NAMES[chosen]!;
  return say(feedback[own === null ? 'none' : own === came ? 'same' : 'other']!, {
    chosen: own ? SHAPES[own].label : '',
    came: SHAPES[came].label,
  });
}

/**
 * On how many answers reader and program differ, with the first of them, once all are judged; and how many of 100 are right
 * everywhere.
 */
export function judgeFeedback(
  feedback: Feedback,
  { answers, accepted }: Pick<Judging, 'answers' | 'accepted'>,
): string {
  const isJudged = answers.every(({ said }) => said !== null);
  const off = answers.filter(({ said, correct }) => said !== correct);
  const kind = !isJudged ? 'none' : off.length === 0 ? 'same' : 'other';
  return say(feedback[kind]!, {
    all: answers.length,
    right: answers.filter(({ correct }) => correct).length,
    n: off.length,
    answer: off[0]?.text || STORY.empty,
    detail: off[0]?.detail ?? '',
    came: String(Math.round(100 * accepted)),
  });
}
