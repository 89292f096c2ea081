import * as tf from '@tensorflow/tfjs-core';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bitsToUniform, randomBits, uniformAt } from '../../src/core/random.ts';
import { sliceBatch } from '../../src/policy/batch.ts';
import type { Policy, PolicySnapshot, SampleRequest } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import type { PolicyShape } from '../../src/policy/shape.ts';
import { openDevice } from '../../src/policy/webgl/device.ts';
import { createWebglEngine, type WebglEngine } from '../../src/policy/webgl/engine.ts';
import { planeProgram } from '../../src/policy/webgl/programs/glsl.ts';
import { RANDOM } from '../../src/policy/webgl/programs/random.ts';
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

let engine: WebglEngine;
beforeEach(async () => {
  engine = await createWebglEngine();
});
afterEach(() => engine.dispose());

const PARAMETERS = exampleParameters(SHAPE);
const gl = (): WebGL2RenderingContext =>
  (tf.backend() as MathBackendWebGL).gpgpu.gl as WebGL2RenderingContext;

const requestAt = (step: number, prompts = 3, groupSize = 5): SampleRequest => ({
  prompts: examplePrompts(SHAPE, prompts, step),
  groupSize,
  temperature: 0.7,
  key: { seed: 2, stream: 5, step },
});

/** Rolls out and updates once, and returns all numbers that came out. */
async function trainOnce(policy: Policy, step: number, prompts = 3, groupSize = 5) {
  const batch = await policy.sample(requestAt(step, prompts, groupSize));
  const weights = exampleWeights(SHAPE, prompts * groupSize, step);
  const report = await policy.update({ batch, weights, temperature: 0.7, optimizer: ADAM });
  return [
    ...batch.responses,
    ...batch.logProbs,
    ...batch.entropies,
    report.objective,
    report.gradientNorm,
  ];
}

/** A snapshot whose moments are not zero. */
async function trainedSnapshot(): Promise<PolicySnapshot> {
  const policy = await createReferenceEngine('float32').createPolicy(SHAPE, PARAMETERS);
  for (let step = 0; step < 3; step++) await trainOnce(policy, step);
  return policy.snapshot();
}

describe('random bits in the shader', () => {
  test('1,000 numbers of three keys equal core/random.ts', async () => {
    const device = await openDevice();
    const source = planeProgram(
      SHAPE,
      'bits',
      ['bits'],
      `${RANDOM}
uniform uvec3 key;
void main() {
  uint counter = uint(gl_FragCoord.y);
  uint n = randomBits(key, counter);
  bits = vec4(float(n >> 16u), float(n & 65535u), uniformAt(key, counter), 1.0);
}`,
    );
    const [program] = await device.compile([source]);
    const plane = device.createPlane(1, 1000);
    for (const key of [
      { seed: 0, stream: 5, step: 0 },
      { seed: 123456789, stream: 1, step: 77 },
      { seed: 0xffffffff, stream: 6, step: 4096 },
    ]) {
      device.submit(() =>
        device.draw(
          program!,
          plane,
          { width: 1, height: 1000 },
          {},
          { key: [key.seed, key.stream, key.step] },
        ),
      );
      const floats = await device.read(plane, 1, 1000);
      for (let n = 0; n < 1000; n++) {
        const bits = floats[4 * n]! * 65536 + floats[4 * n + 1]!;
        expect(bits).toBe(randomBits(key.seed, key.stream, key.step, n));
        expect(floats[4 * n + 2]).toBe(bitsToUniform(bits));
        expect(floats[4 * n + 2]).toBe(uniformAt(key, n));
      }
    }
    device.dispose();
  });
});

