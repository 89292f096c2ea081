import { expect, test } from 'vitest';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { largestDifference, relativeDistance } from './example.ts';
import { vectorParameters, vectors } from './vectors.ts';

const { shape, batch, temperature, weights, optimizer } = vectors;
const create = () => createReferenceEngine('float64').createPolicy(shape, vectorParameters(shape));

// Scores come back as float32, hence half an ulp of 4 (2.4e-7); gradients and objectives are float64.
const FLOAT32 = 2.4e-7;

test("the reference engine's scores are PyTorch's", async () => {
  const scores = await (await create()).score({ batch, temperature });
  expect(largestDifference(scores.logProbs, vectors.logProbs)).toBeLessThan(FLOAT32);
  expect(largestDifference(scores.entropies, vectors.entropies)).toBeLessThan(FLOAT32);
  expect(largestDifference(scores.values, vectors.values)).toBeLessThan(FLOAT32);
});

test("the reference engine's gradient is that of PyTorch's autograd", async () => {
  const gradient = await (await create()).gradient({ batch, temperature, weights });
  expect(relativeDistance(gradient, vectors.gradient)).toBeLessThan(1e-10);
});

test('two updates are two steps of torch.optim.Adam with clipping', async () => {
  const policy = await create();
  for (const step of vectors.steps) {
    const report = await policy.update({ batch, temperature, weights, optimizer });
    expect(Math.abs(report.objective - step.objective)).toBeLessThan(1e-9);
    expect(Math.abs(report.gradientNorm - step.gradientNorm)).toBeLessThan(1e-9);
    // Otherwise the clip would go untested.
    expect(step.gradientNorm).toBeGreaterThan(optimizer.maxGradNorm);
  }
  const { parameters } = await policy.snapshot();
  expect(largestDifference(parameters, vectors.parametersAfter)).toBeLessThan(FLOAT32);
});
