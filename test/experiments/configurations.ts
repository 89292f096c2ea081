import { randomIndex } from '../../src/core/draws.ts';
import { uniformSequence } from '../../src/core/random.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining, type TrainRow } from '../../src/experiments/train.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import type { Engine } from '../../src/policy/policy.ts';
import { ALGORITHMS, type AlgorithmName } from '../../src/rl/algorithms.ts';
import { defaultsFor, taskName, trainSettings, type RunSettings } from '../../src/run/settings.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

/** Random valid settings of a run of 2 small steps; number `index` is always the same. */
export function randomConfiguration(index: number): RunSettings {
  const random = uniformSequence({ seed: 77, stream: 99, step: index });
  const whole = (low: number, high: number) => low + randomIndex(random, high - low + 1);
  const oneOf = <T>(values: readonly T[]): T => values[randomIndex(random, values.length)]!;
  const logarithmic = (low: number, high: number) => low * (high / low) ** random();
  const algorithm = oneOf(
    (Object.keys(ALGORITHMS) as AlgorithmName[]).filter((name) => name !== 'process'),
  );
  const standard = defaultsFor({ task: 'countdown', algorithm });
  return {
    ...standard,
    size: oneOf(['3', '3', '3', '4'] as const),
    seed: whole(0, 2 ** 31 - 1),
    steps: 2,
    lr: oneOf([0, logarithmic(1e-5, 1e-2)]),
    prompts: whole(1, 6),
    groupSize: whole(1, 9),
    klCoefficient: oneOf([standard.klCoefficient, logarithmic(1e-3, 1)]),
    entropyCoefficient: oneOf([standard.entropyCoefficient, logarithmic(1e-3, 0.3)]),
    minibatches: whole(1, 3),
    innerEpochs: whole(1, 3),
    clipLow: random(),
    clipHigh: 2 * random(),
    maxGradNorm: logarithmic(1e-2, 10),
    temperature: logarithmic(0.2, 5),
    evalEvery: whole(1, 3),
    evalProblems: whole(1, 5),
    evalSamples: oneOf([0, 1, 4]),
    evalTemperature: logarithmic(0.3, 3),
    width: 4 * whole(2, 8),
    baseSeed: whole(0, 1000),
    dualClip: oneOf([0, 0, 1.5]),
    shaping: oneOf([standard.shaping, 'none', 'smoothing', 'uniform', 'repeats'] as const),
    tokens: oneOf([standard.tokens, 'all', 'high-entropy'] as const),
    tokenShare: random(),
    klEstimator: oneOf(['k1', 'k2', 'k3', 'k3-weighted'] as const),
    staleness: oneOf([0, 0, 1, 3]),
    truncation: oneOf([0, 0, 2]),
    hintShare: oneOf([0, 0, 0.5, 1]),
  };
}

const tasks = new Map<string, Awaited<ReturnType<typeof setUp>>>();
async function setUp(name: string) {
  const task = await createTask(name);
  return { task, split: splitProblems(task, 1) };
}

/** The rows of a configuration from an untrained policy, without their times. */
export async function rowsOfConfiguration(
  engine: Engine,
  settings: RunSettings,
): Promise<TrainRow[]> {
  const name = taskName(settings);
  if (!tasks.has(name)) tasks.set(name, await setUp(name));
  const { task, split } = tasks.get(name)!;
  const shape = shapeFor(task, {
    width: settings.width,
    layers: 1 + (settings.baseSeed % 3),
    heads: 4,
  });
  const run = await startTraining(
    engine,
    task,
    shape,
    initialParameters(shape, settings.baseSeed),
    split,
    trainSettings(settings),
  );
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push({ ...row, step_time: 0 });
  run.dispose();
  return rows;
}

/** The path of the first number in a row that is not finite or is missing, or null. */
export function firstNonFinite(value: unknown, path = 'row'): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, part] of Object.entries(value)) {
    const found = firstNonFinite(part, `${path}.${name}`);
    if (found) return found;
  }
  return null;
}
