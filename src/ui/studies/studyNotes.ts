import type { FigureNotes } from '../../plots/notes.ts';
import { DEFAULT_SETTINGS } from '../../run/defaults.ts';
import { settingsOver } from '../../run/settings.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import type { Study } from '../../run/studies/study.ts';
import { addressLine, changedWords } from '../share/notes.ts';
import * as TEXT from '../../messages/studyNotes.ts';

/** What was recorded, with which seeds, and by which command. */
const studyLines = ({ title, settings }: Study, { seeds, command }: RecordedStudy): string[] => [
  TEXT.study({ title, seeds: seeds.join(', ') }),
  TEXT.shared({ settings: changedWords(settingsOver(settings)) }),
  TEXT.command({ command }),
];

/** What a figure of a recorded study says when it is taken along, whatever run the page shows. */
export const notesOfStudy = (study: Study, recorded: RecordedStudy): FigureNotes => ({
  lines: [...studyLines(study, recorded), addressLine(DEFAULT_SETTINGS, { study: study.name })],
  stem: `study-${study.name}`,
});
