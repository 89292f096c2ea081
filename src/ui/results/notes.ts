import type { FigureNotes } from '../../plots/notes.ts';
import type { Results } from './results.svelte.ts';
import * as TEXT from '../../messages/results.ts';

/** A name is whatever somebody has called a model. */
const LONGEST_NAME = 60;

/** What a figure of results says when it is taken along. */
export const notesOf = ({ outcome }: Results): FigureNotes => ({
  lines: [
    TEXT.notes({
      names: (outcome?.models ?? []).map(({ name }) => name.slice(0, LONGEST_NAME)).join(', '),
    }),
    ...(outcome?.set ? [TEXT.notesSet({ set: outcome.set })] : []),
    TEXT.notesBands({ resamples: outcome?.analysis.resamples ?? 0 }),
  ],
  stem: TEXT.stem,
});
