import { afterAll, beforeAll, expect, test } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import type { Batch, Rollouts, SampleRequest, UpdateRequest } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import type { PolicyShape } from '../../src/policy/shape.ts';
import { createWebglEngine, type WebglEngine } from '../../src/policy/webgl/engine.ts';
import {
  ADAM,
  exampleBatch,
  exampleParameters,
  examplePrompts,
  exampleWeights,
  largestDifference,
  relativeDistance,
  SHAPE,
} from './example.ts';
import { vectorParameters, vectors } from './vectors.ts';

/** Even width per head, odd prompt, as the page's own default; four times the channels of {@link SHAPE}. */
const WIDE: PolicyShape = {
  vocabulary: 38,
  outputs: 14,
  promptLength: 4,
  responseLength: 6,
  width: 32,
  layers: 2,
  heads: 2,
};

const T = SHAPE.responseLength;
let engine: WebglEngine;
beforeAll(async () => {
  engine = await createWebglEngine();
});
afterAll(() => engine.dispose());

/** The same policy on both engines; the oracle computes in float64. */
async function both(shape: PolicyShape = SHAPE) {
  const parameters = exampleParameters(shape);
  return {
    webgl: await engine.createPolicy(shape, parameters),
    reference: await createReferenceEngine('float64').createPolicy(shape, parameters),
  };
}

function request(B: number, shape: PolicyShape = SHAPE): Omit<UpdateRequest, 'optimizer'> {
  return {
    batch: exampleBatch(shape, B),
    temperature: 0.7,
    weights: exampleWeights(shape, B),
  };
}

/** In how many sequences the two engines drew different tokens. */
function sequencesThatDiffer(a: Rollouts, b: Rollouts): number[] {
  return Array.from(a.lengths.keys()).filter((i) =>
    Array.from({ length: T }, (_, t) => i * T + t).some((j) => a.responses[j] !== b.responses[j]),
  );
}

test('the engine names its device and says that it is WebGL', () => {
  expect(engine.kind).toBe('webgl');
  expect(engine.device).toMatch(/\w{3}/);
  expect(engine.device).not.toMatch(/ANGLE|0x|WebKit WebGL/);
  expect(tf.getBackend()).toBe('webgl');
});

test('both engines draw the same tokens with the same probabilities', async () => {
  const { webgl, reference } = await both();
  const sampling: SampleRequest = {
    prompts: examplePrompts(SHAPE, 11),
    groupSize: 9,
    temperature: 0.8,
    key: { seed: 4, stream: 5, step: 2 },
  };
  const ours = await webgl.sample(sampling);
  const theirs = await reference.sample(sampling);
  // A draw differs where a uniform falls within the rounding (1e-6) of one of 7 cumulative probabilities. Of at most
  // 495 draws, 495 · 7 · 1e-6 = 0.003 are expected to: one is rare, two would be a fault.
  const differing = sequencesThatDiffer(ours, theirs);
  expect(differing.length).toBeLessThanOrEqual(1);
  const same = (_: number, place: number) => !differing.includes(Math.floor(place / T));
  for (const name of ['logProbs', 'entropies'] as const)
    expect(largestDifference(ours[name].filter(same), theirs[name].filter(same))).toBeLessThan(
      1e-5,
    );
  expect(ours.prompts).toEqual(theirs.prompts);
  // Not vacuous: some responses ended early and some did not.
  expect(new Set(ours.lengths).size).toBeGreaterThan(2);
  webgl.dispose();
});

test('groups of any size, one prompt alone and more sequences than a chunk draw as the reference', async () => {
  const { webgl, reference } = await both();
  for (const [P, groupSize] of [
    [1, 1],
    [1, 6],
    [3, 1],
    [90, 7],
  ] as const) {
    const sampling: SampleRequest = {
      prompts: examplePrompts(SHAPE, P),
      groupSize,
      temperature: 1,
      key: { seed: 1, stream: 5, step: P },
    };
    const ours = await webgl.sample(sampling);
    const theirs = await reference.sample(sampling);
    // At most 630 · 5 draws at 7e-6: 0.02 differences expected.
    expect(sequencesThatDiffer(ours, theirs).length).toBeLessThanOrEqual(1);
  }
  webgl.dispose();
});

