import { meanPassAtK } from '../../core/passAtK.ts';
import type { Point, Series } from '../../plots/series.ts';
import type { CurveQuestion, LineSpec } from './chapter.ts';
import type { RunFacts } from './lines.ts';

/** Of an open chapter what its figure is drawn from. */
export interface DrawnChapter {
  readonly settings: { readonly steps: number };
  readonly facts: Pick<RunFacts, 'baseP' | 'rows'>;
  /** Whether the run of the question is made. */
  readonly isMade: boolean;
  readonly drawn: readonly number[] | null;
  line(spec: LineSpec): Series | null;
}

/** What a reader draws, as its figure has it. */
export interface Drawing {
  /** One for each handle; none before a base is known that they begin at. */
  points: readonly Point[];
  /** So many of them, at the beginning, are given. */
  fixed: number;
  /** Seen while the reader draws. */
  given: readonly Series[];
  /** The last step, where it is over steps: of the run of the question, or of what was recorded. */
  length: number;
}

/** The lines of a chapter's figure that are there already. */
export const linesOf = (open: DrawnChapter, specs: readonly LineSpec[]): Series[] =>
  specs.flatMap((spec) => open.line(spec) ?? []).filter(({ points }) => points.length > 0);

/** Handles stand in the middle until the reader moves one; a pinned one stands at a pass@1 that is known. */
export function drawingOf(open: DrawnChapter, question: CurveQuestion): Drawing {
  const given = linesOf(open, question.given);
  const length = given[0]?.points.at(-1)?.x ?? Math.max(1, open.settings.steps);
  const pin = pinOf(open, question);
  const middle = pin ?? question.yMax / 2;
  const waits = question.pinned === 'base' && pin === null;
  const points = (waits ? [] : question.handles).map((at, i) => ({
    x: question.over === 'step' ? at * length : at,
    y: (i === 0 ? pin : null) ?? open.drawn?.[i] ?? middle,
  }));
  return { points, fixed: pin === null ? 0 : 1, given, length };
}

/** Where one try of the base is, or of the trained model; null where that is not known. */
function pinOf({ facts, isMade }: DrawnChapter, { pinned }: CurveQuestion): number | null {
  if (pinned === 'now')
    return isMade
      ? (facts.rows.findLast(({ heldOut }) => heldOut)?.heldOut?.passAt['1'] ?? null)
      : null;
  return pinned && facts.baseP?.length ? meanPassAtK(facts.baseP, 1) : null;
}
