import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import {
  exampleBatch,
  exampleParameters,
  examplePrompts,
  exampleWeights,
  largestDifference,
  relativeDistance,
  SHAPE,
} from './example.ts';
import {
  beyondRounding,
  distancesOf,
  SHAPES,
  type Distances,
  type TestedEngine,
} from './parity.ts';
import { vectorParameters, vectors } from './vectors.ts';

/** What every engine must have in common with the reference engine in float64, within `rounding`. */
export function describeParity(
  engine: () => TestedEngine,
  shapes: readonly string[],
  steps: number,
  rounding?: Distances,
): void {
  async function both() {
    const parameters = exampleParameters(SHAPE);
    return [
      await engine().createPolicy(SHAPE, parameters),
      await createReferenceEngine('float64').createPolicy(SHAPE, parameters),
    ] as const;
  }

  describe('beside the reference engine', () => {
    test.each(shapes)('draws, scores and trains the same: %s', async (name) => {
      const distances = await distancesOf(engine(), SHAPES[name]!, steps);
      expect(beyondRounding(distances, rounding)).toEqual({});
    });

    test.each([
      [1, 1],
      [3, 1],
      [5, 7],
    ])('%d prompts, each with %d answers', async (P, groupSize) => {
      const [policy, reference] = await both();
      const prompts = examplePrompts(SHAPE, P);
      const key = { seed: 1, stream: 5, step: P };
      const request = { prompts, groupSize, temperature: 1, key };
      const [ours, theirs] = [await policy.sample(request), await reference.sample(request)];
      expect(ours.responses).toEqual(theirs.responses);
      expect(ours.lengths).toEqual(theirs.lengths);
      expect(ours.prompts).toEqual(theirs.prompts);
      policy.dispose();
    });

    test('600 sequences, in groups of 1, 2, 3, … as the accepted answers to a problem come, are scored in two parts', async () => {
      const [policy, reference] = await both();
      const batch = exampleBatch(SHAPE, 600);
      groupPrompts(batch);
      const [ours, theirs] = [
        await policy.score({ batch, temperature: 0.7 }),
        await reference.score({ batch, temperature: 0.7 }),
      ];
      for (const name of ['logProbs', 'entropies', 'values'] as const)
        expect(largestDifference(ours[name], theirs[name]), name).toBeLessThan(1e-5);
      policy.dispose();
    });

    test('a gradient over more rows than one chunk sums', async () => {
      const [policy, reference] = await both();
      const B = 260;
      const batch = exampleBatch(SHAPE, B);
      const request = { batch, temperature: 0.7, weights: exampleWeights(SHAPE, B) };
      const distance = relativeDistance(
        await policy.gradient(request),
        reference.gradient(request),
      );
      expect(distance).toBeLessThan(1e-5);
      policy.dispose();
    });

    test.each([0.01, 10])('temperature %f', async (temperature) => {
      const [policy, reference] = await both();
      const batch = exampleBatch(SHAPE, 9);
      const actual = await policy.score({ batch, temperature });
      const expected = await reference.score({ batch, temperature });
      // Logits carry errors of 1e-6, which the temperature divides.
      const tolerance = Math.max(1e-5, 1e-5 / temperature);
      expect(largestDifference(actual.logProbs, expected.logProbs)).toBeLessThan(tolerance);
      expect(largestDifference(actual.entropies, expected.entropies)).toBeLessThan(tolerance);
      policy.dispose();
    });

    test("PyTorch's scores, gradient and two Adam steps", async () => {
      const { shape, batch, temperature, weights, optimizer } = vectors;
      const policy = await engine().createPolicy(shape, vectorParameters(shape));
      const scores = await policy.score({ batch, temperature });
      for (const name of ['logProbs', 'entropies', 'values'] as const)
        expect(largestDifference(scores[name], vectors[name]), name).toBeLessThan(1e-5);
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
  });
}

/** Neighbours share a prompt in groups of 1, 2, 3, … */
function groupPrompts({ prompts, lengths }: Batch): void {
  for (let b = 0, left = 1, size = 1; b < lengths.length; b++) {
    const first = b - (size - left);
    prompts.copyWithin(
      b * SHAPE.promptLength,
      first * SHAPE.promptLength,
      (first + 1) * SHAPE.promptLength,
    );
    if (--left === 0) left = ++size;
  }
}
