import { expect, it } from 'vitest';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining } from '../../src/experiments/train.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { createWebglEngine } from '../../src/policy/webgl/engine.ts';
import { DEFAULT_SETTINGS, trainSettings } from '../../src/run/settings.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

it('300 steps on WebGL hold as many textures and bytes as the first 50, and none after', async () => {
  const task = await createTask('countdown-3');
  const shape = shapeFor(task, { width: 16, layers: 2, heads: 4 });
  const engine = await createWebglEngine();
  const empty = engine.memory();
  const settings = trainSettings({
    ...DEFAULT_SETTINGS,
    steps: 300,
    prompts: 2,
    groupSize: 8,
    klCoefficient: 0.01,
    entropyCoefficient: 0.01,
    innerEpochs: 2,
    evalEvery: 20,
    evalProblems: 10,
    evalSamples: 4,
  });
  const run = await startTraining(
    engine,
    task,
    shape,
    initialParameters(shape, 1),
    splitProblems(task, 1),
    settings,
  );
  let settled = empty;
  for await (const { step } of run.rows) {
    if (step === 50) settled = engine.memory();
    if (step > 50) expect(engine.memory(), `step ${step}`).toEqual(settled);
  }
  expect(settled.tensors).toBeGreaterThan(empty.tensors);
  run.dispose();
  // Programs are freed when their last user is known to be gone, which a promise decides.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(engine.memory()).toEqual(empty);
  engine.dispose();
}, 120_000);
