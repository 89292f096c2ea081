import { expect, test } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import {
  exampleBatch,
  exampleParameters,
  examplePrompts,
  exampleWeights,
  largestDifference,
  relativeDistance,
  SHAPE,
} from '../policy/example.ts';
import { createStockEngine } from '../bench/stock/engine.ts';

const B = 13;

/** The opponent must do the same work, on every backend: else its times mean nothing. */
test.each(['webgl', 'wasm', 'cpu'] as const)(
  'stock operations on %s draw, score and differentiate as the reference',
  async (backend) => {
    const engine = await createStockEngine(backend);
    expect(tf.getBackend()).toBe(backend);
    const parameters = exampleParameters(SHAPE);
    const stock = await engine.createPolicy(SHAPE, parameters);
    const oracle = await createReferenceEngine('float64').createPolicy(SHAPE, parameters);

    const sampling = {
      prompts: examplePrompts(SHAPE, 4),
      groupSize: 8,
      temperature: 0.8,
      key: { seed: 4, stream: 5, step: 2 },
    };
    const [ours, theirs] = [await stock.sample(sampling), await oracle.sample(sampling)];
    // 160 draws, each of which rounding (1e-6) moves with probability 7e-6.
    expect(ours.responses).toEqual(theirs.responses);
    expect(largestDifference(ours.logProbs, theirs.logProbs)).toBeLessThan(1e-5);

    const request = {
      batch: exampleBatch(SHAPE, B),
      temperature: 0.7,
      weights: exampleWeights(SHAPE, B),
    };
    const scored = (await stock.score(request)).logProbs;
    expect(largestDifference(scored, (await oracle.score(request)).logProbs)).toBeLessThan(1e-5);
    const gradient = await stock.gradient(request);
    expect(relativeDistance(gradient, await oracle.gradient(request))).toBeLessThan(1e-5);
    engine.dispose();
  },
);
