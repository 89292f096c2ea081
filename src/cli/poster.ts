import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { TrainRow } from '../experiments/train.ts';
import { posterOf } from '../run/poster.ts';
import { presetSettings } from '../run/presetOf.ts';
import { isPreset, PRESETS, type PresetName } from '../run/presets.ts';
import { beginRun } from './beginRun.ts';
import { UsageError } from './flags.ts';

const NAMES = Object.keys(PRESETS) as PresetName[];

export const POSTER_USAGE = `usage: npm run -s rlvr -- poster [PRESET …] [--out DIR]

Trains each preset, all of them unless some are named, and keeps of the run what the posters of an embed show.
Presets: ${NAMES.join(', ')}.

  --out DIR   where the files are written (default public/runs/posters)`;

/** Trains presets, and writes of each run what the posters of an embed show. */
export async function runPosters(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const wrong = positionals.find((name) => !isPreset(name));
  if (wrong !== undefined)
    throw new UsageError(`unknown preset '${wrong}', expected some of ${NAMES.join(', ')}`);
  const presets = positionals.length > 0 ? (positionals as PresetName[]) : NAMES;
  await mkdir(values.out, { recursive: true });
  for (const preset of presets) await record(preset, values.out);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string', default: 'public/runs/posters' } },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${POSTER_USAGE}`);
  }
}

async function record(preset: PresetName, folder: string): Promise<void> {
  const settings = presetSettings(preset);
  const { run } = await beginRun(settings);
  const rows: TrainRow[] = [];
  try {
    for await (const row of run.rows) {
      rows.push(row);
      if (row.heldOut) process.stderr.write(`${preset}: step ${row.step}/${settings.steps}\n`);
    }
    const poster = posterOf(preset, rows, run.problems);
    await writeFile(`${folder}/${preset}.json`, `${JSON.stringify(poster)}\n`);
  } finally {
    run.dispose();
  }
}
