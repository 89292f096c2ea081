import { pretrain, shapeFor } from '../../src/experiments/pretrain.ts';
import { startExperiment } from '../../src/experiments/startExperiment.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import {
  SETTINGS,
  trainSettings,
  type RunSettings,
  type SettingKey,
} from '../../src/run/settings.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const split = splitProblems(task, 1);
const shape = shapeFor(task, { width: 16, layers: 1, heads: 2 });
const engine = await createWasmEngine();
async function pretrained(correctFraction: number): Promise<Float32Array> {
  const settings = {
    seed: 2,
    steps: 80,
    batchSize: 48,
    learningRate: 5e-3,
    correctFraction,
    rarity: 1,
  };
  const rows = pretrain(engine, task, shape, split, settings);
  for (;;) {
    const next = await rows.next();
    if (next.done) return next.value.parameters;
  }
}
const base = await pretrained(0.5);
const teacher = { shape, parameters: base };

/** As little as a run can be and still feel most of its settings. */
export const SMALL: Partial<RunSettings> = {
  ...{ steps: 3, prompts: 4, groupSize: 4, lr: 0.01, evalEvery: 2, evalProblems: 4 },
  ...{ evalSamples: 4, judgeAnswers: 64, teacherAnswers: 64, generationAnswers: 256 },
  ...{ generationSteps: 1, chains: 2, seed: 3, population: 3 },
};

/** The settings that this start has no say in: they choose the task and its base, or name the others. */
const ELSEWHERE: ReadonlySet<SettingKey> = new Set<SettingKey>([
  ...(['task', 'size', 'prior', 'base', 'baseSeed', 'pretrainSteps', 'correctFraction'] as const),
  ...(['pretrainLr', 'width', 'engine', 'algorithm', 'experiment'] as const),
]);
export const TESTED = SETTINGS.filter(({ key }) => !ELSEWHERE.has(key));

export async function rowsOf(settings: RunSettings): Promise<object[]> {
  const parts = [engine, task, shape, base, split, trainSettings(settings)] as const;
  const run = await startExperiment(...parts, null, teacher);
  const rows: object[] = [];
  for await (const row of run.rows) rows.push({ ...row, step_time: 0 });
  run.dispose();
  return rows;
}