describe('the optimiser', () => {
  test('one step of Adam from a snapshot with moments equals the reference', async () => {
    const snapshot = await trainedSnapshot();
    const webgl = await engine.createPolicy(SHAPE, PARAMETERS);
    const reference = await createReferenceEngine('float64').createPolicy(SHAPE, PARAMETERS);
    const request = {
      batch: exampleBatch(SHAPE, 9),
      temperature: 1.3,
      weights: exampleWeights(SHAPE, 9),
      optimizer: ADAM,
    };
    for (const policy of [webgl, reference]) {
      await policy.restore(snapshot);
      await policy.update(request);
    }
    const [actual, expected] = [await webgl.snapshot(), await reference.snapshot()];
    expect(actual.updates).toBe(expected.updates);
    for (const name of ['parameters', 'firstMoment', 'secondMoment'] as const)
      expect(relativeDistance(actual[name], expected[name]), name).toBeLessThan(1e-5);
  });

  test('a snapshot comes back exactly as it was put in', async () => {
    const snapshot = await trainedSnapshot();
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    await policy.restore(snapshot);
    expect(await policy.snapshot()).toEqual(snapshot);
  });

  test('where no gradient ever came, ε = 0 moves nothing', async () => {
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    const batch = exampleBatch(SHAPE, 4);
    const weights = { logProb: new Float32Array(4 * SHAPE.responseLength) };
    const optimizer = { ...ADAM, epsilon: 0 };
    const report = await policy.update({ batch, weights, temperature: 1, optimizer });
    expect(report).toEqual({ objective: 0, gradientNorm: 0 });
    expect((await policy.snapshot()).parameters).toEqual(PARAMETERS);
  });
});

describe('batches', () => {
  test('what fills up a quad, and other sequences, have no influence', async () => {
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    const batch = exampleBatch(SHAPE, 13);
    const T = SHAPE.responseLength;
    const together = await policy.score({ batch, temperature: 1 });
    for (const [from, to] of [
      [0, 1],
      [3, 5],
      [6, 13],
    ] as const) {
      const apart = await policy.score({
        batch: sliceBatch(SHAPE, batch, from, to),
        temperature: 1,
      });
      for (const name of ['logProbs', 'entropies', 'values'] as const)
        expect(apart[name]).toEqual(together[name].slice(from * T, to * T));
    }
  });

  test('650 sequences of an accept set are scored as the reference does', async () => {
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    const reference = await createReferenceEngine().createPolicy(SHAPE, PARAMETERS);
    const batch = exampleBatch(SHAPE, 650);
    // Neighbours share a prompt in groups of 1, 2, 3, …, as the accepted answers to a problem do.
    for (let b = 0, left = 1, size = 1; b < 650; b++) {
      const first = b - (size - left);
      batch.prompts.copyWithin(b * 3, first * 3, first * 3 + 3);
      if (--left === 0) left = ++size;
    }
    const actual = await policy.score({ batch, temperature: 1 });
    const expected = await reference.score({ batch, temperature: 1 });
    expect(largestDifference(actual.logProbs, expected.logProbs)).toBeLessThan(1e-4);
    expect(largestDifference(actual.values, expected.values)).toBeLessThan(1e-4);
  });

  test('a batch in parts gives what it gives whole', async () => {
    const inParts = await createWebglEngine({ largestBatch: { bytes: 1, sequences: 8 } });
    const whole = await engine.createPolicy(SHAPE, PARAMETERS);
    const parts = await inParts.createPolicy(SHAPE, PARAMETERS);
    const expected = await whole.sample(requestAt(1, 7, 3));
    const actual = await parts.sample(requestAt(1, 7, 3));
    expect(actual).toEqual(expected);
    const request = { batch: expected, temperature: 0.7, weights: exampleWeights(SHAPE, 21) };
    expect(await parts.score(request)).toEqual(await whole.score(request));
    const gradient = await whole.gradient(request);
    expect(relativeDistance(await parts.gradient(request), gradient)).toBeLessThan(1e-5);
    const update = { ...request, optimizer: ADAM };
    const [a, b] = [await parts.update(update), await whole.update(update)];
    expect(a.objective).toBeCloseTo(b.objective, 5);
    expect(a.gradientNorm).toBeCloseTo(b.gradientNorm, 3);
    inParts.dispose();
  });

  test('a rollout can be scored at another temperature without losing its update', async () => {
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    const reference = await createReferenceEngine('float64').createPolicy(SHAPE, PARAMETERS);
    const batch = await policy.sample(requestAt(0));
    const [actual, expected] = [
      await policy.score({ batch, temperature: 1.5 }),
      await reference.score({ batch, temperature: 1.5 }),
    ];
    expect(largestDifference(actual.logProbs, expected.logProbs)).toBeLessThan(1e-4);
    const request = { batch, temperature: 0.7, weights: exampleWeights(SHAPE, 15) };
    const gradient = await policy.gradient(request);
    expect(relativeDistance(gradient, reference.gradient(request))).toBeLessThan(1e-4);
  });
});