test('scores agree for batches of one, of an odd size and of more than a chunk', async () => {
  const { webgl, reference } = await both();
  for (const B of [1, 13, 600]) {
    const scoring = { batch: exampleBatch(SHAPE, B), temperature: 0.7 };
    const ours = await webgl.score(scoring);
    const theirs = await reference.score(scoring);
    for (const name of ['logProbs', 'entropies', 'values'] as const)
      expect(largestDifference(ours[name], theirs[name]), `${name} of ${B}`).toBeLessThan(1e-5);
  }
  webgl.dispose();
});

test('the gradient agrees, with all three weights and across chunks', async () => {
  for (const [shape, B] of [
    [SHAPE, 13],
    [SHAPE, 520],
    [WIDE, 48],
  ] as const) {
    const { webgl, reference } = await both(shape);
    const ours = await webgl.gradient(request(B, shape));
    const theirs = reference.gradient(request(B, shape));
    expect(relativeDistance(ours, theirs), `${B} of width ${shape.width}`).toBeLessThan(1e-5);
    webgl.dispose();
  }
});

test("PyTorch's scores, gradient and two Adam steps", async () => {
  const { shape, batch, temperature, weights, optimizer } = vectors;
  const policy = await engine.createPolicy(shape, vectorParameters(shape));
  const scores = await policy.score({ batch, temperature });
  expect(largestDifference(scores.logProbs, vectors.logProbs)).toBeLessThan(1e-5);
  expect(largestDifference(scores.entropies, vectors.entropies)).toBeLessThan(1e-5);
  expect(largestDifference(scores.values, vectors.values)).toBeLessThan(1e-5);
  const gradient = await policy.gradient({ batch, temperature, weights });
  expect(relativeDistance(gradient, vectors.gradient)).toBeLessThan(1e-5);
  for (const step of vectors.steps) {
    const report = await policy.update({ batch, temperature, weights, optimizer });
    expect(report.objective).toBeCloseTo(step.objective, 4);
    expect(report.gradientNorm).toBeCloseTo(step.gradientNorm, 3);
  }
  const { parameters } = await policy.snapshot();
  expect(largestDifference(parameters, vectors.parametersAfter)).toBeLessThan(1e-4);
  policy.dispose();
});

test('an update from the same state moves the same way, and five stay together', async () => {
  const { webgl, reference } = await both();
  const initial = exampleParameters(SHAPE);
  for (let i = 0; i < 5; i++) {
    const ours = await webgl.update({ ...request(16), optimizer: ADAM });
    const theirs = await reference.update({ ...request(16), optimizer: ADAM });
    expect(ours.objective).toBeCloseTo(theirs.objective, 4);
    // A norm of about 12, summed in float32.
    expect(Math.abs(ours.gradientNorm / theirs.gradientNorm - 1)).toBeLessThan(1e-5);
    const a = await webgl.snapshot();
    const b = await reference.snapshot();
    const moved = (to: Float32Array) => to.map((value, j) => value - initial[j]!);
    // Adam divides by √v: where |g| is near ε = 1e-5 (key biases have g = 0), its rounding of 1e-8 is magnified
    // 1e5 times, hence a distance of steps of 1e-3 where gradients agree to 1e-6.
    expect(relativeDistance(moved(a.parameters), moved(b.parameters))).toBeLessThan(2e-3);
    expect(relativeDistance(a.firstMoment, b.firstMoment)).toBeLessThan(1e-3);
    expect(relativeDistance(a.secondMoment, b.secondMoment)).toBeLessThan(1e-3);
    expect(a.updates).toBe(i + 1);
  }
  webgl.dispose();
});

/** One step on policy: sample, then follow the entropy and a fixed preference for token 1. */
async function step(policy: Awaited<ReturnType<typeof both>>['webgl'], index: number) {
  const rollouts = await policy.sample({
    prompts: examplePrompts(SHAPE, 4),
    groupSize: 8,
    temperature: 1,
    key: { seed: 2, stream: 5, step: index },
  });
  const logProb = Float32Array.from(rollouts.responses, (token) => (token === 1 ? 0.01 : -0.003));
  await policy.update({
    batch: rollouts,
    temperature: 1,
    weights: { logProb },
    optimizer: ADAM,
  });
  return rollouts;
}

