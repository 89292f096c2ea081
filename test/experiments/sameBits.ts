import { pretrain, shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining } from '../../src/experiments/train.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import type { AlgorithmName } from '../../src/rl/algorithms.ts';
import { checksum, serialiseBase } from '../../src/run/bases.ts';
import { defaultsFor, trainSettings } from '../../src/run/settings.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

/** Of a pretrained base, and of 40 steps on it by algorithms that between them use every kind of weight. */
export interface RunBits {
  base: string;
  runs: Partial<Record<AlgorithmName, string>>;
}

/** What {@link runBits} is in Node, Chromium and Firefox. */
export const RUN_BITS: RunBits = {
  base: '4333155df001a034b726f1b2f0b1b7096f18b2ed84a88862f4209c85cba5363a',
  runs: {
    grpo: '8067e0c96542252890e5c310c4f49a1977434d822e4abf8b3c1ba811013e26db',
    ppo: '45ff2d4cbcb789c2c9a83a00e87c6e596f738d1be3b0ab18bb6f765efa02e45a',
    dapo: '3305c8802e4048245764662624fb68c80615e5325d3a88cedf24c891e2e5450d',
  },
};

/** SHA-256 of parameters and of whole rows, but for the time that they took, on the engine in WebAssembly. */
export async function runBits(): Promise<RunBits> {
  const engine = await createWasmEngine();
  const task = await createTask('countdown-3');
  const split = splitProblems(task, 1);
  const shape = shapeFor(task, { width: 16, layers: 1, heads: 4 });
  const pretraining = {
    seed: 1,
    steps: 200,
    batchSize: 32,
    learningRate: 1e-2,
    correctFraction: 1,
    rarity: 1,
  };
  const learning = pretrain(engine, task, shape, split, pretraining);
  let next = await learning.next();
  while (!next.done) next = await learning.next();
  const { parameters } = next.value;

  const bitsOf = async (algorithm: AlgorithmName): Promise<string> => {
    const settings = trainSettings({
      ...defaultsFor({ task: 'countdown', algorithm }),
      ...{ steps: 40, prompts: 8, groupSize: 8, evalProblems: 12, evalSamples: 8 },
      ...{ klCoefficient: 0.01, entropyCoefficient: 0.01 },
    });
    const run = await startTraining(engine, task, shape, parameters, split, settings);
    const rows: object[] = [];
    for await (const row of run.rows) rows.push({ ...row, step_time: 0 });
    const trained = await run.policy.snapshot();
    run.dispose();
    const text = JSON.stringify([rows, await checksum(serialiseBase(trained.parameters))]);
    return checksum(new TextEncoder().encode(text));
  };
  return {
    base: await checksum(serialiseBase(parameters)),
    runs: { grpo: await bitsOf('grpo'), ppo: await bitsOf('ppo'), dapo: await bitsOf('dapo') },
  };
}
