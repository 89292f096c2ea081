import type { Chapter } from './chapter.ts';
import { EFFECT } from './chapters/effect.ts';
import { QUESTIONS } from './chapters/questions.ts';

/** The story in its order; what it says stands in messages/, by the name of the chapter. */
export const CHAPTERS: readonly Chapter[] = [...EFFECT, ...QUESTIONS];

/** The chapter of that name, or undefined. */
export const chapterNamed = (name: string): Chapter | undefined =>
  CHAPTERS.find((chapter) => chapter.name === name);
