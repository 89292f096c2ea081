import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pretrain, shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining, type TrainRow } from '../../src/experiments/train.ts';
import type { Engine } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { createWebglEngine } from '../../src/policy/webgl/engine.ts';
import { ALGORITHMS, type AlgorithmName } from '../../src/rl/algorithms.ts';
import { defaultsFor, trainSettings } from '../../src/run/settings.ts';
import type { TaskFamily } from '../../src/run/table.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const reference = createReferenceEngine();
let webgl: Engine;
beforeAll(async () => {
  webgl = await createWebglEngine();
});
afterAll(() => webgl.dispose());

/** A base that is right often enough for every group to teach: demonstrations that are all correct. */
async function setUp(taskName: string) {
  const task = await createTask(taskName);
  const split = splitProblems(task, 1);
  const shape = shapeFor(task, { width: 16, layers: 1, heads: 4 });
  const rows = pretrain(reference, task, shape, split, {
    seed: 1,
    steps: 200,
    batchSize: 64,
    learningRate: 5e-3,
    correctFraction: 1,
  });
  for (;;) {
    const next = await rows.next();
    if (next.done) return { task, split, shape, parameters: next.value.parameters };
  }
}
const setUps = new Map<string, ReturnType<typeof setUp>>();

async function rowsOn(
  engine: Engine,
  algorithm: AlgorithmName,
  family: TaskFamily,
): Promise<TrainRow[]> {
  const name = family === 'countdown' ? 'countdown-3' : family;
  if (!setUps.has(name)) setUps.set(name, setUp(name));
  const { task, split, shape, parameters } = await setUps.get(name)!;
  const settings = trainSettings({
    ...defaultsFor({ task: family, algorithm }),
    steps: 5,
    prompts: 4,
    // With k = G there would be one subset, and no advantage.
    passK: 2,
    groupSize: 4,
    evalEvery: 5,
    evalProblems: 4,
    evalSamples: 0,
  });
  const run = await startTraining(engine, task, shape, parameters, split, settings);
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push(row);
  run.dispose();
  return rows;
}

const cases = [
  ...(Object.keys(ALGORITHMS) as AlgorithmName[]).map(
    (algorithm) => [algorithm, algorithm === 'process' ? 'countdown-steps' : 'countdown'] as const,
  ),
  ['grpo', 'mixed'] as const,
];

describe('every algorithm trains on both engines to the same rows', () => {
  it.each(cases)(
    '%s on %s',
    async (algorithm, family) => {
      const [onWebgl, onReference] = [
        await rowsOn(webgl, algorithm, family),
        await rowsOn(reference, algorithm, family),
      ];
      // The policy has moved, or the comparison would be one of the base with itself.
      expect(onReference[5]!.heldOut!.p).not.toEqual(onReference[0]!.heldOut!.p);
      expect(onWebgl.length).toBe(6);
      onReference.forEach((expected, step) => {
        const actual = onWebgl[step]!;
        expect(actual.reward, `reward of step ${step}`).toBe(expected.reward);
        expect(actual.group!.completions.map(({ text }) => text)).toEqual(
          expected.group!.completions.map(({ text }) => text),
        );
        for (const metric of [
          'entropy',
          'kl',
          'clip_ratio',
          'grad_norm',
          'loss',
          'value_loss',
          'cov_share',
        ] as const) {
          const [a, b] = [actual[metric], expected[metric]];
          if (b === null) expect(a, metric).toBeNull();
          // float32 on both sides, amplified by up to 20 updates.
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
