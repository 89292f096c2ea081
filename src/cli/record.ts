import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { startExperiment } from '../experiments/startExperiment.ts';
import type { TrainRow } from '../experiments/train.ts';
import { posterOf } from '../run/poster.ts';
import { parseRecording, serialiseRecording } from '../run/recording.ts';
import { changedSettings, taskName, trainSettings, type RunSettings } from '../run/settings.ts';
import { loadStart } from './base.ts';
import { engineFor } from './engine.ts';
import type { PlainFlag } from './flags.ts';

export const RECORD_FLAGS: readonly PlainFlag[] = [
  {
    flag: 'out',
    help: 'file for the recording; its poster goes beside it',
    default: 'public/runs/countdown-3.json',
  },
];

/** Trains and writes the run as the page shows it before its own. */
export async function runRecord(
  settings: RunSettings,
  plain: Record<string, string>,
): Promise<void> {
  const engine = await engineFor(settings);
  const { task, split, shape, parameters, teacher } = await loadStart(settings, engine);
  const run = await startExperiment(
    ...([engine, task, shape, parameters, split, trainSettings(settings)] as const),
    null,
    teacher,
  );
  const rows: TrainRow[] = [];
  for await (const row of run.rows) {
    rows.push(row);
    if (row.heldOut) process.stderr.write(`step ${row.step}/${settings.steps}\n`);
  }
  const flags = changedSettings(settings).map(([flag, text]) => ` --${flag} ${text}`);
  const out = plain['out']!;
  await mkdir(dirname(out), { recursive: true });
  const recording = serialiseRecording({
    format: 'rlvr-recording',
    version: 1,
    command: `npm run -s rlvr -- record${flags.join('')}`,
    task: taskName(settings),
    seed: settings.seed,
    problems: run.problems,
    rows,
  });
  await writeFile(out, `${recording}\n`);
  // With the digits that the recording keeps.
  const poster = posterOf(parseRecording(recording));
  await writeFile(out.replace(/(\.json)?$/, '.poster.json'), `${JSON.stringify(poster)}\n`);
  run.dispose();
}
