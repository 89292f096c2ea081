import { expect, it } from 'vitest';
import { loadStart } from '../../src/cli/base.ts';
import { limitDifficulty } from '../../src/experiments/byDifficulty.ts';
import { startTraining } from '../../src/experiments/train.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { settingsOver, trainSettings } from '../../src/run/settings.ts';

const engine = await createWasmEngine();
const settings = settingsOver({
  ...{ steps: 0, prompts: 2, groupSize: 2, evalProblems: 8, evalSamples: 0 },
});
const { task, shape, parameters, split } = await loadStart(settings, engine);
const base = { engine, shape, parameters };
/** As few as it takes to cross from one part to the next that is scored. */
const few = { ...split, train: split.train.slice(0, 150) };

it('problems of some difficulty are those, in their order, that an evaluation of the base finds so', async () => {
  const run = await startTraining(engine, task, shape, parameters, few, {
    ...trainSettings(settings),
    evalProblems: 150,
  });
  const { value: row } = await run.rows.next();
  run.dispose();
  const p = row!.train!.p;
  const [low, high] = [0.05, 0.2];
  const expected = few.train.filter((_, i) => p[i]! >= low && p[i]! <= high);
  const range = { ...trainSettings(settings), trainPMin: low, trainPMax: high };
  const limited = await limitDifficulty(task, few, range, base);
  expect(limited.train).toEqual(expected);
  expect(expected.length).toBeGreaterThan(40);
  expect(limited.heldOut).toBe(few.heldOut);
  // Enough of them are found before all are looked at.
  const some = await limitDifficulty(task, few, { ...range, trainProblems: 5 }, base);
  expect(some.train).toEqual(expected.slice(0, 5));
});

it('a run draws and evaluates these problems alone', async () => {
  const range = { ...trainSettings(settings), trainPMin: 0.1, trainPMax: 0.2 };
  const run = await startTraining(engine, task, shape, parameters, few, range);
  const { value: row } = await run.rows.next();
  run.dispose();
  expect(Math.min(...row!.train!.p)).toBeGreaterThanOrEqual(0.1);
  expect(Math.max(...row!.train!.p)).toBeLessThanOrEqual(0.2);
  const held = row!.heldOut!.p.filter((p) => p >= 0.1 && p <= 0.2);
  expect(held.length).toBeLessThan(row!.heldOut!.p.length);
});

it('a difficulty that no problem has is refused', async () => {
  const none = { ...trainSettings(settings), trainPMin: 0.999999, trainPMax: 1 };
  await expect(startTraining(engine, task, shape, parameters, few, none)).rejects.toThrow(
    'the base solves none of 150 training problems with a probability from 0.999999 to 1',
  );
});
