import * as tf from '@tensorflow/tfjs-core';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { bitsToUniform, randomBits, uniformAt } from '../../src/core/random.ts';
import { sliceBatch } from '../../src/policy/batch.ts';
import {
  EngineLostError,
  EngineMemoryError,
  type Batch,
  type Policy,
  type PolicySnapshot,
  type Rollouts,
  type SampleRequest,
} from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import type { PolicyShape } from '../../src/policy/shape.ts';
import { openDevice } from '../../src/policy/webgl/device.ts';
import { atlasOf } from '../../src/policy/webgl/layout.ts';
import { createWebglEngine, type WebglEngine } from '../../src/policy/webgl/engine.ts';
import type { WebglPolicy } from '../../src/policy/webgl/policy.ts';
import { planeProgram, rowProgram } from '../../src/policy/webgl/programs/glsl.ts';
import { RANDOM } from '../../src/policy/webgl/programs/random.ts';
import type { Texture } from '../../src/policy/webgl/textures.ts';
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
import { sharedWebgl } from './sharedWebgl.ts';
import { trainedRollouts } from './trainedRollouts.ts';

// One for nearly all tests, since most of a test's time is compiling.
let engine: WebglEngine;
beforeAll(async () => {
  engine = await createWebglEngine();
});
afterAll(() => engine.dispose());

/** A policy of {@link engine}, disposed of after the test. */
async function createPolicy(shape = SHAPE, parameters = PARAMETERS): Promise<WebglPolicy> {
  const policy = await engine.createPolicy(shape, parameters);
  onTestFinished(() => policy.dispose());
  return policy;
}

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

test('the engine names its device and says that it is WebGL', () => {
  expect(engine.kind).toBe('webgl');
  expect(engine.device).toMatch(/\w{3}/);
  expect(engine.device).not.toMatch(/ANGLE|0x|WebKit WebGL/);
  expect(tf.getBackend()).toBe('webgl');
});

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

test('what no draw has reached is 0, whatever the memory held before', async () => {
  const device = await openDevice();
  const [program] = await device.compile([
    rowProgram(SHAPE, 'sevens', 'void main() { writeRows(mat4(7.0)); }'),
  ]);
  const [width, height] = [32, 512];
  const drawnTo = (part: number): Texture => {
    const rows = device.createRows(width, height);
    const region = { width, height: part * height };
    device.submit(() => device.draw(program!, rows, region, {}));
    return rows;
  };
  for (let round = 0; round < 4; round++) {
    const full = Array.from({ length: 4 }, () => drawnTo(1));
    await device.readRows(full.at(-1)!, { width: 1, height: 1 });
    full.forEach(device.deleteTexture);
    const rows = drawnTo(0.5);
    const floats = await device.readRows(rows, { y: height / 2, width, height: height / 2 });
    expect(
      floats.find((each) => each !== 0),
      `round ${round}`,
    ).toBe(undefined);
    device.deleteTexture(rows);
  }
  device.dispose();
});

describe('the optimiser', () => {
  test('one step of Adam from a snapshot with moments equals the reference', async () => {
    const snapshot = await trainedSnapshot();
    const webgl = await createPolicy();
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
    const policy = await createPolicy();
    await policy.restore(snapshot);
    expect(await policy.snapshot()).toEqual(snapshot);
  });

  test('where no gradient ever came, ε = 0 moves nothing', async () => {
    const policy = await createPolicy();
    const batch = exampleBatch(SHAPE, 4);
    const weights = { logProb: new Float32Array(4 * SHAPE.responseLength) };
    const optimizer = { ...ADAM, epsilon: 0 };
    const report = await policy.update({ batch, weights, temperature: 1, optimizer });
    expect(report).toEqual({ objective: 0, gradientNorm: 0 });
    expect((await policy.snapshot()).parameters).toEqual(PARAMETERS);
  });
});

