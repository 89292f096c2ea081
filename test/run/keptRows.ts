import { expect } from 'vitest';
import { loadStart } from '../../src/cli/base.ts';
import { EXPERIMENTS } from '../../src/experiments/experiments.ts';
import { startExperiment } from '../../src/experiments/startExperiment.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { rowSchema, wholeRow } from '../../src/run/rowSchema.ts';
import { held, said } from '../../src/run/schema.ts';
import { settingsOver, trainSettings, type RunSettings } from '../../src/run/settings.ts';

/** Whatever a row can have is in one of these runs; the first three are quick. */
export const KINDS_OF_RUN: readonly Partial<RunSettings>[] = [
  { task: 'maze', algorithm: 'dapo', evalTopP: 0.9 },
  { task: 'mixed', prior: 'narrow', base: 'live', width: 8, experiment: 'power-sampling' },
  { algorithm: 'clip-cov', verifier: 'random', evalSamples: 0 },
  { algorithm: 'ppo', prior: 'narrow', answerProblems: 2, finale: 'interpolation' },
  { task: 'countdown-steps', verifier: 'judge' },
  { task: 'programs', experiment: 'distillation', warmSteps: 1, finale: 'temperatures' },
  { experiment: 'on-policy-distillation' },
  { experiment: 'expert-iteration', generationSteps: 1, generationAnswers: 32 },
  { experiment: 'self-training', generationSteps: 1, generationAnswers: 32 },
  { verifier: 'co-trained', klCoefficient: 0.1 },
  { verifier: 'majority', lr: 1 },
  { experiment: 'evolution', population: 3 },
  { algorithm: 'cispo', staleness: 1 },
];

const SMALL: Partial<RunSettings> = {
  ...{ steps: 3, prompts: 3, groupSize: 3, evalEvery: 2, evalProblems: 3, evalSamples: 2 },
  ...{ pretrainSteps: 1, judgeAnswers: 16, chains: 2 },
};

/** Each row of a run is one that its file takes, as it is and as JSON gives it back. */
export async function expectRowsKept(changes: Partial<RunSettings>): Promise<void> {
  const settings = settingsOver({ ...SMALL, ...changes });
  const engine = await createWasmEngine();
  const { task, shape, parameters, split, teacher } = await loadStart(settings, engine);
  const parts = [engine, task, shape, parameters, split, trainSettings(settings)] as const;
  const run = await startExperiment(...parts, null, teacher);
  const hasBase = EXPERIMENTS[settings.experiment].trains;
  const schema = rowSchema(run.problems, wholeRow(shape, hasBase));
  let count = 0;
  for await (const row of run.rows) {
    for (const each of [row, JSON.parse(JSON.stringify(row)) as unknown])
      held(schema, each, `row ${row.step}`, (misfit) => expect.unreachable(said(misfit)));
    count++;
  }
  run.dispose();
  expect(count).toBe(4);
}
