import { CHAPTERS } from './chapters.ts';
import type { Chapter } from './chapter.ts';

/** What a reader has done in one chapter. */
export interface ChapterProgress {
  /** The y of each handle, as drawn. */
  drawn?: number[];
  /** The number of the choice. */
  chosen?: number;
  /** Whether the answer has been seen. */
  seen?: boolean;
}

/** What is kept between visits. */
export interface Progress {
  /** The chapter that was open last. */
  at: string | null;
  chapters: Record<string, ChapterProgress>;
}

export const PROGRESS_KEY = 'rlvr-playground-story';
const VERSION = 1;
/** The story's own text is below 3,000 characters; what is longer was not written by it. */
const MOST_CHARACTERS = 10_000;

export const noProgress = (): Progress => ({ at: null, chapters: {} });

export const writeProgress = (progress: Progress): string =>
  JSON.stringify({ version: VERSION, ...progress });

/**
 * Reads what was kept. What does not fit the chapters as they are, such as a drawing with other handles, is left out
 * silently; null for a text that is not of this story, or of another version of it.
 */
export function readProgress(text: string): Progress | null {
  if (text.length > MOST_CHARACTERS) return null;
  try {
    const { version, at, chapters } = (JSON.parse(text) ?? {}) as Partial<
      Progress & { version: number }
    >;
    if (version !== VERSION || typeof chapters !== 'object' || chapters === null) return null;
    return {
      at: CHAPTERS.some(({ name }) => name === at) ? at! : null,
      chapters: Object.fromEntries(
        CHAPTERS.flatMap((chapter) => {
          const kept = chapters[chapter.name];
          return kept ? [[chapter.name, fitting(chapter, kept)]] : [];
        }),
      ),
    };
  } catch {
    return null;
  }
}

function fitting({ question }: Chapter, { drawn, chosen, seen }: ChapterProgress): ChapterProgress {
  const fits: ChapterProgress = {};
  if (
    question.kind === 'curve' &&
    Array.isArray(drawn) &&
    drawn.length === question.handles.length &&
    drawn.every((y) => Number.isFinite(y) && y >= 0 && y <= question.yMax)
  )
    fits.drawn = [...drawn];
  if (question.kind !== 'curve' && Number.isInteger(chosen) && chosen! >= 0) {
    const choices = question.kind === 'arms' ? question.arms.length : question.edges.length - 1;
    if (chosen! < choices) fits.chosen = chosen!;
  }
  if (seen === true) fits.seen = true;
  return fits;
}
