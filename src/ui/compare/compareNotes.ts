import type { FigureNotes } from '../../plots/notes.ts';
import { DEFAULT_SETTINGS } from '../../run/defaults.ts';
import type { Figures } from '../state/figures.svelte.ts';
import { addressLine, runLines } from '../share/notes.ts';
import type { Method } from './methods.ts';
import * as TEXT from '../../messages/compareNotes.ts';

/** What a figure of the comparison says when it is taken along; of the run on screen only where it is in the figure. */
export function notesOfComparison(
  methods: readonly Method[],
  figures: Figures | null,
): FigureNotes {
  const studies = [...new Set(methods.flatMap((method) => method.studies))];
  const seeds = Math.max(1, ...methods.map((method) => method.seeds));
  return {
    lines: [
      TEXT.studies({ seeds, studies: studies.join(', ') }),
      TEXT.command,
      ...(figures ? [TEXT.live, ...runLines(figures)] : []),
      addressLine(figures?.run.settings ?? DEFAULT_SETTINGS),
    ],
    stem: 'methods',
  };
}
