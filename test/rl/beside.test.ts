import { expect, it } from 'vitest';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { withAnswers } from '../../src/rl/beside.ts';
import { exampleBatch, exampleParameters, exampleWeights, SHAPE } from '../policy/example.ts';

it('an update beside answers is g_RL + λ · g_SFT, to the last digits', async () => {
  const policy = await createReferenceEngine('float64').createPolicy(
    SHAPE,
    exampleParameters(SHAPE),
  );
  const [batch, answers] = [exampleBatch(SHAPE, 5), exampleBatch(SHAPE, 3)];
  const weights = exampleWeights(SHAPE, 5);
  const lambda = 0.7;
  const gradientOf = (parts: Pick<Parameters<typeof policy.gradient>[0], 'batch' | 'weights'>) =>
    policy.gradient({ ...parts, temperature: 1 });
  const tokens = answers.lengths.reduce((sum, length) => sum + length, 0);
  const uniform = new Float32Array(answers.responses.length).fill(1 / tokens);
  const ofRewards = await gradientOf({ batch, weights });
  const ofAnswers = await gradientOf({ batch: answers, weights: { logProb: uniform } });
  const both = await gradientOf(withAnswers(batch, weights, { answers, weight: lambda }));
  // Weights are float32.
  both.forEach((g, i) => expect(g).toBeCloseTo(ofRewards[i]! + lambda * ofAnswers[i]!, 6));
  expect(Math.max(...ofAnswers.map(Math.abs))).toBeGreaterThan(1e-2);
});
