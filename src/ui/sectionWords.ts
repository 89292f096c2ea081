import type { SectionId } from './sections.ts';

/** The names of the parts of the page, and their headings. */
export const SECTION_NAMES = {
  run: 'Run',
  problem: 'Problem',
  update: 'Update',
  algorithm: 'Algorithm',
  measures: 'Measures',
  compare: 'Compare',
} satisfies Record<SectionId, string>;
export const SECTION_HEADINGS = {
  run: 'The run',
  problem: 'The problem at hand',
  update: 'What a step did',
  algorithm: 'The algorithm',
  measures: 'More measures',
  compare: 'Compare',
} satisfies Record<SectionId, string>;
