import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import {
  k3,
  objective,
  type AggregationName,
  type ObjectiveChoices,
  type ObjectiveInput,
  type SurrogateName,
} from '../../src/rl/objective.ts';

const choices: ObjectiveChoices = {
  surrogate: 'clipped-ratio',
  aggregation: 'token-mean',
  clipLow: 0.2,
  clipHigh: 0.2,
  klCoefficient: 0,
  entropyCoefficient: 0,
};

/** One token a sequence, so that every share is 1 / B. */
function single(ratio: number, advantage: number): ObjectiveInput {
  return {
    logProbs: Float32Array.of(Math.log(ratio) - 1),
    oldLogProbs: Float32Array.of(-1),
    entropies: Float32Array.of(0.5),
    lengths: Int32Array.of(1),
    advantages: [advantage],
  };
}

describe('the clipped surrogate, one token', () => {
  it.each([
    // ratio, A, surrogate min(wA, clip(w)A), slope, clipped
    [1, 2, 2, 2, false],
    [1.5, 2, 2.4, 0, true], // clip(1.5) = 1.2; 2.4 < 3
    [1.5, -2, -3, -3, false], // −3 < −2.4: not clipped, so a wrong answer is pushed down on
    [0.5, 2, 1, 1, false],
    [0.5, -2, -1.6, 0, true], // clip(0.5) = 0.8; −1.6 < −1
    [1.1, 2, 2.2, 2.2, false],
  ])('ratio %f, advantage %f', (ratio, advantage, value, slope, clipped) => {
    const { loss, weights, clipRatio } = objective(choices, single(ratio, advantage));
    expect(loss).toBeCloseTo(-value, 5);
    expect(weights.logProb[0]).toBeCloseTo(slope, 5);
    expect(clipRatio).toBe(clipped ? 1 : 0);
  });

  it('uses its two bounds apart', () => {
    const higher = { ...choices, clipHigh: 0.6 };
    expect(objective(higher, single(1.5, 2)).clipRatio).toBe(0);
    expect(objective({ ...choices, clipLow: 0.6 }, single(0.5, -2)).clipRatio).toBe(0);
  });

  it('stays finite for a ratio of e^±500', () => {
    for (const logRatio of [500, -500]) {
      const input = { ...single(1, -1), logProbs: Float32Array.of(logRatio) };
      const { loss, weights } = objective(choices, input);
      expect(Number.isFinite(loss)).toBe(true);
      expect(Number.isFinite(weights.logProb[0])).toBe(true);
    }
  });
});

it('k3 is exp(d) − d − 1: for π 0.2 and reference 0.4, 2 − ln 2 − 1', () => {
  expect(k3(Math.log(0.2), Math.log(0.4))).toBeCloseTo(1 - Math.LN2, 12);
  expect(k3(-1, -1)).toBe(0);
});

describe('the shares of the tokens of two sequences of 1 and 3 tokens, T = 4', () => {
  const input: ObjectiveInput = {
    logProbs: new Float32Array(8).fill(-1),
    oldLogProbs: new Float32Array(8).fill(-1),
    entropies: new Float32Array(8),
    lengths: Int32Array.of(1, 3),
    advantages: [1, 1],
  };
  it.each<[AggregationName, number, number]>([
    ['sequence-mean', 1 / 2, 1 / 6],
    ['token-mean', 1 / 4, 1 / 4],
    ['constant-length', 1 / 8, 1 / 8],
    ['sequence-sum', 1 / 2, 1 / 2],
  ])('%s', (aggregation, first, second) => {
    const { weights } = objective({ ...choices, aggregation }, input);
    const expected = [first, 0, 0, 0, second, second, second, 0];
    expected.forEach((share, at) => expect(weights.logProb[at]).toBeCloseTo(share, 7));
  });
});

it('refuses a KL term without reference log-probabilities', () => {
  expect(() => objective({ ...choices, klCoefficient: 0.1 }, single(1, 1))).toThrow(/reference/);
});

/**
 * The weights are minus the derivative of the loss with respect to each log π, and to each entropy: central
 * differences of the loss over random inputs, for every surrogate and aggregation, with KL and entropy terms.
 */
describe.each<SurrogateName>(['clipped-ratio', 'log-prob'])('weights of %s', (surrogate) => {
  it.each<AggregationName>(['sequence-mean', 'token-mean', 'constant-length', 'sequence-sum'])(
    'with %s are −∂loss/∂log π and −∂loss/∂H',
    (aggregation) => {
      const random = uniformSequence({ seed: 11, stream: 99, step: 0 });
      const [B, T] = [5, 4];
      const filled = (make: () => number) => Float64Array.from({ length: B * T }, make);
      const lengths = Int32Array.from({ length: B }, () => 1 + Math.floor(random() * T));
      const all: ObjectiveChoices = {
        ...choices,
        surrogate,
        aggregation,
        klCoefficient: 0.3,
        entropyCoefficient: 0.07,
      };
      // Float64 arrays in place of float32 ones, so that differences of 1e-6 are exact enough.
      const input = {
        logProbs: filled(() => -2 * random()),
        oldLogProbs: filled(() => -2 * random()),
        referenceLogProbs: filled(() => -2 * random()),
        entropies: filled(random),
        lengths,
        advantages: Array.from({ length: B }, () => 2 * random() - 1),
      } as unknown as ObjectiveInput;
      const { weights } = objective(all, input);
      const slope = (which: 'logProbs' | 'entropies', at: number): number => {
        const [up, down] = [1e-6, -1e-6].map((change) => {
          const moved = input[which].slice();
          moved[at]! += change;
          return objective(all, { ...input, [which]: moved }).loss;
        });
        return (up! - down!) / 2e-6;
      };
      for (let at = 0; at < B * T; at++) {
        expect(weights.logProb[at]).toBeCloseTo(-slope('logProbs', at), 6);
        expect(weights.entropy![at]).toBeCloseTo(-slope('entropies', at), 6);
      }
    },
  );
});
