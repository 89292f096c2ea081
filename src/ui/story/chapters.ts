import type { Chapter } from './chapter.ts';
import { DEEPER } from './chapters/deeper.ts';
import { TOUR } from './chapters/tour.ts';

/** The story in its order; what it says stands in messages/, by the name of the chapter. */
export const CHAPTERS: readonly Chapter[] = [...TOUR, ...DEEPER];

/** The chapter of that name, or undefined. */
export const chapterNamed = (name: string): Chapter | undefined =>
  CHAPTERS.find((chapter) => chapter.name === name);
