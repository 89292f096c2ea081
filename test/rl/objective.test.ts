import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import type { AggregationName } from '../../src/rl/aggregations.ts';
import { choicesOf, GRPO } from '../../src/rl/algorithms.ts';
import { covariancesOf, COVARIANCES } from '../../src/rl/covariance.ts';
import { KL_ESTIMATORS, type KlEstimatorName } from '../../src/rl/kl.ts';
import { objective, type ObjectiveChoices, type ObjectiveInput } from '../../src/rl/objective.ts';
import { TOKENS } from '../../src/rl/tokens.ts';
import { valueLoss } from '../../src/rl/valueFunction.ts';

const choices: ObjectiveChoices = { ...GRPO, aggregation: 'token-mean' };
const random = uniformSequence({ seed: 11, stream: 99, step: 0 });

/** One token a sequence, so that every share is 1 / B. */
function single(ratio: number, advantage: number): ObjectiveInput {
  return {
    logProbs: Float32Array.of(Math.log(ratio) - 1),
    oldLogProbs: Float32Array.of(-1),
    entropies: Float32Array.of(0.5),
    lengths: Int32Array.of(1),
    advantages: Float64Array.of(advantage),
    random,
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

describe('the dual clip, one token', () => {
  it.each([
    // ratio, A, c, surrogate: max(c · A, min(wA, clip(w) · A)) where A < 0; slope, clipped
    [100, -1, 0, -100, -100, false],
    [100, -1, 3, -3, 0, true],
    [100, -2, 3, -6, 0, true],
    [2.9, -1, 3, -2.9, -2.9, false],
    [0.5, -1, 3, -0.8, 0, true], // the lower bound, as without it
    [100, 1, 3, 1.2, 0, true], // the upper one
    [1, -1, 1, -1, -1, false], // up to 1 it is off
    [100, -1, 1, -100, -100, false],
  ])('ratio %f, advantage %f, c %f', (ratio, advantage, dualClip, value, slope, clipped) => {
    const result = objective({ ...choices, dualClip }, single(ratio, advantage));
    expect(result.loss).toBeCloseTo(-value, 4);
    expect(result.weights.logProb[0]).toBeCloseTo(slope, 4);
    expect(result.clipRatio).toBe(clipped ? 1 : 0);
  });
});

describe('the ratio without bounds, one token', () => {
  it.each([
    [100, 1],
    [100, -1],
    [0.01, -1],
  ])('ratio %f, advantage %f: their product', (ratio, advantage) => {
    const result = objective({ ...choices, surrogate: 'ratio' }, single(ratio, advantage));
    expect(result.loss).toBeCloseTo(-ratio * advantage, 4);
    expect(result.weights.logProb[0]).toBeCloseTo(ratio * advantage, 4);
    expect(result.clipRatio).toBe(0);
  });
});

describe('the soft gate (SAPO), one token', () => {
  const sapo = { ...choices, surrogate: 'soft-gate' as const };
  it.each([
    // ratio, A, 4/τ · σ(τ (w − 1)) · A, 4 w σ (1 − σ) · A
    [1, 2, 4, 2], // 4 · ½ · 2; 4 · ¼ · 2
    [1, -2, -3.80952, -2], // 4/1.05 · ½ · −2
    [3, 1, 3.52319, 1.25992], // σ(2) = 0.880797
    [3, -1, -3.39392, -1.16634], // σ(2.1) = 0.890903
    [0.5, -1, -1.41594, -0.46707], // σ(−0.525) = 0.371684
  ])('ratio %f, advantage %f: %f with slope %f', (ratio, advantage, value, slope) => {
    const { loss, weights, clipRatio } = objective(sapo, single(ratio, advantage));
    expect(loss).toBeCloseTo(-value, 4);
    expect(weights.logProb[0]).toBeCloseTo(slope, 4);
    expect(clipRatio).toBe(0);
  });

  it('lets go of a token that is far from where it was, either way', () => {
    for (const logRatio of [500, -500])
      for (const advantage of [1, -1]) {
        const input = { ...single(1, advantage), logProbs: Float32Array.of(logRatio) };
        expect(Math.abs(objective(sapo, input).weights.logProb[0]!)).toBeLessThan(1e-8);
      }
  });
});

describe('training on tokens of high entropy', () => {
  const { choose } = TOKENS['high-entropy'];

  it('takes the share of highest entropy, at least one, of equal ones the first', () => {
    expect(choose([0.1, 0.7, 0.3, 0.9, 0.2], 0.4)).toEqual([3, 1]);
    expect(choose([0.1, 0.7, 0.3, 0.9, 0.2], 0.59)).toEqual([3, 1]);
    expect(choose([0.1, 0.7], 0.2)).toEqual([1]);
    expect(choose([0.5, 0.5, 0.5, 0.5], 0.5)).toEqual([0, 1]);
    expect(choose([0.2, 0.4], 1)).toEqual([1, 0]);
  });

  // Two sequences of 1 and 3 tokens, T = 3; of four tokens half are those with 0.9 and 0.6.
  const input: ObjectiveInput = {
    logProbs: new Float32Array(6).fill(-1),
    oldLogProbs: new Float32Array(6).fill(-1),
    entropies: Float32Array.of(0.6, 9, 9, 0.1, 0.9, 0.5),
    lengths: Int32Array.of(1, 3),
    advantages: Float64Array.of(1, 0, 0, -2, -2, -2),
    random,
  };
  const half = { ...choices, tokens: 'high-entropy' as const, tokenShare: 0.5 };

  it('leaves the others without a surrogate, but in the divisor', () => {
    const { weights, loss } = objective(half, input);
    expect([...weights.logProb]).toEqual([1 / 4, 0, 0, 0, -2 / 4, 0]);
    expect(loss).toBeCloseTo(-(1 - 2) / 4, 12);
  });

  it('leaves a KL term and an entropy bonus to all of them', () => {
    const held = { ...half, klEstimator: 'k1' as const, klCoefficient: 0.4, entropyCoefficient: 1 };
    const { weights } = objective(held, { ...input, referenceLogProbs: input.logProbs });
    [1 / 4 - 0.1, 0, 0, -0.1, -2 / 4 - 0.1, -0.1].forEach((weight, at) =>
      expect(weights.logProb[at]).toBeCloseTo(weight, 7),
    );
    expect([...weights.entropy!]).toEqual([1 / 4, 0, 0, 1 / 4, 1 / 4, 1 / 4]);
  });

  it('is training on all with a share of 1', () => {
    expect(objective({ ...half, tokenShare: 1 }, input)).toEqual(objective(choices, input));
  });
});

describe('the sequence ratio of two tokens with log w = 0.3 and 0.1', () => {
  // The geometric mean is e^0.2 = 1.2214, within 1.25 though the first token alone, e^0.3 = 1.3499, is not.
  const input: ObjectiveInput = {
    logProbs: Float32Array.of(-0.7, -0.9),
    oldLogProbs: Float32Array.of(-1, -1),
    entropies: new Float32Array(2),
    lengths: Int32Array.of(2),
    advantages: Float64Array.of(1, 1),
    random,
  };
  it('is one for both tokens', () => {
    const { weights, loss } = objective(
      { ...choices, ratio: 'sequence', clipHigh: 0.25, aggregation: 'sequence-mean' },
      input,
    );
    expect(loss).toBeCloseTo(-Math.exp(0.2), 6);
    for (const weight of weights.logProb) expect(weight).toBeCloseTo(Math.exp(0.2) / 2, 6);
  });
  it('clips both or none', () => {
    const all = objective({ ...choices, ratio: 'sequence', clipHigh: 0.2 }, input);
    expect([...all.weights.logProb, all.clipRatio]).toEqual([0, 0, 1]);
    const tokens = objective({ ...choices, clipHigh: 0.2 }, input);
    expect(tokens.clipRatio).toBe(0.5);
  });
});

describe('the clipped weight (CISPO)', () => {
  it.each([
    // ratio, A, low, weight: clip(w, 1 − low, 1.2) · A; counted as clipped or not, as TRL and Liger count
    [1.5, 2, 1, 2.4, 1],
    [1.5, -2, 1, -2.4, 0],
    [1.5, 0, 1, 0, 0],
    [0.1, -2, 1, -0.2, 0],
    [1.1, 1, 1, 1.1, 0],
    [0.5, -2, 0.2, -1.6, 1],
    [0.5, 2, 0.2, 1.6, 0],
  ])('ratio %f, advantage %f, low %f', (ratio, advantage, clipLow, weight, clipRatio) => {
    const cispo = { ...choices, surrogate: 'clipped-weight' as const, clipLow };
    const result = objective(cispo, single(ratio, advantage));
    expect(result.weights.logProb[0]).toBeCloseTo(weight, 5);
    expect(result.clipRatio).toBe(clipRatio);
  });
});

describe('covariance control', () => {
  const tokens = (covariances: readonly number[], clipped: readonly number[] = []) =>
    covariances.map((covariance, i) => ({ covariance, clipped: clipped.includes(i) }));

  it('cov_t = (A − mean A) · (log π − mean log π)', () => {
    // A 3 1 2, mean 2; log π −1 −3 −2, mean −2
    expect(covariancesOf([3, 1, 2], [-1, -3, -2])).toEqual([1, 1, 0]);
  });

  it('Clip-Cov takes the share of all tokens, at random among those of covariance 1 to 5', () => {
    const covariances = tokens([0.5, 1.5, 2, 3, 4, 6, -2, 0, 0, 0]);
    const counts = new Map<number, number>();
    for (let n = 0; n < 4000; n++) {
      const chosen = COVARIANCES['clip-cov'].choose(covariances, 0.2, random);
      expect(new Set(chosen).size).toBe(2);
      for (const i of chosen) counts.set(i, (counts.get(i) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4]);
    // Each of the four is taken half of the time: 4 standard errors of n = 4,000 are 0.032.
    for (const count of counts.values()) expect(Math.abs(count / 4000 - 0.5)).toBeLessThan(0.032);
  });

  it('Clip-Cov leaves alone what is clipped already, and still counts it among all', () => {
    const some = tokens([1.5, 2, 3, 4], [0, 2]);
    const { choose } = COVARIANCES['clip-cov'];
    // ¾ of 4 are 3, of which 2 are left.
    expect(choose(some, 0.75, random).sort()).toEqual([1, 3]);
    expect([1, 3]).toContain(choose(some, 0.25, random)[0]);
    expect(choose(tokens([2, 2], [0, 1]), 1, random)).toEqual([]);
  });

  it('KL-Cov takes the highest, clipped or not', () => {
    expect(COVARIANCES['kl-cov'].choose(tokens([0, 3, -1, 5, 2], [3]), 0.4)).toEqual([3, 1]);
  });

  const two: ObjectiveInput = {
    logProbs: Float32Array.of(-0.1, -3.9),
    oldLogProbs: Float32Array.of(-0.2, -3.9),
    entropies: new Float32Array(2),
    lengths: Int32Array.of(1, 1),
    // Centred: ±1.5 and ±1.9, so both covariances are 2.85.
    advantages: Float64Array.of(2, -1),
    random,
  };
  it('drops the gradient of what Clip-Cov takes', () => {
    const result = objective({ ...choices, covariance: 'clip-cov', covarianceShare: 1 }, two);
    expect([...result.weights.logProb]).toEqual([0, 0]);
    expect(result).toMatchObject({ loss: 0, covarianceShare: 1 });
  });
  it('drops nothing off-policy that the bounds have clipped', () => {
    // The first token has w = e^0.5 > 1.2 with A > 0, so its gradient is 0; that of the second alone is left to drop.
    const moved = { ...two, oldLogProbs: Float32Array.of(-0.6, -3.9) };
    const result = objective({ ...choices, covariance: 'clip-cov', covarianceShare: 1 }, moved);
    expect([...result.weights.logProb]).toEqual([0, 0]);
    expect(result).toMatchObject({ clipRatio: 0.5, covarianceShare: 0.5 });
    // What is clipped stays in the loss, −1.2 · 2 of two tokens; what Clip-Cov drops does not.
    expect(result.loss).toBeCloseTo(-1.2, 6);
  });
  it('the row of KL-Cov bounds no ratio, as its authors’ code does not', () => {
    // w = e^0.5, A = 2, penalty 1 · sign(0.5): half of (3.297 − 1).
    const moved = { ...two, oldLogProbs: Float32Array.of(-0.6, -3.9) };
    const row = { ...choicesOf('kl-cov'), covarianceShare: 1 };
    const result = objective(row, moved);
    expect(result.weights.logProb[0]).toBeCloseTo((2 * Math.exp(0.5) - 1) / 2, 5);
    expect(result.clipRatio).toBe(0);
  });
  it('KL-Cov pulls back what has moved, and leaves what has not', () => {
    const free = objective(choices, two);
    const held = objective(
      { ...choices, covariance: 'kl-cov', covarianceShare: 1, covariancePenalty: 0.5 },
      two,
    );
    expect(held.weights.logProb[0]! - free.weights.logProb[0]!).toBeCloseTo(-0.5 / 2, 6);
    expect(held.weights.logProb[1]).toBe(free.weights.logProb[1]);
    expect(held.loss - free.loss).toBeCloseTo((0.5 * 0.1) / 2, 6);
  });
});

describe('the clipped value loss, target 1', () => {
  it.each([
    // V, V_old, loss, slope
    [0, 0, 0.5, -1],
    [0.5, 0, 0.32, 0], // clip(0.5) = 0.2: ½ · 0.8² > ½ · 0.5²
    [0.1, 0, 0.405, -0.9],
    [1.5, 1, 0.125, 0.5], // clip(1.5) = 1.2: ½ · 0.2² < ½ · 0.5²
  ])('V %f, V_old %f: loss %f, slope %f', (value, oldValue, loss, slope) => {
    const term = valueLoss(value, oldValue, 1, 0.2);
    expect(term.loss).toBeCloseTo(loss, 12);
    expect(term.slope).toBeCloseTo(slope, 12);
  });
});

describe('the shares of the tokens of two sequences of 1 and 3 tokens, T = 4', () => {
  const input: ObjectiveInput = {
    logProbs: new Float32Array(8).fill(-1),
    oldLogProbs: new Float32Array(8).fill(-1),
    entropies: new Float32Array(8),
    lengths: Int32Array.of(1, 3),
    advantages: new Float64Array(8).fill(1),
    random,
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

const SURROGATES = [
  { surrogate: 'clipped-ratio', dualClip: 0 },
  { surrogate: 'clipped-ratio', dualClip: 1.5 },
  { surrogate: 'ratio', dualClip: 0 },
  { surrogate: 'soft-gate', dualClip: 0 },
  { surrogate: 'log-prob', dualClip: 0 },
] as const;
const RATIOS = ['token', 'sequence'] as const;
const ESTIMATORS = Object.keys(KL_ESTIMATORS) as KlEstimatorName[];
const AGGREGATIONS = ['sequence-mean', 'token-mean', 'constant-length', 'sequence-sum'] as const;
const rows = SURROGATES.flatMap((surrogate) =>
  RATIOS.flatMap((ratio) =>
    AGGREGATIONS.map((aggregation) => ({ ...surrogate, ratio, aggregation })),
  ),
);

/**
 * The weights are minus the derivative of the loss with respect to each log π, H and V: central differences of the loss
 * over random inputs. CISPO is left out, whose weight is held constant by definition.
 */
describe.each(rows)(
  'weights with $surrogate, dual clip $dualClip, ratio of the $ratio, $aggregation',
  (row) => {
    it.each(ESTIMATORS)('and %s are −∂loss/∂log π, −∂loss/∂H and −∂loss/∂V', (klEstimator) => {
      const [B, T] = [5, 4];
      const filled = (make: () => number) => Float64Array.from({ length: B * T }, make);
      const all: ObjectiveChoices = {
        ...choices,
        ...row,
        klEstimator,
        klCoefficient: 0.3,
        entropyCoefficient: 0.07,
        valueCoefficient: 0.4,
      };
      // Float64 arrays in place of float32 ones, so that differences of 1e-6 are exact enough.
      const input = {
        logProbs: filled(() => -2 * random()),
        oldLogProbs: filled(() => -2 * random()),
        referenceLogProbs: filled(() => -2 * random()),
        entropies: filled(random),
        lengths: Int32Array.from({ length: B }, () => 1 + Math.floor(random() * T)),
        advantages: filled(() => 2 * random() - 1),
        critic: { values: filled(random), oldValues: filled(random), returns: filled(random) },
        random,
      } as unknown as ObjectiveInput;
      // All tokens of an answer share an advantage where they share a ratio.
      if (row.ratio === 'sequence')
        for (let at = 0; at < B * T; at++)
          input.advantages[at] = input.advantages[Math.floor(at / T) * T]!;
      const { weights } = objective(all, input);
      const slope = (
        moved: (array: Float32Array) => ObjectiveInput,
        array: Float32Array,
        at: number,
      ) => {
        const [up, down] = [1e-6, -1e-6].map((change) => {
          const copy = array.slice();
          copy[at]! += change;
          return objective(all, moved(copy)).loss;
        });
        return (up! - down!) / 2e-6;
      };
      for (let at = 0; at < B * T; at++) {
        const { logProbs, entropies, critic } = input;
        const byLogProb = slope((logProbs) => ({ ...input, logProbs }), logProbs, at);
        const byEntropy = slope((entropies) => ({ ...input, entropies }), entropies, at);
        const byValue = slope(
          (values) => ({ ...input, critic: { ...critic!, values } }),
          critic!.values,
          at,
        );
        expect(weights.logProb[at]).toBeCloseTo(-byLogProb, 6);
        expect(weights.entropy![at]).toBeCloseTo(-byEntropy, 6);
        expect(weights.value![at]).toBeCloseTo(-byValue, 6);
      }
    });
  },
);
