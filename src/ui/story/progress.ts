import { CHAPTERS } from './chapters.ts';
import type { Chapter, Question } from './chapter.ts';
import { SHAPE_NAMES } from './shapes.ts';

/** What a reader has done in one chapter. */
export interface ChapterProgress {
  /** The y of each handle, as drawn. */
  drawn?: number[] | undefined;
  /** The number of the choice. */
  chosen?: number | undefined;
  /** What is said of each answer. */
  judged?: (boolean | null)[] | undefined;
  /** Whether the answer has been seen. */
  seen?: boolean | undefined;
  /** Pixels from the top of the page at which it was left. */
  place?: number;
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

function fitting(
  { question }: Chapter,
  { drawn, chosen, judged, seen, place }: ChapterProgress,
): ChapterProgress {
  const fits: ChapterProgress = {};
  if (
    question.kind === 'curve' &&
    Array.isArray(drawn) &&
    drawn.length === question.handles.length &&
    drawn.every((y) => Number.isFinite(y) && y >= 0 && y <= question.yMax)
  )
    fits.drawn = [...drawn];
  if (Number.isInteger(chosen) && chosen! >= 0 && chosen! < choicesOf(question))
    fits.chosen = chosen!;
  if (
    question.kind === 'judge' &&
    Array.isArray(judged) &&
    judged.length <= question.answers &&
    judged.every((said) => said === null || typeof said === 'boolean')
  )
    fits.judged = [...judged];
  if (seen === true) fits.seen = true;
  if (Number.isInteger(place) && place! > 0) fits.place = place!;
  return fits;
}

/** How many choices a question offers. */
function choicesOf(question: Question): number {
  if (question.kind === 'arms') return question.arms.length;
  if (question.kind === 'count') return question.edges.length - 1;
  return question.kind === 'shape' ? SHAPE_NAMES.length : 0;
}