describe('rows that reach no weight', () => {
  const T = SHAPE.responseLength;
  const without = (array: Float32Array, from: number, to: number): Float32Array =>
    array.map((each, at) => (at >= from * T && at < to * T ? 0 : each));

  test('are not looked at: NaN in them does not reach the gradient, but the report', async () => {
    const batch = exampleBatch(SHAPE, 12);
    // Only sequences 4 to 7 hold the last token, and only as input.
    const last = SHAPE.outputs - 1;
    batch.responses.forEach((token, at) => {
      if (token === last) batch.responses[at] = 1;
    });
    batch.prompts.forEach((token, at) => {
      if (token === last) batch.prompts[at] = 1;
    });
    for (let b = 4; b < 8; b++) batch.responses[b * T] = last;
    const weights = { logProb: without(exampleWeights(SHAPE, 12).logProb, 4, 8) };
    const request = { batch, temperature: 1, weights };
    const expected = await (await createPolicy()).gradient(request);
    const parameters = PARAMETERS.slice();
    parameters.fill(NaN, last * SHAPE.width, (last + 1) * SHAPE.width);
    const policy = await createPolicy(SHAPE, parameters);
    expect(await policy.gradient(request)).toEqual(expected);
    expect((await policy.update({ ...request, optimizer: ADAM })).objective).toBeNaN();
  });

  test('draw nothing where there are no others, and Adam goes on with its moments', async () => {
    const policy = await createPolicy();
    const reference = await createReferenceEngine('float64').createPolicy(SHAPE, PARAMETERS);
    const batch = exampleBatch(SHAPE, 12);
    const draws: number[] = [];
    for (const scale of [1, 0]) {
      const logProb = exampleWeights(SHAPE, 12).logProb.map((each) => scale * each);
      const request = { batch, temperature: 1, weights: { logProb }, optimizer: ADAM };
      engine.resetStats();
      const report = await policy.update(request);
      draws.push(engine.stats().draws);
      await reference.update(request);
      if (scale === 0) expect(report).toEqual({ objective: 0, gradientNorm: 0 });
    }
    expect(draws[1]).toBeLessThan(draws[0]! / 2);
    const [actual, expected] = [await policy.snapshot(), await reference.snapshot()];
    expect(actual.updates).toBe(2);
    for (const name of ['parameters', 'firstMoment', 'secondMoment'] as const)
      expect(relativeDistance(actual[name], expected[name]), name).toBeLessThan(1e-5);
  });

  test('a weight that is NaN is none of 0', async () => {
    const policy = await createPolicy();
    const logProb = new Float32Array(12 * T);
    logProb[7 * T] = NaN;
    const batch = exampleBatch(SHAPE, 12);
    const report = await policy.update({
      ...{ batch, temperature: 1, optimizer: ADAM },
      weights: { logProb },
    });
    expect(report).toEqual({ objective: NaN, gradientNorm: NaN });
  });
});

