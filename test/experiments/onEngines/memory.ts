import { expect, it } from 'vitest';
import { startTraining } from '../../../src/experiments/train.ts';
import type { Engine } from '../../../src/policy/policy.ts';
import { DEFAULT_SETTINGS, trainSettings } from '../../../src/run/settings.ts';
import { baseOf } from './base.ts';

/** A run of `steps` holds no more than its first part, and nothing after its end. */
export function describeMemory(tested: () => Engine, steps: number): void {
  it(`${steps} steps hold as many textures or memories and bytes as the first sixth, and none after`, async () => {
    const { task, split, shape, parameters } = await baseOf();
    const engine = tested();
    const empty = engine.memory();
    const settings = trainSettings({
      ...DEFAULT_SETTINGS,
      ...{ steps, prompts: 2, groupSize: 8, innerEpochs: 2 },
      ...{ klCoefficient: 0.01, entropyCoefficient: 0.01 },
      ...{ evalEvery: 5, evalProblems: 10, evalSamples: 4 },
    });
    const run = await startTraining(engine, task, shape, parameters, split, settings);
    let settled = empty;
    for await (const { step } of run.rows) {
      if (step === steps / 6) settled = engine.memory();
      if (step > steps / 6) expect(engine.memory(), `step ${step}`).toEqual(settled);
    }
    expect(settled.tensors).toBeGreaterThan(empty.tensors);
    run.dispose();
    expect(engine.memory()).toEqual(empty);
  });
}