describe('the same again', () => {
  test('the same seed gives bit-identical rows twice', async () => {
    const runs = [];
    for (let run = 0; run < 2; run++) {
      const policy = await engine.createPolicy(SHAPE, PARAMETERS);
      const rows = [];
      for (let step = 0; step < 3; step++) rows.push(await trainOnce(policy, step));
      runs.push({ rows, snapshot: await policy.snapshot() });
      policy.dispose();
    }
    expect(runs[0]).toEqual(runs[1]);
  });

  test('an update of the rollout itself equals one of a copy, which runs forward again', async () => {
    const [first, second] = [
      await engine.createPolicy(SHAPE, PARAMETERS),
      await engine.createPolicy(SHAPE, PARAMETERS),
    ];
    const request = { temperature: 0.7, weights: exampleWeights(SHAPE, 15) };
    const itself = await first.gradient({ ...request, batch: await first.sample(requestAt(0)) });
    const copy = await second.gradient({
      ...request,
      batch: { ...(await second.sample(requestAt(0))) },
    });
    expect(itself).toEqual(copy);
  });

  test('two policies of one shape share programs and nothing else', async () => {
    const trained = await engine.createPolicy(SHAPE, PARAMETERS);
    const { compileMs } = engine.stats();
    const base = await engine.createPolicy(SHAPE, PARAMETERS);
    expect(engine.stats().compileMs).toBe(compileMs);
    const batch = exampleBatch(SHAPE, 6);
    const before = await base.score({ batch, temperature: 1 });
    const rollouts = await trained.sample(requestAt(0));
    await base.score({ batch: rollouts, temperature: 1 });
    const request = { temperature: 0.7, weights: exampleWeights(SHAPE, 15), optimizer: ADAM };
    await trained.update({ ...request, batch: rollouts });
    expect(await base.score({ batch, temperature: 1 })).toEqual(before);
    base.dispose();
    await trained.sample(requestAt(1));
  });
});

describe('memory', () => {
  test('30 steps hold what the first holds', async () => {
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    await trainOnce(policy, 0);
    const held = engine.memory();
    for (let step = 1; step < 30; step++) await trainOnce(policy, step);
    expect(engine.memory()).toEqual(held);
  });

  test('a large accept set does not grow it', async () => {
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    await policy.score({ batch: exampleBatch(SHAPE, 512), temperature: 1 });
    const held = engine.memory();
    await policy.score({ batch: exampleBatch(SHAPE, 1500), temperature: 1 });
    expect(engine.memory()).toEqual(held);
  });

  test('grows to the largest batch, and goes with its policy', async () => {
    const empty = engine.memory();
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    await trainOnce(policy, 0, 40, 10);
    const held = engine.memory();
    for (const prompts of [1, 7, 39, 40]) await trainOnce(policy, 1, prompts, 10);
    expect(engine.memory()).toEqual(held);
    policy.dispose();
    expect(engine.memory()).toEqual(empty);
  });

  test('a step of 15 rollouts stays below 150 draws, with one readback for the rollout and one for the report', async () => {
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    engine.resetStats();
    await trainOnce(policy, 0);
    const { draws, readbacks } = engine.stats();
    expect(draws).toBeLessThanOrEqual(150);
    expect(readbacks).toBe(2);
  });
});

