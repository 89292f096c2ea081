import type { FigureNotes } from '../../plots/notes.ts';
import { changedSettings } from '../../run/settings.ts';
import { say, words } from '../../text/words.ts';
import type { Page } from '../page.svelte.ts';
import { stemOf } from './stem.ts';

const TEXT = words('figureNotes', {
  settings: 'Settings: {settings}.',
  standard: 'the defaults',
  at: 'Seed {seed}, step {step} of {steps}, computed by {engine}.',
  recorded: 'A recorded run: task {task}, seed {seed}, step {step} of {steps}.',
  address: 'RLVR Playground, a toy and no evidence about large models: {address}',
});

/** What a figure of the run on screen says when it is taken along. */
export async function notesOf(page: Page): Promise<FigureNotes> {
  const { showsRecording, recording, applied, engine, shown } = page;
  const step = shown?.step ?? 0;
  const address = say(TEXT.address, { address: location.href });
  if (showsRecording) {
    const { task, seed, rows } = recording!;
    const steps = rows.at(-1)!.step;
    const lines = [say(TEXT.recorded, { task, seed, step, steps }), address];
    return { lines, stem: stemOf(page) };
  }
  const settings = changedSettings(applied)
    .map(([flag, text]) => `${flag}=${text}`)
    .join(', ');
  const by = engine ? `${engine.kind} (${engine.device})` : '–';
  const { seed, steps } = applied;
  return {
    lines: [
      say(TEXT.settings, { settings: settings || TEXT.standard }),
      say(TEXT.at, { seed, step, steps, engine: by }),
      address,
    ],
    stem: stemOf(page),
  };
}
