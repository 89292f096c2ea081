import { valueBetween } from '../../core/between.ts';
import type { CameOut } from './cameOut.ts';
import { textsOf, type ChapterTexts, type CurveQuestion } from './chapter.ts';
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
export function feedbackOf({ chapter, chosen, came }: ChapterState): string {
  if (!came) return '';
  const { question } = chapter;
  const { feedback } = textsOf(chapter.name);
  switch (question.kind) {
    case 'judge':
      return came.judging ? judgeFeedback(feedback, came.judging) : STORY.noLine;
    case 'count':
      return came.count === null
        ? STORY.noLine
        : countFeedback(feedback, question, chosen, came.count);
    case 'arms':
      return armsFeedback(feedback, came.arms, chosen);
    case 'shape':
      return shapeFeedback(feedback, chosen, came.shape!);
    case 'curve':
      return ofCurve(feedback, question, came);
  }
}

function ofCurve(
  feedback: ChapterTexts['feedback'],
  question: CurveQuestion,
  { line, guess, lines }: CameOut,
): string {
  const came = line?.points ?? [];
  if (came.length === 0) return STORY.noLine;
  const { over, decides, handles } = question;
  const x = over === 'step' ? decides * (guess?.length ?? came.at(-1)!.x) : decides;
  const given = question.given.length > 0 ? lines[0] : undefined;
  return curveFeedback(feedback, question, {
    ...{ x, came },
    drawn: guess?.points[handles.indexOf(decides)]?.y ?? null,
    base: given ? valueBetween(given.points, x) : came[0]!.y,
  });
}