describe('numbers at the edge', () => {
  test.each([0.01, 10])('temperature %f', async (temperature) => {
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    const reference = await createReferenceEngine('float64').createPolicy(SHAPE, PARAMETERS);
    const batch = exampleBatch(SHAPE, 9);
    const actual = await policy.score({ batch, temperature });
    const expected = await reference.score({ batch, temperature });
    // Logits carry errors of 1e-6, which the temperature divides.
    const tolerance = Math.max(1e-5, 1e-5 / temperature);
    expect(largestDifference(actual.logProbs, expected.logProbs)).toBeLessThan(tolerance);
    expect(largestDifference(actual.entropies, expected.entropies)).toBeLessThan(tolerance);
  });

  test('logits of ±10,000 give finite numbers', async () => {
    const parameters = PARAMETERS.slice();
    // head.bias stands before value.weight and value.bias.
    const bias = parameters.length - 1 - SHAPE.width - SHAPE.outputs;
    for (let v = 0; v < SHAPE.outputs; v++) parameters[bias + v] = v === 3 ? 1e4 : -1e4;
    const policy = await engine.createPolicy(SHAPE, parameters);
    const batch = exampleBatch(SHAPE, 9);
    const request = { batch, temperature: 1, weights: exampleWeights(SHAPE, 9) };
    const { logProbs, entropies } = await policy.score(request);
    const gradient = await policy.gradient(request);
    for (const array of [logProbs, entropies, gradient])
      expect(array.every(Number.isFinite)).toBe(true);
    const { responses } = await policy.sample(requestAt(0));
    expect(new Set(responses)).toEqual(new Set([3]));
  });

  test('a diverged policy computes again once a snapshot is restored', async () => {
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    const request = {
      batch: exampleBatch(SHAPE, 9),
      temperature: 1,
      weights: exampleWeights(SHAPE, 9),
    };
    const expected = await policy.gradient(request);
    const snapshot = await policy.snapshot();
    await policy.restore({ ...snapshot, parameters: snapshot.parameters.map(() => NaN) });
    const report = await policy.update({ ...request, optimizer: ADAM });
    expect(report.gradientNorm).toBeNaN();
    expect((await policy.score(request)).entropies[0]).toBeNaN();
    await policy.restore(snapshot);
    expect(await policy.gradient(request)).toEqual(expected);
  });

  test('what it cannot compute is a RangeError', async () => {
    const odd: PolicyShape = { ...SHAPE, width: 6 };
    await expect(engine.createPolicy(odd, new Float32Array(1))).rejects.toThrow(
      /width must be a multiple of 4, got 6/,
    );
    await expect(engine.createPolicy(SHAPE, new Float32Array(1))).rejects.toThrow(RangeError);
  });
});

describe('the shared context', () => {
  test('is left as tfjs expects it, without an error', async () => {
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    const state = () => {
      const context = gl();
      return [
        context.isEnabled(context.SCISSOR_TEST),
        context.isEnabled(context.CULL_FACE),
        context.getParameter(context.VERTEX_ARRAY_BINDING),
        context.getParameter(context.FRAMEBUFFER_BINDING),
        context.getParameter(context.ACTIVE_TEXTURE),
        context.getError(),
      ];
    };
    const before = state();
    await trainOnce(policy, 0);
    expect(state()).toEqual(before);
    expect(before.at(-1)).toBe(gl().NO_ERROR);
  });

  test.each(['rollout', 'update'])(
    'a context lost in the middle of a %s says so, and a new one goes on',
    async (phase) => {
      const steps = 3;
      const undisturbed = await engine.createPolicy(SHAPE, PARAMETERS);
      const expected = [];
      for (let step = 0; step < steps; step++) expected.push(await trainOnce(undisturbed, step));

      const policy = await engine.createPolicy(SHAPE, PARAMETERS);
      await trainOnce(policy, 0);
      const snapshot = await policy.snapshot();
      const extension = gl().getExtension('WEBGL_lose_context')!;
      const batch = phase === 'update' ? await policy.sample(requestAt(1)) : null;
      const pending = batch
        ? policy.update({
            batch,
            temperature: 0.7,
            weights: exampleWeights(SHAPE, 15),
            optimizer: ADAM,
          })
        : policy.sample(requestAt(1));
      extension.loseContext();
      await expect(pending).rejects.toThrow(/WebGL context was lost/);
      await expect(policy.sample(requestAt(1))).rejects.toThrow(/WebGL context was lost/);
      engine.dispose();

      engine = await createWebglEngine();
      const restored = await engine.createPolicy(SHAPE, PARAMETERS);
      await restored.restore(snapshot);
      for (let step = 1; step < steps; step++)
        expect(await trainOnce(restored, step)).toEqual(expected[step]);
    },
  );

  test.each([false, true])('in a worker, on a canvas of its own: %s', async (ownCanvas) => {
    const worker = new Worker(new URL('./webglWorker.ts', import.meta.url), { type: 'module' });
    const answer = await new Promise<{
      error?: string;
      tokens: number[];
      parameters: Float32Array;
    }>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage({ ownCanvas });
    });
    worker.terminate();
    expect(answer.error).toBeUndefined();
    const policy = await engine.createPolicy(SHAPE, PARAMETERS);
    const tokens: number[] = [];
    for (let step = 0; step < 2; step++) {
      const batch = await policy.sample({ ...requestAt(step), prompts: examplePrompts(SHAPE, 3) });
      tokens.push(...batch.responses);
      const weights = exampleWeights(SHAPE, 15);
      await policy.update({ batch, temperature: 0.7, weights, optimizer: ADAM });
    }
    expect(answer.tokens).toEqual(tokens);
    expect(answer.parameters).toEqual((await policy.snapshot()).parameters);
  });
});
