import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uniformAt } from '../../src/core/random.ts';
import type { Rollouts } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { parameterLayout, type PolicyShape } from '../../src/policy/shape.ts';
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

let engine: WebglEngine;
const oracle = createReferenceEngine('float64');
beforeAll(async () => {
  engine = await createWebglEngine();
});
afterAll(() => engine.dispose());

/** The same parameters on both engines. */
async function both(shape: PolicyShape, seed = 3) {
  const parameters = exampleParameters(shape, seed);
  return {
    webgl: await engine.createPolicy(shape, parameters),
    reference: await oracle.createPolicy(shape, parameters),
  };
}

/** Widths with heads of whole texels and of parts of one; one and three layers; a response of one token. */
const SHAPES: Record<string, PolicyShape> = {
  'nothing round': SHAPE,
  'width 8, heads of 2 channels': { ...SHAPE, width: 8, heads: 4 },
  'width 20, heads of 5 channels': { ...SHAPE, width: 20, heads: 4 },
  'width 32': { ...SHAPE, width: 32, heads: 4 },
  'width 48, heads of 12 channels': { ...SHAPE, width: 48, heads: 4 },
  'width 64': { ...SHAPE, width: 64, heads: 4 },
  'one layer, one head': { ...SHAPE, layers: 1, heads: 1 },
  'three layers': { ...SHAPE, layers: 3 },
  'one response token': { ...SHAPE, responseLength: 1 },
  'one prompt token': { ...SHAPE, promptLength: 1 },
};

describe.each(Object.entries(SHAPES))('webgl against float64: %s', (_, shape) => {
  const B = 13;
  const temperature = 0.7;

  test('scores agree to 1e-4', async () => {
    const { webgl, reference } = await both(shape);
    const batch = exampleBatch(shape, B);
    const request = { batch, temperature, distributions: true };
    const actual = await webgl.score(request);
    const expected = await reference.score(request);
    for (const name of ['logProbs', 'entropies', 'values', 'distributions'] as const)
      expect(largestDifference(actual[name]!, expected[name]!), name).toBeLessThan(1e-4);
    webgl.dispose();
  });

  test('gradients of all three weights agree to 1e-4, parameter by parameter', async () => {
    const { webgl, reference } = await both(shape);
    const batch = exampleBatch(shape, B);
    const request = { batch, temperature, weights: exampleWeights(shape, B) };
    const actual = await webgl.gradient(request);
    const expected = reference.gradient(request);
    const distances = parameterLayout(shape).map(({ name, offset, size }) => {
      const part = (of: ArrayLike<number>) => Array.from(of).slice(offset, offset + size);
      return [name, relativeDistance(part(actual), part(expected))] as const;
    });
    expect(relativeDistance(actual, expected)).toBeLessThan(1e-4);
    // A key's bias moves all scores of a query alike, so its gradient is 0 up to rounding, within qkv.bias.
    for (const [name, distance] of distances) expect(distance, name).toBeLessThan(1e-4);
    webgl.dispose();
  });

  test('the same seed draws the same tokens', async () => {
    const { webgl, reference } = await both(shape);
    const request = {
      prompts: examplePrompts(shape, 5),
      groupSize: 6,
      temperature: 0.8,
      key: { seed: 9, stream: 5, step: 2 },
    };
    const actual = await webgl.sample(request);
    const expected = await reference.sample(request);
    // A draw within 1e-6 of the edge between two tokens may fall to either side; none of these seeds has one.
    expect(actual.responses).toEqual(expected.responses);
    expect(actual.lengths).toEqual(expected.lengths);
    expect(largestDifference(actual.logProbs, expected.logProbs)).toBeLessThan(1e-4);
    expect(largestDifference(actual.entropies, expected.entropies)).toBeLessThan(1e-4);
    webgl.dispose();
  });

  test('the same seed draws the same tokens from a nucleus, and trains on them as on given ones', async () => {
    const { webgl, reference } = await both(shape);
    const request = {
      prompts: examplePrompts(shape, 5),
      groupSize: 6,
      temperature: 0.8,
      topP: 0.7,
      key: { seed: 9, stream: 5, step: 2 },
    };
    const actual = await webgl.sample(request);
    const expected = await reference.sample(request);
    expect(actual.responses).toEqual(expected.responses);
    expect(largestDifference(actual.logProbs, expected.logProbs)).toBeLessThan(1e-4);
    expect(largestDifference(actual.entropies, expected.entropies)).toBeLessThan(1e-4);
    // The likeliest tokens only, and so likelier than under the whole policy.
    const { logProbs } = await reference.score({ batch: expected, temperature: 0.8 });
    expect(expected.logProbs.every((logProb, at) => logProb >= logProbs[at]! - 1e-6)).toBe(true);
    expect(
      Math.max(...expected.logProbs.map((logProb, at) => logProb - logProbs[at]!)),
    ).toBeGreaterThan(0.1);
    const weights = exampleWeights(shape, 30);
    const gradient = await webgl.gradient({ batch: actual, temperature: 0.8, weights });
    const wanted = reference.gradient({ batch: expected, temperature: 0.8, weights });
    expect(relativeDistance(gradient, wanted)).toBeLessThan(1e-4);
    webgl.dispose();
  });

  test('five steps of training stay together', async () => {
    const { webgl, reference } = await both(shape);
    for (let step = 0; step < 5; step++) {
      const request = {
        prompts: examplePrompts(shape, 3, step),
        groupSize: 5,
        temperature,
        key: { seed: 2, stream: 5, step },
      };
      const weights = exampleWeights(shape, 15, step);
      const rollouts = await webgl.sample(request);
      const expected = await reference.sample(request);
      expect(rollouts.responses).toEqual(expected.responses);
      const update = { temperature, weights, optimizer: ADAM };
      const report = await webgl.update({ ...update, batch: rollouts });
      const wanted = await reference.update({ ...update, batch: expected });
      expect(report.objective).toBeCloseTo(wanted.objective, 4);
      expect(Math.abs(report.gradientNorm / wanted.gradientNorm - 1)).toBeLessThan(1e-3);
    }
    const [a, b] = [await webgl.snapshot(), await reference.snapshot()];
    expect(relativeDistance(a.parameters, b.parameters)).toBeLessThan(1e-3);
    expect(a.updates).toBe(5);
    webgl.dispose();
  });
});

void uniformAt;
export type { Rollouts };