test('tensors and GPU bytes stay constant over thirty steps', async () => {
  const before = engine.memory().tensors;
  const { webgl } = await both();
  await step(webgl, 0);
  await webgl.score({ batch: exampleBatch(SHAPE, 40), temperature: 1 });
  // The pool settles in the second step, when the first has returned its textures.
  await step(webgl, 1);
  const warm = engine.memory();
  for (let i = 2; i < 32; i++) {
    await step(webgl, i);
    if (i % 10 === 0) await webgl.score({ batch: exampleBatch(SHAPE, 40), temperature: 1 });
    expect(engine.memory().tensors).toBe(warm.tensors);
  }
  expect(engine.memory().bytes).toBe(warm.bytes);
  webgl.dispose();
  webgl.dispose();
  expect(engine.memory().tensors).toBe(before);
});

test('the same seed gives the same bits twice', async () => {
  const run = async () => {
    const { webgl } = await both();
    const rollouts: Rollouts[] = [];
    for (let i = 0; i < 4; i++) rollouts.push(await step(webgl, i));
    const result = { rollouts, snapshot: await webgl.snapshot() };
    webgl.dispose();
    return result;
  };
  expect(await run()).toEqual(await run());
});

test('a restored snapshot continues as if nothing had happened, in another policy too', async () => {
  const { webgl } = await both();
  await step(webgl, 0);
  const snapshot = await webgl.snapshot();
  await step(webgl, 1);
  const expected = await webgl.snapshot();
  expect(expected.parameters).not.toEqual(snapshot.parameters);
  const other = await engine.createPolicy(SHAPE, exampleParameters(SHAPE, 99));
  for (const policy of [webgl, other]) {
    await policy.restore(snapshot);
    await step(policy, 1);
    expect(await policy.snapshot()).toEqual(expected);
    policy.dispose();
  }
});

test('what does not fit the shape is refused with the expectation', async () => {
  const { webgl } = await both();
  const good = exampleBatch(SHAPE, 2);
  const score = (change: Partial<Batch>) =>
    webgl.score({ batch: { ...good, ...change }, temperature: 1 });
  await expect(score({ prompts: new Int32Array(5) })).rejects.toThrow(
    'prompts must have 6 elements, got 5',
  );
  await expect(score({ responses: new Int32Array(10).fill(7) })).rejects.toThrow(
    'responses holds token 7, expected 0 to 6',
  );
  await expect(score({ lengths: Int32Array.of(1, 0) })).rejects.toThrow(
    'a response has length 0, expected 1 to 5',
  );
  await expect(engine.createPolicy(SHAPE, new Float32Array(3))).rejects.toThrow(
    /this shape has \d+ parameters, got 3/,
  );
  const snapshot = await webgl.snapshot();
  await expect(webgl.restore({ ...snapshot, parameters: new Float32Array(3) })).rejects.toThrow(
    /parameters must have \d+ elements for this shape, got 3/,
  );
  webgl.dispose();
});

test('in a worker the engine draws the same rollouts', async () => {
  const sampling: SampleRequest = {
    prompts: examplePrompts(SHAPE, 4),
    groupSize: 4,
    temperature: 1,
    key: { seed: 7, stream: 5, step: 0 },
  };
  const worker = new Worker(new URL('./webgl.worker.ts', import.meta.url), { type: 'module' });
  const answer = await new Promise<{ error?: string; device: string; rollouts: Rollouts }>(
    (resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(sampling);
    },
  );
  worker.terminate();
  expect(answer.error).toBeUndefined();
  expect(answer.device).toBe(engine.device);
  const { webgl } = await both();
  expect(answer.rollouts).toEqual(await webgl.sample(sampling));
  webgl.dispose();
});

// Last, since it takes the context of this page away for good.
test('a lost context is reported, not computed with', async () => {
  const { webgl } = await both();
  const { gl } = (tf.backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } }).gpgpu;
  gl.getExtension('WEBGL_lose_context')!.loseContext();
  await expect(webgl.score(request(3))).rejects.toThrow('the WebGL context was lost');
  await expect(webgl.update({ ...request(3), optimizer: ADAM })).rejects.toThrow(
    'the WebGL context was lost',
  );
  await expect(webgl.snapshot()).rejects.toThrow('the WebGL context was lost');
});
