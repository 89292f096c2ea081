import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { compileKernels, MODULE } from '../../src/build/compileKernels.mjs';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { paddedLayout, paddedSizes } from '../../src/policy/wasm/layout.ts';
import { parameterCount, type PolicyShape } from '../../src/policy/shape.ts';
import {
  exampleBatch,
  exampleParameters,
  examplePrompts,
  exampleWeights,
  relativeDistance,
  ADAM,
  SHAPE,
} from './example.ts';
import { describeNumbers } from './numbers.ts';
import { PADDED_SHAPES, SHAPES, WASM_ROUNDING } from './parity.ts';
import { describeParity } from './parityTests.ts';

const engine = await createWasmEngine();

test('the committed kernels are what their sources compile to', async () => {
  expect(readFileSync(MODULE, 'utf8')).toBe(await compileKernels());
});

describeParity(() => engine, { ...SHAPES, ...PADDED_SHAPES }, 5, WASM_ROUNDING);
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

test('a NaN that an update has brought goes with the snapshot that is put back, out of what pads too', async () => {
  const policy = await engine.createPolicy(SHAPE, exampleParameters(SHAPE));
  const snapshot = await policy.snapshot();
  const batch = exampleBatch(SHAPE, 9);
  const weights = exampleWeights(SHAPE, 9);
  const request = { batch, temperature: 1, weights, optimizer: ADAM };
  const expected = await policy.update(request);
  await policy.update({ ...request, weights: { logProb: weights.logProb.map(() => NaN) } });
  expect((await policy.snapshot()).parameters.some(Number.isNaN)).toBe(true);
  await policy.restore(snapshot);
  expect(await policy.update(request)).toEqual(expected);
});

test('batches in parts draw the same tokens and have the same gradient', async () => {
  const inParts = await createWasmEngine(undefined, { largestPart: 16 });
  const [whole, parts] = await Promise.all(
    [engine, inParts].map((each) => each.createPolicy(SHAPE, exampleParameters(SHAPE))),
  );
  const prompts = examplePrompts(SHAPE, 6);
  const key = { seed: 5, stream: 5, step: 1 };
  const request = { prompts, groupSize: 7, temperature: 1.1, topP: 0.9, key };
  const drawn = await parts!.sample(request);
  expect(drawn).toEqual(await whole!.sample(request));
  const update = { temperature: 1, weights: exampleWeights(SHAPE, 42), batch: drawn };
  const [ours, theirs] = [await parts!.gradient(update), await whole!.gradient(update)];
  expect(relativeDistance(ours, theirs)).toBeLessThan(1e-6);
  const [one, other] = [
    await parts!.update({ ...update, optimizer: ADAM }),
    await whole!.update({ ...update, optimizer: ADAM }),
  ];
  expect(one.objective).toBeCloseTo(other.objective, 12);
  expect(one.gradientNorm / other.gradientNorm).toBeCloseTo(1, 6);
  // Fewer rows at once.
  expect(inParts.memory().bytes).toBeLessThan(engine.memory().bytes);
});

test('memory that cannot be had is an error in words, after which smaller batches go on', async () => {
  const policy = await engine.createPolicy(SHAPE, exampleParameters(SHAPE));
  const ask = (groups: number) =>
    policy.sample({
      ...{ prompts: examplePrompts(SHAPE, groups), groupSize: 8, temperature: 1 },
      key: { seed: 1, stream: 5, step: 1 },
    });
  const expected = await ask(3);
  const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
  });
  await expect(ask(300)).rejects.toThrow(/^no memory for \d+ MiB in WebAssembly$/);
  grow.mockRestore();
  expect(await ask(3)).toEqual(expected);
});

test('a gradient that is asked for while an update pauses does not meet it', async () => {
  const pausing = await createWasmEngine(() => new Promise((resolve) => setTimeout(resolve)));
  const policy = await pausing.createPolicy(SHAPE, exampleParameters(SHAPE));
  const request = (seed: number) => ({
    ...{ batch: exampleBatch(SHAPE, 9, seed), temperature: 1 },
    weights: exampleWeights(SHAPE, 9, seed),
  });
  const undisturbed = await engine.createPolicy(SHAPE, exampleParameters(SHAPE));
  const [report] = await Promise.all([
    policy.update({ ...request(1), optimizer: ADAM }),
    policy.gradient(request(2)),
  ]);
  expect(report).toEqual(await undisturbed.update({ ...request(1), optimizer: ADAM }));
});

test('memory grows with the largest batch, and then no more; a disposed policy has none', async () => {
  const own = await createWasmEngine();
  const empty = own.memory();
  const policy = await own.createPolicy(SHAPE, exampleParameters(SHAPE));
  const step = async (groups: number, seed: number): Promise<number> => {
    const prompts = examplePrompts(SHAPE, groups, seed);
    const key = { seed, stream: 5, step: 1 };
    const batch = await policy.sample({ prompts, groupSize: 8, temperature: 1, key });
    const weights = exampleWeights(SHAPE, groups * 8, seed);
    await policy.update({ batch, temperature: 1, weights, optimizer: ADAM });
    await policy.score({ batch: exampleBatch(SHAPE, groups), temperature: 1, distributions: true });
    return own.memory().bytes;
  };
  const small = await step(4, 1);
  const large = await step(64, 2);
  expect(large).toBeGreaterThan(4 * small);
  for (let seed = 3; seed < 20; seed++) expect(await step(1 + (seed % 64), seed)).toBe(large);
  policy.dispose();
  expect(own.memory()).toEqual(empty);
});

test.each([0, -0.1, 1.1, NaN])('top-p %d is refused', async (topP) => {
  const policy = await engine.createPolicy(SHAPE, exampleParameters(SHAPE));
  const prompts = examplePrompts(SHAPE, 1);
  const key = { seed: 1, stream: 5, step: 1 };
  await expect(policy.sample({ prompts, groupSize: 1, temperature: 1, topP, key })).rejects.toThrow(
    `top-p must be above 0 and at most 1, got ${topP}`,
  );
});
