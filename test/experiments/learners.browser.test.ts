import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { pretrain, shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining, type TrainRow } from '../../src/experiments/train.ts';
import { createBatch } from '../../src/policy/batch.ts';
import type { Engine } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { createWebglEngine } from '../../src/policy/webgl/engine.ts';
import { createJudge } from '../../src/rl/judge.ts';
import { DEFAULT_SETTINGS, trainSettings, type RunSettings } from '../../src/run/settings.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const split = splitProblems(task, 1);
const reference = createReferenceEngine();
let webgl: Engine;
let parts: { width: number; parameters: Float32Array }[];

async function pretrained(width: number, correctFraction: number) {
  const shape = shapeFor(task, { width, layers: 1, heads: 4 });
  const settings = { seed: 1, steps: 150, batchSize: 64, learningRate: 5e-3, correctFraction };
  const rows = pretrain(reference, task, shape, split, settings);
  for (;;) {
    const next = await rows.next();
    if (next.done) return { width, parameters: next.value.parameters };
  }
}
beforeAll(async () => {
  webgl = await createWebglEngine();
  parts = [await pretrained(16, 0.5), await pretrained(24, 1)];
}, 60_000);
afterAll(() => webgl.dispose());

async function rowsOn(engine: Engine, changes: Partial<RunSettings>) {
  const [base, teacher] = parts.map(({ width, parameters }) => ({
    shape: shapeFor(task, { width, layers: 1, heads: 4 }),
    parameters,
  }));
  const settings = trainSettings({
    ...DEFAULT_SETTINGS,
    ...{ steps: 6, prompts: 8, groupSize: 8, evalEvery: 6, evalProblems: 4, evalSamples: 0 },
    ...{ teacherAnswers: 200, generationAnswers: 200, generationSteps: 3 },
    ...changes,
  });
  const run = await startTraining(
    ...([engine, task, base!.shape, base!.parameters, split, settings] as const),
    null,
    teacher,
  );
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push(row);
  run.dispose();
  return rows;
}

describe('what RLVR is compared with trains on both engines to the same rows', () => {
  it.each<Partial<RunSettings>>([
    { experiment: 'distillation' },
    { experiment: 'on-policy-distillation' },
    { experiment: 'expert-iteration' },
    { experiment: 'self-training', warmSteps: 2 },
    { verifier: 'majority' },
  ])(
    '%j',
    async (changes) => {
      const onReference = await rowsOn(reference, changes);
      const onWebgl = await rowsOn(webgl, changes);
      expect(onReference[6]!.heldOut!.p).not.toEqual(onReference[0]!.heldOut!.p);
      expect(onWebgl.length).toBe(7);
      onReference.forEach((expected, step) => {
        const actual = onWebgl[step]!;
        expect(actual.reward, `reward of step ${step}`).toBe(expected.reward);
        expect(actual.accuracy, `accuracy of step ${step}`).toBe(expected.accuracy);
        for (const metric of ['entropy', 'grad_norm', 'loss'] as const) {
          const [a, b] = [actual[metric], expected[metric]];
          if (b === null) expect(a, metric).toBeNull();
          // float32 on the one side, amplified by 6 updates.
          else
            expect(Math.abs(a! - b), `${metric} of step ${step}`).toBeLessThan(
              2e-3 * (1 + Math.abs(b)),
            );
        }
        expected.heldOut?.p.forEach((p, i) =>
          expect(Math.abs(actual.heldOut!.p[i]! - p), `p of problem ${i}`).toBeLessThan(2e-3),
        );
      });
    },
    60_000,
  );
});

it('a judge learns the same on both engines', async () => {
  const { width, parameters } = parts[0]!;
  const shape = shapeFor(task, { width, layers: 1, heads: 4 });
  const random = uniformSequence({ seed: 1, stream: 99, step: 0 });
  const rows = split.heldOut.slice(0, 64).map((problem, i) => ({
    prompt: task.encode(problem),
    response: task.demonstrate(problem, i % 2, random),
  }));
  const batch = createBatch(shape, rows);
  const approvalsOn = async (engine: Engine) => {
    const settings = { seed: 1, judgeAnswers: 64, temperature: 1 };
    const judge = await createJudge(engine, task, shape, parameters, split.train, settings, null);
    const untaught = await judge.approvals(batch);
    for (let step = 0; step < 6; step++)
      await judge.learn(
        batch,
        rows.map((_, i) => i % 2),
      );
    const approvals = await judge.approvals(batch);
    judge.dispose();
    return { untaught, approvals };
  };
  const [expected, actual] = [await approvalsOn(reference), await approvalsOn(webgl)];
  expect(expected.approvals).not.toEqual(expected.untaught);
  // float32 on the one side, amplified by 14 updates of a value that goes from 0 to 1.
  expected.approvals.forEach((approval, b) =>
    expect(Math.abs(actual.approvals[b]! - approval)).toBeLessThan(2e-3),
  );
}, 60_000);
