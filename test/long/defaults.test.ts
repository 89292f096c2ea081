import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadStart } from '../../src/cli/base.ts';
import { engineFor } from '../../src/cli/engine.ts';
import { crossingK, meanPassAtK } from '../../src/core/passAtK.ts';
import { startExperiment } from '../../src/experiments/startExperiment.ts';
import type { TrainRow } from '../../src/experiments/train.ts';
import { PRESETS } from '../../src/run/presets.ts';
import { parseRecording, serialiseRecording } from '../../src/run/recording.ts';
import { settingsOver, trainSettings, type RunSettings } from '../../src/run/settings.ts';

async function rowsOf(changes: Partial<RunSettings>): Promise<TrainRow[]> {
  const settings = settingsOver(changes);
  const engine = await engineFor(settings);
  const { task, shape, parameters, split, teacher } = await loadStart(settings, engine);
  const run = await startExperiment(
    ...([engine, task, shape, parameters, split, trainSettings(settings)] as const),
    null,
    teacher,
  );
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push(row);
  run.dispose();
  engine.dispose();
  return rows;
}

const FEWER = { evalEvery: 100, evalSamples: 0 };
/** Nobody has tuned on these: settings were found with seeds from 101 to 103, and are reported with seeds from 1 on. */
const SEEDS = [2011, 2012];

describe.each(SEEDS)('the default run, seed %i', (seed) => {
  it('shows the effect on a base that leaves room for the opposite', async () => {
    const rows = await rowsOf({ ...FEWER, seed });
    const [base, end] = [rows[0]!, rows.at(-1)!].map(({ heldOut, entropy, solvable }) => ({
      p: heldOut!.p,
      at: (k: number) => meanPassAtK(heldOut!.p, k),
      ...{ entropy, solvable: solvable! },
    }));
    expect(base!.at(1)).toBeGreaterThanOrEqual(0.08);
    expect(base!.at(1)).toBeLessThanOrEqual(0.2);
    expect(base!.at(256)).toBeGreaterThanOrEqual(0.7);
    expect(base!.at(256)).toBeLessThanOrEqual(0.9);
    expect(base!.at(1024)).toBeLessThanOrEqual(0.95);
    expect(end!.at(1) - base!.at(1)).toBeGreaterThanOrEqual(0.15);
    expect(base!.at(256) - end!.at(256)).toBeGreaterThanOrEqual(0.1);
    const crossing = crossingK(base!.p, end!.p, 1e6);
    expect(crossing).toBeGreaterThanOrEqual(4);
    expect(crossing).toBeLessThanOrEqual(64);
    expect(end!.entropy).toBeLessThanOrEqual(base!.entropy / 2);
    expect(end!.solvable.neither).toBeGreaterThanOrEqual(20);
  }, 120_000);

  it('finds problems that the base lacked where it explores', async () => {
    const { solvable } = (await rowsOf({ ...PRESETS.explores, ...FEWER, seed })).at(-1)!;
    expect(solvable!.rlOnly).toBeGreaterThan(0);
  }, 120_000);

  it('changes nothing with a learning rate of 0', async () => {
    const rows = await rowsOf({ ...PRESETS.still, ...FEWER, steps: 100, seed });
    expect(rows.at(-1)!.heldOut!.p).toEqual(rows[0]!.heldOut!.p);
  }, 120_000);
});

it('the recorded run is what its command makes, from its first row to its last', async () => {
  const text = readFileSync(new URL('../../public/runs/countdown-3.json', import.meta.url), 'utf8');
  const recorded = parseRecording(text);
  const rows = await rowsOf({});
  const again = parseRecording(serialiseRecording({ ...recorded, rows }));
  const timeless = (row: TrainRow): object => ({ ...row, step_time: 0 });
  expect(again.rows.map(timeless)).toEqual(recorded.rows.map(timeless));
}, 120_000);
