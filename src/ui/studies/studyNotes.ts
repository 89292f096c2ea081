import type { FigureNotes } from '../../plots/notes.ts';
import { DEFAULT_SETTINGS } from '../../run/defaults.ts';
import { settingsOver } from '../../run/settings.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import type { Study } from '../../run/studies/study.ts';
import { say } from '../../text/words.ts';
import { addressLine, settingsLine } from '../share/notes.ts';

const TEXT = {
  study: 'A recorded study: {title}. Seeds {seeds}.',
  shared: 'In all its runs: {settings}',
  command: 'Made by: {command}',
};

/** What was recorded, with which seeds, and by which command. */
const studyLines = ({ title, settings }: Study, { seeds, command }: RecordedStudy): string[] => [
  say(TEXT.study, { title, seeds: seeds.join(', ') }),
  say(TEXT.shared, { settings: settingsLine(settingsOver(settings)) }),
  say(TEXT.command, { command }),
];

/** What a figure of a recorded study says when it is taken along, whatever run the page shows. */
export const notesOfStudy = (study: Study, recorded: RecordedStudy): FigureNotes => ({
  lines: [...studyLines(study, recorded), addressLine(DEFAULT_SETTINGS, { study: study.name })],
  stem: `study-${study.name}`,
});
