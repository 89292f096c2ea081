import { chapters } from '../../messages/chapters.ts';
import type { Text } from '../../text/words.ts';

export type ChapterName = keyof typeof chapters;

/**
 * What a chapter says. `[name]` or `[name|shown]` is a word of the glossary, `<16|pass@16>` moves the cursor of the
 * figure to that x; the places of `after` are numbers of recorded studies. No measured number stands in a text.
 */
export interface ChapterTexts {
  title: string;
  first: string;
  second: string;
  ask: string;
  after: Text;
  figure?: { title?: string; y?: string; caption?: Text; count?: string };
}

export const textsOf = (name: ChapterName): ChapterTexts => chapters[name];
