import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadStart } from '../../src/cli/base.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining, type TrainRow } from '../../src/experiments/train.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { parseRecording, serialiseRecording, type Recording } from '../../src/run/recording.ts';
import { DEFAULT_SETTINGS, trainSettings } from '../../src/run/settings.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const shipped = readFileSync(
  new URL('../../public/runs/countdown-3.json', import.meta.url),
  'utf8',
).trimEnd();

async function record(): Promise<Recording> {
  const task = await createTask('countdown-3');
  const shape = shapeFor(task, { width: 8, layers: 1, heads: 2 });
  const settings = { ...DEFAULT_SETTINGS, prompts: 2, groupSize: 4, evalProblems: 4 };
  const run = await startTraining(
    await createWasmEngine(),
    task,
    shape,
    initialParameters(shape, 1),
    splitProblems(task, 1),
    trainSettings({ ...settings, steps: 4, evalEvery: 4 }),
  );
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push(row);
  const { problems } = run;
  return {
    ...{ format: 'rlvr-recording', version: 1, command: 'a command', task: task.name, seed: 1 },
    ...{ problems, rows },
  } as Recording;
}

describe('a recording', () => {
  it('comes back as what its figures show: p to 4 digits, groups of evaluated steps, no tokens', async () => {
    const recording = await record();
    const back = parseRecording(serialiseRecording(recording));
    expect(back.problems.heldOut).toEqual(recording.problems.heldOut);
    expect(back.problems.acceptCounts).toEqual(recording.problems.acceptCounts);
    expect(back.rows.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(back.rows.map(({ group }) => group !== undefined)).toEqual([
      true,
      true,
      true,
      false,
      true,
    ]);
    recording.rows.forEach(({ heldOut, group, entropy }, i) => {
      const row = back.rows[i]!;
      expect(row.entropy / entropy).toBeCloseTo(1, 3);
      heldOut?.p.forEach((p, n) => expect(row.heldOut!.p[n]! / p).toBeCloseTo(1, 3));
      if (!row.group) return;
      expect(group!.base?.length).toBe(4);
      expect(group!.prompt.length).toBe(4);
      expect(row.group).not.toHaveProperty('base');
      expect(row.group.prompt).toEqual([]);
      row.group.completions.forEach((completion, n) => {
        const { text, correct, detail } = group!.completions[n]!;
        expect(completion).toMatchObject({ text, correct, detail, tokens: [] });
      });
    });
  });

  it('of the default run is what that computes: its first 20 steps, all digits', async () => {
    const settings = { ...DEFAULT_SETTINGS, steps: 20 };
    const engine = await createWasmEngine();
    const { task, shape, parameters, split } = await loadStart(settings, engine);
    const train = trainSettings(settings);
    const run = await startTraining(engine, task, shape, parameters, split, train);
    const rows: TrainRow[] = [];
    for await (const row of run.rows) rows.push(row);
    const recorded = parseRecording(shipped);
    const again = parseRecording(serialiseRecording({ ...recorded, rows }));
    const timeless = (row: TrainRow): object => ({ ...row, step_time: 0 });
    expect(again.rows.map(timeless)).toEqual(recorded.rows.slice(0, 21).map(timeless));
  });

  it('does not grow: the shipped one is written again as it is', () => {
    expect(serialiseRecording(parseRecording(shipped)).length).toBe(shipped.length);
  });
});
