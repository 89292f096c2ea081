import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileKernels, MODULE } from '../../src/build/compileKernels.mjs';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { paddedLayout, paddedSizes } from '../../src/policy/wasm/layout.ts';
import { parameterCount, type PolicyShape } from '../../src/policy/shape.ts';
import {
  exampleBatch,
  exampleParameters,
  examplePrompts,
  exampleWeights,
  ADAM,
  SHAPE,
} from './example.ts';
import { describeNumbers } from './numbers.ts';
import { SHAPES, WASM_ROUNDING } from './parity.ts';
import { describeParity } from './parityTests.ts';

const engine = await createWasmEngine();

test('the committed kernels are what their sources compile to', async () => {
  expect(readFileSync(MODULE, 'utf8')).toBe(await compileKernels());
});

describeParity(() => engine, Object.keys(SHAPES), 5, WASM_ROUNDING);
describeNumbers(() => engine);

test('padded, every parameter has a place of its own', () => {
  // Three heads of 4 channels become four of 4; 7 outputs become 8.
  const layout = paddedLayout(SHAPE, paddedSizes(SHAPE));
  expect(new Set(layout.places).size).toBe(parameterCount(SHAPE));
  expect(layout.count).toBeGreaterThan(parameterCount(SHAPE));
  expect(layout.count % 4).toBe(0);
  expect(layout.paddedBiases).toHaveLength(1);
  expect(new Set(layout.places).has(layout.paddedBiases[0]!)).toBe(false);
});

test('what pads stays as it is while its policy trains, and its snapshots have none of it', async () => {
  const shape: PolicyShape = { ...SHAPE, width: 15 };
  const parameters = exampleParameters(shape);
  const policy = await engine.createPolicy(shape, parameters);
  expect((await policy.snapshot()).parameters).toEqual(parameters);
  const request = {
    batch: exampleBatch(shape, 9),
    temperature: 1,
    weights: exampleWeights(shape, 9),
  };
  for (let i = 0; i < 3; i++) await policy.update({ ...request, optimizer: ADAM });
  const snapshot = await policy.snapshot();
  // Another policy has fresh padding, and gives the same from here.
  const other = await engine.createPolicy(shape, exampleParameters(shape, 99));
  await other.restore(snapshot);
  expect(await other.snapshot()).toEqual(snapshot);
  expect(await other.update({ ...request, optimizer: ADAM })).toEqual(
    await policy.update({ ...request, optimizer: ADAM }),
  );
  expect(await other.snapshot()).toEqual(await policy.snapshot());
});

test('memory grows with the largest batch, and then no more; a disposed policy has none', async () => {
  const empty = engine.memory();
  const policy = await engine.createPolicy(SHAPE, exampleParameters(SHAPE));
  const step = async (groups: number, seed: number): Promise<number> => {
    const prompts = examplePrompts(SHAPE, groups, seed);
    const key = { seed, stream: 5, step: 1 };
    const batch = await policy.sample({ prompts, groupSize: 8, temperature: 1, key });
    const weights = exampleWeights(SHAPE, groups * 8, seed);
    await policy.update({ batch, temperature: 1, weights, optimizer: ADAM });
    await policy.score({ batch: exampleBatch(SHAPE, groups), temperature: 1, distributions: true });
    return engine.memory().bytes;
  };
  const small = await step(4, 1);
  const large = await step(64, 2);
  expect(large).toBeGreaterThan(4 * small);
  for (let seed = 3; seed < 20; seed++) expect(await step(1 + (seed % 64), seed)).toBe(large);
  policy.dispose();
  expect(engine.memory()).toEqual(empty);
});

test.each([0, -0.1, 1.1, NaN])('top-p %d is refused', async (topP) => {
  const policy = await engine.createPolicy(SHAPE, exampleParameters(SHAPE));
  const prompts = examplePrompts(SHAPE, 1);
  const key = { seed: 1, stream: 5, step: 1 };
  await expect(policy.sample({ prompts, groupSize: 1, temperature: 1, topP, key })).rejects.toThrow(
    `top-p must be above 0 and at most 1, got ${topP}`,
  );
});
