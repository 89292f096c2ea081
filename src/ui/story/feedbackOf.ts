import { valueBetween } from '../../core/between.ts';
import { mean } from '../../core/statistics.ts';
import { textsOf, type CurveQuestion } from './chapter.ts';
import type { ChapterState } from './chapterState.svelte.ts';
import {
  armsFeedback,
  countFeedback,
  curveFeedback,
  judgeFeedback,
  shapeFeedback,
} from './feedback.ts';
import * as STORY from '../../messages/story.ts';

/** What an open chapter says of the reader's guess, once the answer is there. */
export function feedbackOf(open: ChapterState): string {
  const { chapter, chosen } = open;
  const { question } = chapter;
  const { feedback } = textsOf(chapter.name);
  switch (question.kind) {
    case 'judge': {
      const p = open.facts.rows[0]?.heldOut?.p;
      return p ? judgeFeedback(feedback, open.answers, mean(p)) : STORY.noLine;
    }
    case 'count':
      return open.count === null
        ? STORY.noLine
        : countFeedback(feedback, question, chosen, open.count);
    case 'arms':
      return open.arms ? armsFeedback(feedback, open.arms, chosen) : '';
    case 'shape':
      return open.shape ? shapeFeedback(feedback, chosen, open.shape) : '';
    case 'curve':
      return ofCurve(open, question);
  }
}

function ofCurve({ chapter, outcome, beside }: ChapterState, question: CurveQuestion): string {
  const came = outcome?.points ?? [];
  if (came.length === 0) return STORY.noLine;
  const { over, decides, handles } = question;
  const guess = beside?.guess;
  const x = over === 'step' ? decides * (guess?.length ?? came.at(-1)!.x) : decides;
  const [given] = question.given.length > 0 ? (beside?.lines ?? []) : [];
  return curveFeedback(textsOf(chapter.name).feedback, question, {
    ...{ x, came },
    drawn: guess?.points[handles.indexOf(decides)]?.y ?? null,
    base: given ? valueBetween(given.points, x) : came[0]!.y,
  });
}
