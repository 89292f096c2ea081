import { describe, expect, test } from 'vitest';
import type { Batch, TokenWeights } from '../../src/policy/policy.ts';
import type { PolicyShape } from '../../src/policy/shape.ts';
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
import { beyondRounding, distancesOf, type Distances, type TestedEngine } from './parity.ts';
import { vectorParameters, vectors } from './vectors.ts';

/** What every engine must have in common with the reference engine in float64, within `rounding`. */
export function describeParity(
  engine: () => TestedEngine,
  shapes: Readonly<Record<string, PolicyShape>>,
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
    test.each(Object.entries(shapes))('draws, scores and trains the same: %s', async (_, tried) => {
      const distances = await distancesOf(engine(), tried, steps);
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
        await reference.gradient(request),
      );
      expect(distance).toBeLessThan(1e-5);
      policy.dispose();
    });

    test('gradients where most weights are 0, after a larger batch has left NaN everywhere', async () => {
      const [policy, reference] = await both();
      const fresh = await policy.snapshot();
      const larger = exampleBatch(SHAPE, 90);
      const dense = { batch: larger, temperature: 1, weights: exampleWeights(SHAPE, 90) };
      const poison = async (): Promise<void> => {
        await policy.restore({ ...fresh, parameters: fresh.parameters.map(() => NaN) });
        expect((await policy.gradient(dense))[0]).toBeNaN();
        await policy.restore(fresh);
      };
      const compare = async (batch: Batch, of: Batch, weights: TokenWeights): Promise<void> => {
        const theirs = await reference.gradient({ batch: of, temperature: 0.7, weights });
        const ours = await policy.gradient({ batch, temperature: 0.7, weights });
        expect(relativeDistance(ours, theirs)).toBeLessThan(1e-5);
      };

      const B = 43;
      const given = exampleBatch(SHAPE, B);
      groupPrompts(given);
      await poison();
      await compare(given, given, sparseWeights(B));

      await poison();
      const request = { prompts: examplePrompts(SHAPE, 9), groupSize: 5, temperature: 0.7 };
      const key = { seed: 1, stream: 5, step: 1 };
      const [ours, theirs] = [
        await policy.sample({ ...request, key }),
        await reference.sample({ ...request, key }),
      ];
      expect(ours.responses).toEqual(theirs.responses);
      await compare(ours, theirs, sparseWeights(45));
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

/**
 * Of sequences 8 to 23 none has a weight, of 24 to 27 only the values of first tokens, of the others one in two and there
 * only the first two tokens.
 */
function sparseWeights(count: number): Required<TokenWeights> {
  const weights = exampleWeights(SHAPE, count);
  const T = SHAPE.responseLength;
  for (const [name, array] of Object.entries(weights))
    array.forEach((_, at) => {
      const [b, t] = [Math.floor(at / T), at % T];
      const isValue = b >= 24 && b < 28 && name === 'value' && t === 0;
      const isOther = (b < 8 || b >= 28) && b % 2 === 0 && t < 2;
      if (!isValue && !isOther) array[at] = 0;
    });
  return weights;
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
