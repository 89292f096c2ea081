import { beforeAll, describe, expect, it } from 'vitest';
import { pretrain, scheduledLearningRate, shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining, type TrainRow } from '../../src/experiments/train.ts';
import type { TrainSettings } from '../../src/experiments/trainSettings.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import type { PolicyShape } from '../../src/policy/shape.ts';
import { NonFiniteError } from '../../src/rl/step.ts';
import { DEFAULT_SETTINGS, trainSettings } from '../../src/run/settings.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const split = splitProblems(task, 1);
const shape: PolicyShape = shapeFor(task, { width: 16, layers: 1, heads: 2 });
const engine = await createWasmEngine();
let base: Float32Array;

const small: TrainSettings = trainSettings({
  ...DEFAULT_SETTINGS,
  seed: 3,
  steps: 6,
  prompts: 8,
  groupSize: 8,
  evalEvery: 3,
  evalProblems: 12,
  evalSamples: 4,
});

async function rowsOf(settings: TrainSettings): Promise<TrainRow[]> {
  const run = await startTraining(engine, task, shape, base, split, settings);
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push({ ...row, step_time: 0 });
  run.dispose();
  return rows;
}

beforeAll(async () => {
  const settings = {
    seed: 2,
    steps: 150,
    batchSize: 32,
    learningRate: 1e-2,
    correctFraction: 0.5,
    rarity: 1,
  };
  const losses: number[] = [];
  const generator = pretrain(engine, task, shape, split, settings);
  let next = await generator.next();
  for (; !next.done; next = await generator.next()) losses.push(next.value.loss);
  base = next.value.parameters;
  // log 14 = 2.64 nats is the loss of guessing uniformly; a policy that learned the grammar is far below.
  expect(losses[0]).toBeGreaterThan(2.3);
  expect(losses.at(-1)).toBeLessThan(1.5);
});

describe('pretraining', () => {
  it('warms up over 50 steps and decays to 5 % of the peak', () => {
    expect(scheduledLearningRate(1, 25, 1050)).toBeCloseTo(0.5, 12);
    expect(scheduledLearningRate(1, 50, 1050)).toBeCloseTo(1, 12);
    expect(scheduledLearningRate(1, 550, 1050)).toBeCloseTo(0.525, 12); // halfway: (1 + 0.05) / 2
    expect(scheduledLearningRate(1, 1050, 1050)).toBeCloseTo(0.05, 12);
  });
});

describe('a run', () => {
  it('is the same twice for the same seed, and another for another seed', async () => {
    const [first, second, other] = [
      await rowsOf(small),
      await rowsOf(small),
      await rowsOf({ ...small, seed: 4 }),
    ];
    expect(first).toEqual(second);
    expect(first).not.toEqual(other);
    expect(first[0]!.heldOut!.p).toEqual(other[0]!.heldOut!.p); // the base is the same
  });

  it('has a row a step, evaluations where they belong, and row 0 without an update', async () => {
    const rows = await rowsOf({ ...small, steps: 7, evalEvery: 6 });
    expect(rows.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rows.filter((row) => row.heldOut).map(({ step }) => step)).toEqual([0, 1, 2, 5, 6, 7]);
    expect(rows[0]).toMatchObject({ grad_norm: null, loss: null, clip_ratio: null, kl: 0 });
    expect(rows[0]!.solvable!.baseOnly + rows[0]!.solvable!.rlOnly).toBe(0);
    for (const { heldOut, train, solvable } of rows.filter((row) => row.heldOut)) {
      expect(heldOut!.p.length).toBe(12);
      expect(Object.keys(train!.passAt)).toEqual(['1', '4', '16', '64', '256', '1024']);
      const mean = heldOut!.p.reduce((sum, p) => sum + p, 0) / 12;
      expect(heldOut!.passAt['1']).toBeCloseTo(mean, 12);
      expect(Object.values(solvable!).reduce((sum, n) => sum + n, 0)).toBe(12);
    }
  });

  it('changes the policy, and with a learning rate of 0 leaves it exactly as it was', async () => {
    const changed = await rowsOf(small);
    expect(changed.at(-1)!.heldOut!.p).not.toEqual(changed[0]!.heldOut!.p);
    expect(changed.at(-1)!.kl).toBeGreaterThan(0);
    const still = await rowsOf({ ...small, optimizer: { ...small.optimizer, learningRate: 0 } });
    for (const row of still.filter(({ heldOut }) => heldOut)) {
      expect(row.heldOut!.p).toEqual(still[0]!.heldOut!.p);
      expect(row.kl).toBe(0);
    }
  });

  it('raises the reward on the problems that it trains on', async () => {
    const few = { train: split.train.slice(0, 8), heldOut: split.heldOut };
    const settings = { ...small, steps: 40, evalEvery: 40, evalProblems: 8, evalSamples: 0 };
    const run = await startTraining(engine, task, shape, base, few, settings);
    const rows: TrainRow[] = [];
    for await (const row of run.rows) rows.push(row);
    run.dispose();
    expect(rows.at(-1)!.train!.passAt['1']!).toBeGreaterThan(rows[0]!.train!.passAt['1']! + 0.2);
  });

  it('clips with several inner epochs, and never with one', async () => {
    const one = await rowsOf({ ...small, optimizer: { ...small.optimizer, learningRate: 0.01 } });
    for (const { clip_ratio } of one.slice(1)) expect(clip_ratio).toBe(0);
    const four = await rowsOf({
      ...small,
      innerEpochs: 4,
      optimizer: { ...small.optimizer, learningRate: 0.01 },
    });
    expect(Math.max(...four.slice(1).map(({ clip_ratio }) => clip_ratio!))).toBeGreaterThan(0);
  });

  it('stays nearer to the base with a KL penalty', async () => {
    const steps = { ...small, steps: 12, evalEvery: 12 };
    const free = (await rowsOf(steps)).at(-1)!.kl!;
    const held = (await rowsOf({ ...steps, klCoefficient: 1 })).at(-1)!.kl!;
    expect(held).toBeLessThan(free / 2);
  });

  it('keeps more entropy with an entropy bonus', async () => {
    const steps = { ...small, steps: 12 };
    const free = (await rowsOf(steps)).at(-1)!.entropy;
    const bonus = (await rowsOf({ ...steps, entropyCoefficient: 1 })).at(-1)!.entropy;
    expect(bonus).toBeGreaterThan(free + 0.1);
  });

  it('never trains on a held-out problem', async () => {
    const heldOut = new Set(split.heldOut.map((problem) => task.showProblem(problem)));
    for (const { group } of await rowsOf(small)) expect(heldOut.has(group!.problem)).toBe(false);
  });

  it('stops at a number that is not finite, names it and its step, and keeps the rows before it', async () => {
    const broken = base.slice();
    broken[broken.length - 40] = NaN;
    const run = await startTraining(engine, task, shape, broken, split, small);
    await expect(run.rows.next()).rejects.toThrow(NonFiniteError);
    await expect(
      startTraining(engine, task, shape, broken, split, small).then((again) => again.rows.next()),
    ).rejects.toThrow(/entropy became NaN in step 0/);

    const wild = { ...small, optimizer: { ...small.optimizer, learningRate: 1e30 } };
    const rows: TrainRow[] = [];
    const wildRun = await startTraining(engine, task, shape, base, split, wild);
    await expect(
      (async () => {
        for await (const row of wildRun.rows) rows.push(row);
      })(),
    ).rejects.toThrow(/became .* in step \d/);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]!.heldOut!.p.every(Number.isFinite)).toBe(true);
  });
});