describe('batches', () => {
  test('what fills up a quad, and other sequences, have no influence', async () => {
    const policy = await createPolicy();
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

  test('a rollout can be scored at another temperature without losing its update', async () => {
    const policy = await createPolicy();
    const reference = await createReferenceEngine('float64').createPolicy(SHAPE, PARAMETERS);
    const batch = await policy.sample(requestAt(0));
    const [actual, expected] = [
      await policy.score({ batch, temperature: 1.5 }),
      await reference.score({ batch, temperature: 1.5 }),
    ];
    expect(largestDifference(actual.logProbs, expected.logProbs)).toBeLessThan(1e-4);
    const request = { batch, temperature: 0.7, weights: exampleWeights(SHAPE, 15) };
    const gradient = await policy.gradient(request);
    expect(relativeDistance(gradient, await reference.gradient(request))).toBeLessThan(1e-4);
  });
});

describe('a device of small textures', () => {
  let pauses = 0;
  const between = async (): Promise<void> => {
    pauses++;
    await new Promise((resolve) => setTimeout(resolve));
  };
  const limits = { largestBatch: { bytes: 1, sequences: 8 }, largestTexture: 256 };
  const small = sharedWebgl({ ...limits, between });

  test('pauses between the parts of a batch, and begins no verb before the one before is over', async () => {
    const sampledAfter = async (waits: boolean): Promise<Rollouts> => {
      const policy = await small().createPolicy(SHAPE, PARAMETERS);
      const batch = await policy.sample(requestAt(1, 7, 3));
      const weights = exampleWeights(SHAPE, 21);
      const request = { batch, temperature: 0.7, weights, optimizer: ADAM, deferReport: true };
      pauses = 0;
      const update = policy.update(request);
      if (waits) await update;
      const next = await policy.sample(requestAt(2, 7, 3));
      await update;
      policy.dispose();
      expect(pauses).toBeGreaterThan(3);
      return next;
    };
    expect(await sampledAfter(false)).toEqual(await sampledAfter(true));
  });

  test('computes in parts and in fewer sums what another does at once', async () => {
    const whole = await createPolicy();
    const parts = await small().createPolicy(SHAPE, PARAMETERS);
    const expected = await whole.sample(requestAt(1, 7, 3));
    expect(await parts.sample(requestAt(1, 7, 3))).toEqual(expected);
    const request = { batch: expected, temperature: 0.7, weights: exampleWeights(SHAPE, 21) };
    expect(await parts.score(request)).toEqual(await whole.score(request));
    const gradient = await whole.gradient(request);
    expect(relativeDistance(await parts.gradient(request), gradient)).toBeLessThan(1e-5);
    const update = { ...request, optimizer: ADAM };
    const [a, b] = [await parts.update(update), await whole.update(update)];
    expect(a.objective).toBeCloseTo(b.objective, 5);
    expect(a.gradientNorm).toBeCloseTo(b.gradientNorm, 3);
    // Else nothing was computed in fewer sums: 16 of them are higher than this device has.
    expect(4 * atlasOf(SHAPE).height).toBeGreaterThan(256);
  });

  test('adds up parts of which the first, or the last, reaches no weight', async () => {
    const whole = await createPolicy();
    const parts = await small().createPolicy(SHAPE, PARAMETERS);
    const batch = exampleBatch(SHAPE, 24);
    const T = SHAPE.responseLength;
    for (const [from, to] of [
      [0, 9],
      [15, 24],
    ] as const) {
      const logProb = exampleWeights(SHAPE, 24).logProb.fill(0, from * T, to * T);
      const request = { batch, temperature: 0.7, weights: { logProb } };
      const gradient = await whole.gradient(request);
      expect(relativeDistance(await parts.gradient(request), gradient)).toBeLessThan(1e-5);
    }
    parts.dispose();
  });

  test('refuses a policy whose parameters do not fit, and holds nothing of it', async () => {
    const shape = { ...SHAPE, width: 48, layers: 1 };
    const before = small().memory();
    await expect(small().createPolicy(shape, exampleParameters(shape))).rejects.toThrow(
      `textures here have at most 256 × 256 texels, this policy needs 48 × ${atlasOf(shape).height}`,
    );
    expect(small().memory()).toEqual(before);
  });
});

describe('the same again', () => {
  test('the same seed gives bit-identical rows twice', async () => {
    const runs = [];
    for (let run = 0; run < 2; run++) {
      const policy = await createPolicy();
      const rows = [];
      for (let step = 0; step < 3; step++) rows.push(await trainOnce(policy, step));
      runs.push({ rows, snapshot: await policy.snapshot() });
      policy.dispose();
    }
    expect(runs[0]).toEqual(runs[1]);
  });

  test('a restored snapshot continues as if nothing had happened, in another policy too', async () => {
    const policy = await createPolicy();
    await trainOnce(policy, 0);
    const snapshot = await policy.snapshot();
    await trainOnce(policy, 1);
    const expected = await policy.snapshot();
    expect(expected.parameters).not.toEqual(snapshot.parameters);
    for (const each of [policy, await createPolicy(SHAPE, exampleParameters(SHAPE, 99))]) {
      await each.restore(snapshot);
      await trainOnce(each, 1);
      expect(await each.snapshot()).toEqual(expected);
    }
  });

  test('an update of the rollout itself equals one of a copy, which runs forward again', async () => {
    const [first, second] = [await createPolicy(), await createPolicy()];
    const request = { temperature: 0.7, weights: exampleWeights(SHAPE, 15) };
    const itself = await first.gradient({ ...request, batch: await first.sample(requestAt(0)) });
    const copy = await second.gradient({
      ...request,
      batch: { ...(await second.sample(requestAt(0))) },
    });
    expect(itself).toEqual(copy);
  });

  test('two policies of one shape share programs and nothing else', async () => {
    const trained = await createPolicy();
    const base = await createPolicy();
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
  test('10 steps hold what the first holds', async () => {
    const policy = await createPolicy();
    await trainOnce(policy, 0);
    const held = engine.memory();
    for (let step = 1; step < 10; step++) await trainOnce(policy, step);
    expect(engine.memory()).toEqual(held);
  });

  test('a large accept set does not grow it', async () => {
    const policy = await createPolicy();
    await policy.score({ batch: exampleBatch(SHAPE, 512), temperature: 1 });
    const held = engine.memory();
    await policy.score({ batch: exampleBatch(SHAPE, 1100), temperature: 1 });
    expect(engine.memory()).toEqual(held);
  });

  test('grows to the largest batch, and goes with its policy', async () => {
    const empty = engine.memory();
    const policy = await createPolicy();
    await trainOnce(policy, 0, 40, 10);
    const held = engine.memory();
    for (const prompts of [1, 7, 39, 40]) await trainOnce(policy, 1, prompts, 10);
    expect(engine.memory()).toEqual(held);
    policy.dispose();
    policy.dispose();
    expect(engine.memory()).toEqual(empty);
  });

  test('a step of 15 rollouts stays below 150 draws, with one readback for the rollout and one for the report', async () => {
    const policy = await createPolicy();
    engine.resetStats();
    await trainOnce(policy, 0);
    const { draws, readbacks } = engine.stats();
    expect(draws).toBeLessThanOrEqual(150);
    expect(readbacks).toBe(2);
  });
});

describe('a GPU without memory', () => {
  const prompts = (count: number): SampleRequest => requestAt(1, count, 16);

  test.each<[string, () => { mockRestore(): void }[]]>([
    [
      'that makes no large texture and says nothing',
      () => {
        const { texStorage3D } = gl();
        return [
          vi.spyOn(gl(), 'texStorage3D').mockImplementation((...parts) => {
            const [, , , width, height] = parts;
            if (width * height < 4096) texStorage3D.apply(gl(), parts);
          }),
        ];
      },
    ],
    [
      'that says so',
      () => {
        let told = false;
        const { texStorage3D, getError } = gl();
        return [
          vi.spyOn(gl(), 'texStorage3D').mockImplementation((...parts) => {
            told = false;
            texStorage3D.apply(gl(), parts);
          }),
          vi.spyOn(gl(), 'getError').mockImplementation(() => {
            if (told) return getError.call(gl());
            told = true;
            return gl().OUT_OF_MEMORY;
          }),
        ];
      },
    ],
  ])('%s is told of with what was wanted, and what fits goes on', async (_, lacking) => {
    const policy = await createPolicy();
    const small = await policy.sample(prompts(2));
    const { bytes } = engine.memory();
    const spies = lacking();
    const failed = policy.sample(prompts(40));
    await expect(failed).rejects.toThrow(EngineMemoryError);
    await expect(failed).rejects.toThrow(/^WebGL engine: no GPU memory for [1-9]\d* MB$/);
    for (const spy of spies) spy.mockRestore();
    // Neither what there was no memory for is held, nor what it should have taken the place of.
    expect(engine.memory().bytes).toBeLessThan(bytes);
    expect(await policy.sample(prompts(2))).toEqual(small);
  });
});

describe('numbers at the edge', () => {
  test('a diverged policy computes again once a snapshot is restored', async () => {
    const policy = await createPolicy();
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

  test('what it cannot compute is a RangeError with the expectation', async () => {
    const odd: PolicyShape = { ...SHAPE, width: 6 };
    await expect(engine.createPolicy(odd, exampleParameters(odd))).rejects.toThrow(
      /width must be a multiple of 4, got 6/,
    );
    await expect(engine.createPolicy(SHAPE, new Float32Array(3))).rejects.toThrow(
      /this shape has \d+ parameters, got 3/,
    );
    const policy = await createPolicy();
    const good = exampleBatch(SHAPE, 2);
    const score = (change: Partial<Batch>) =>
      policy.score({ batch: { ...good, ...change }, temperature: 1 });
    await expect(score({ prompts: new Int32Array(5) })).rejects.toThrow(
      'prompts must have 6 elements, got 5',
    );
    await expect(score({ responses: new Int32Array(10).fill(7) })).rejects.toThrow(
      'responses holds token 7, expected 0 to 6',
    );
    await expect(score({ lengths: Int32Array.of(1, 0) })).rejects.toThrow(
      'a response has length 0, expected 1 to 5',
    );
    const snapshot = await policy.snapshot();
    await expect(policy.restore({ ...snapshot, parameters: new Float32Array(3) })).rejects.toThrow(
      /parameters must have \d+ elements for this shape, got 3/,
    );
  });
});

describe('the shared context', () => {
  test('is left as tfjs expects it, without an error', async () => {
    const policy = await createPolicy();
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

  test('a context lost in the middle of an update says so, and a new one goes on', async () => {
    const steps = 3;
    const undisturbed = await createPolicy();
    const expected = [];
    for (let step = 0; step < steps; step++) expected.push(await trainOnce(undisturbed, step));

    const policy = await createPolicy();
    await trainOnce(policy, 0);
    const snapshot = await policy.snapshot();
    const batch = await policy.sample(requestAt(1));
    const request = { batch, temperature: 0.7, weights: exampleWeights(SHAPE, 15) };
    const pending = policy.update({ ...request, optimizer: ADAM });
    gl().getExtension('WEBGL_lose_context')!.loseContext();
    const asks = [
      () => pending,
      () => policy.sample(requestAt(1)),
      () => policy.score(request),
      () => policy.update({ ...request, optimizer: ADAM }),
      () => policy.snapshot(),
      // Its programs are compiled, and gone.
      () => engine.createPolicy(SHAPE, PARAMETERS),
    ];
    for (const ask of asks) await expect(ask()).rejects.toThrow(EngineLostError);
    engine.dispose();

    engine = await createWebglEngine();
    const restored = await createPolicy();
    expect(engine.stats().compiled).toBeGreaterThan(20);
    await restored.restore(snapshot);
    for (let step = 1; step < steps; step++)
      expect(await trainOnce(restored, step)).toEqual(expected[step]);
  });

  test('a context that gives nothing back, and does not say so, is lost; a new one goes on', async () => {
    const policy = await createPolicy();
    const before = await policy.sample(requestAt(1));
    const dead = gl();
    // As of a GPU process that has died: no error, and the array as it was.
    const reads = vi.spyOn(dead, 'readPixels').mockImplementation(() => undefined);
    const request = { batch: before, temperature: 0.7, weights: exampleWeights(SHAPE, 15) };
    for (const ask of [
      () => policy.score(request),
      () => policy.sample(requestAt(1)),
      () => policy.update({ ...request, optimizer: ADAM }),
      () => policy.snapshot(),
      () => engine.createPolicy(SHAPE, PARAMETERS),
    ])
      await expect(ask()).rejects.toThrow(EngineLostError);
    expect(dead.isContextLost()).toBe(false);
    engine.dispose();
    reads.mockRestore();

    engine = await createWebglEngine();
    expect(gl()).not.toBe(dead);
    expect(await (await createPolicy()).sample(requestAt(1))).toEqual(before);
  });

  test('a context that compiles for ever is lost', async () => {
    engine.dispose();
    const { getExtension, getProgramParameter } = gl();
    const COMPLETION_STATUS_KHR = 0x91b1;
    const spies = [
      vi
        .spyOn(gl(), 'getExtension')
        .mockImplementation(((name: string) =>
          name === 'KHR_parallel_shader_compile'
            ? { COMPLETION_STATUS_KHR }
            : (getExtension as (name: string) => unknown).call(gl(), name)) as typeof getExtension),
      vi
        .spyOn(gl(), 'getProgramParameter')
        .mockImplementation((program, name) =>
          name === COMPLETION_STATUS_KHR
            ? false
            : (getProgramParameter.call(gl(), program, name) as unknown),
        ),
    ];
    engine = await createWebglEngine({ compileTimeoutMs: 200 });
    await expect(engine.createPolicy(SHAPE, PARAMETERS)).rejects.toThrow(
      /^WebGL engine: program \w+ was not compiled in 0.2 s$/,
    );
    for (const spy of spies) spy.mockRestore();
    engine.dispose();
    engine = await createWebglEngine();
    await createPolicy();
  });

  test.each([
    // Safari's workers need the second way. To sample on it is enough, and compiles half of the programs.
    { ownCanvas: false, steps: 2 },
    { ownCanvas: true, steps: 1 },
  ])('in a worker: %j', async (asked) => {
    const worker = new Worker(new URL('./webglWorker.ts', import.meta.url), { type: 'module' });
    const answer = await new Promise<{ error?: string; rollouts: Rollouts[] }>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => resolve({ error: message, rollouts: [] });
      worker.postMessage(asked);
    });
    worker.terminate();
    expect(answer.error).toBeUndefined();
    expect(answer.rollouts).toEqual(await trainedRollouts(await createPolicy(), asked.steps));
  });
});

describe('programs', () => {
  const [A, B, C] = [4, 8, 16].map((width) => ({ ...SHAPE, width, heads: 1, layers: 1 })) as [
    PolicyShape,
    PolicyShape,
    PolicyShape,
  ];
  const create = (shape: PolicyShape) => engine.createPolicy(shape, exampleParameters(shape));
  /** How many programs a policy of this shape has compiled; it is gone again. */
  async function compiledFor(shape: PolicyShape): Promise<number> {
    engine.resetStats();
    (await create(shape)).dispose();
    return engine.stats().compiled;
  }

  test('of the two shapes used last are kept: a policy of one of them compiles nothing', async () => {
    const before = engine.memory();
    const [a, b] = [await compiledFor(A), await compiledFor(B)];
    expect(Math.min(a, b)).toBeGreaterThan(20);
    expect(await compiledFor(A)).toBe(0);
    expect(engine.programs()).toBe(a + b);
    // B was used longest ago.
    const c = await compiledFor(C);
    expect(c).toBeGreaterThan(20);
    expect(engine.programs()).toBe(a + c);
    expect(await compiledFor(A)).toBe(0);
    expect(await compiledFor(B)).toBe(b);
    expect(engine.programs()).toBe(a + b);
    expect(engine.memory()).toEqual(before);
  });

  test('of policies in use are all kept', async () => {
    const policies = await Promise.all([A, B, C].map(create));
    const inUse = engine.programs();
    expect([await compiledFor(A), await compiledFor(B), await compiledFor(C)]).toEqual([0, 0, 0]);
    for (const policy of policies) policy.dispose();
    // A was used longest ago.
    expect([await compiledFor(C), await compiledFor(B)]).toEqual([0, 0]);
    expect(engine.programs()).toBeLessThan(inUse);
    expect(await compiledFor(A)).toBeGreaterThan(20);
  });

  test('go, and all textures, with a policy that could not be made', async () => {
    await compiledFor(B);
    await compiledFor(C);
    const [before, programs] = [engine.memory(), engine.programs()];
    const allocate = vi.spyOn(gl(), 'texStorage2D');
    // The second texture is one too many.
    allocate
      .mockImplementationOnce(() => undefined)
      .mockImplementationOnce(() => {
        throw new Error('no memory left');
      });
    await expect(create(A)).rejects.toThrow('no memory left');
    allocate.mockRestore();
    expect(engine.memory()).toEqual(before);
    // Else A would count as in use for ever.
    await compiledFor(B);
    await compiledFor(C);
    expect(engine.programs()).toBe(programs);
  });
});
