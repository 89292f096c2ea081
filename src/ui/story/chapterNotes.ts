import type { FigureNotes } from '../../plots/notes.ts';
import { studyNamed } from '../../run/studies/catalogue.ts';
import { addressLine, liveLines, notesOf, notesOfControls, runLines } from '../share/notes.ts';
import { fileStem } from '../share/notes.ts';
import { notesOfStudy } from '../studies/studyNotes.ts';
import type { ChapterState } from './chapterState.svelte.ts';
import { ownLine } from './ownLine.ts';
import * as TEXT from '../../messages/storyNotes.ts';

/**
 * What the figure of a chapter says when it is taken along: the study that answers the question, or the run, or the
 * formula's settings; and the run of the sandbox where its line is in the figure.
 */
export function notesOfChapter(open: ChapterState): FigureNotes {
  const { chapter, story, settings } = open;
  const { figures, settings: controls } = story.run.playground;
  if (chapter.answeredBy === 'formula') return notesOfControls(figures, controls, false);
  const own =
    open.stage === 'seen' && ownLine(open) !== null ? [TEXT.own, ...runLines(figures)] : [];
  const { lines, stem } = notesOfAnswer(open);
  return { lines: [...lines.slice(0, -1), ...own, ...lines.slice(-1)], stem };

  function notesOfAnswer({ studies }: ChapterState): FigureNotes {
    const recorded = studies.get(chapter.study ?? '');
    if (recorded) return notesOfStudy(studyNamed(chapter.study!), recorded);
    // A curve that came out stays on screen while the sandbox makes other runs.
    if (open.isOwnRun() || chapter.question.kind !== 'curve') return notesOf(figures);
    const lines = [...liveLines(settings, settings.steps, figures.run), addressLine(settings)];
    return { lines, stem: fileStem(settings) };
  }
}
