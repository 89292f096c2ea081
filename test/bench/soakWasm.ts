import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadStart } from '../../src/cli/base.ts';
import { startExperiment } from '../../src/experiments/startExperiment.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { settingsOver, trainSettings } from '../../src/run/settings.ts';
import { marksOf, type Soak } from './soak.ts';

/**
 * Trains with the product's default settings in WebAssembly, and looks at every number of every row.
 * @throws Error if the engine holds more at one mark than at another, if a number of a row is not finite, or if a batch
 * takes memory that one as large had taken before.
 */
export async function soakWasm(steps: number): Promise<Soak> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const settings = settingsOver({ steps, evalEvery: 250, evalSamples: 0 });
  const engine = await createWasmEngine();
  const mebibytes = (): string => (engine.memory().bytes / 2 ** 20).toFixed(2);
  const { task, split, shape, parameters, teacher } = await loadStart(settings, engine);
  const run = await startExperiment(
    ...([engine, task, shape, parameters, split, trainSettings(settings)] as const),
    null,
    teacher,
  );
  const marks = new Set(marksOf(steps));
  const rows: string[][] = [];
  const began = performance.now();
  for await (const row of run.rows) {
    requireFinite(row, `row ${row.step}`);
    if (!marks.has(row.step)) continue;
    collectGarbage();
    const heapMiB = process.memoryUsage().heapUsed / 2 ** 20;
    const reading = [row.step, mebibytes(), heapMiB.toFixed(1), row.reward.toFixed(3)].map(String);
    rows.push(reading);
    console.error(reading.join('  '));
  }
  const seconds = (performance.now() - began) / 1000;
  const held = new Set(rows.map(([, bytes]) => bytes));
  if (held.size > 1) throw new Error(`the engine held ${[...held].join(', ')} MiB`);

  const prompts = Int32Array.from(
    split.train.slice(0, settings.prompts).flatMap((problem) => task.encode(problem)),
  );
  const grown: string[] = [];
  for (const times of [1, 2, 1, 2]) {
    const groupSize = times * settings.groupSize;
    const key = { seed: 1, stream: 0, step: 0 };
    await run.policy.sample({ prompts, groupSize, temperature: 1, key });
    grown.push(mebibytes());
  }
  const [once, twice, onceAgain, twiceAgain] = grown;
  if (once !== rows[0]![1] || onceAgain !== twice || twiceAgain !== twice)
    throw new Error(`batches of once, twice, once, twice the size: ${grown.join(', ')} MiB`);
  run.dispose();
  return {
    device: `Node ${process.version}`,
    seconds,
    what:
      `${settings.prompts} prompts × ${settings.groupSize} samples, an evaluation every ${settings.evalEvery} steps; all numbers of all rows finite; ` +
      `after batches of once, twice, once, twice the size the engine holds ${grown.join(', ')} MiB`,
    head: ['step', 'engine, MiB', 'heap, MiB', 'reward'],
    rows,
  };
}

function requireFinite(value: unknown, where: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${where} is ${value}`);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) requireFinite(inner, `${where}.${key}`);
}
