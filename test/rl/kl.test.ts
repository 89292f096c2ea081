import { describe, expect, it } from 'vitest';
import { GRPO } from '../../src/rl/algorithms.ts';
import { KL_ESTIMATORS, type KlEstimator, type KlEstimatorName } from '../../src/rl/kl.ts';
import { objective } from '../../src/rl/objective.ts';

const NAMES = Object.keys(KL_ESTIMATORS) as KlEstimatorName[];
const estimator = (name: KlEstimatorName): KlEstimator => KL_ESTIMATORS[name];

describe('estimates of the KL distance, π 0.2 and reference 0.4, d = −ln 2', () => {
  it.each<[KlEstimatorName, number]>([
    ['k1', -Math.LN2],
    ['k2', Math.LN2 ** 2 / 2],
    ['k3', 2 - 1 - Math.LN2],
    ['k3-weighted', 2 - 1 - Math.LN2],
  ])('%s is %f for a token of π', (name, value) => {
    expect(estimator(name).value(Math.log(0.2 / 0.4), 0)).toBeCloseTo(value, 12);
    expect(Math.abs(estimator(name).value(0, 0))).toBe(0);
  });
});

const pi = [0.5, 0.3, 0.2];
const reference = [0.2, 0.2, 0.6];
const d = pi.map((p, i) => Math.log(p / reference[i]!));
const kl = pi.reduce((sum, p, i) => sum + p * d[i]!, 0);

/** Σ q · value, and Σ q · slope · ∂log π/∂logit of each action, over tokens that are drawn from q, exactly. */
function expected(name: KlEstimatorName, q: readonly number[]) {
  const logRatio = pi.map((p, i) => Math.log(p / q[i]!));
  const slopes = q.map((weight, i) => weight * estimator(name).slope(d[i]!, logRatio[i]!));
  const total = slopes.reduce((sum, slope) => sum + slope, 0);
  return {
    value: q.reduce((sum, w, i) => sum + w * estimator(name).value(d[i]!, logRatio[i]!), 0),
    // ∂log π_i/∂logit_j = [i = j] − π_j
    gradient: slopes.map((slope, j) => slope - pi[j]! * total),
  };
}

describe('in expectation, π (.5, .3, .2) and reference (.2, .2, .6)', () => {
  // ∂KL(π ‖ π_ref)/∂logit_j = π_j (d_j − KL), with d = (.916, .405, −1.099) and KL = .360.
  const reverse = [0.2781, 0.0136, -0.2917];
  // ∂KL(π_ref ‖ π)/∂logit_j = π_j − π_ref,j.
  const forward = [0.3, 0.1, -0.4];

  it.each<[KlEstimatorName, number[]]>([
    ['k1', [0, 0, 0]],
    ['k2', reverse],
    ['k3', forward],
    ['k3-weighted', reverse],
  ])('the gradient of %s on-policy is %j', (name, gradient) => {
    gradient.forEach((each, j) => expect(expected(name, pi).gradient[j]).toBeCloseTo(each, 4));
  });

  it('k1 and both k3 are unbiased on-policy, k2 is not', () => {
    expect(kl).toBeCloseTo(0.3601, 4);
    for (const name of ['k1', 'k3', 'k3-weighted'] as const)
      expect(expected(name, pi).value).toBeCloseTo(kl, 12);
    expect(Math.abs(expected('k2', pi).value - kl)).toBeGreaterThan(0.004);
  });

  it('off-policy only k3 with its ratio has the value and the gradient that it has on-policy', () => {
    const old = [0.1, 0.3, 0.6];
    const isSame = (name: KlEstimatorName): boolean => {
      const [off, on] = [expected(name, old), expected(name, pi)];
      return [off.value, ...off.gradient].every(
        (each, i) => Math.abs(each - [on.value, ...on.gradient][i]!) < 1e-12,
      );
    };
    expect(NAMES.filter(isSame)).toEqual(['k3-weighted']);
  });
});

describe('in the objective, one token with log π_old −1, log π −½ and log π_ref −0.8', () => {
  // w = e^0.5, d = 0.3: the slope of k3 is 1 − e^−0.3 = 0.2592, that of w · k3 is w (1 − e^−0.3 + k3) = w · d = 0.4946.
  it.each<[KlEstimatorName, number, number]>([
    ['k3', Math.exp(-0.3) - 1 + 0.3, -0.2592],
    ['k3-weighted', Math.exp(0.5) * (Math.exp(-0.3) - 1 + 0.3), -0.4946],
  ])('%s adds %f to the loss and %f to the weight', (klEstimator, loss, weight) => {
    const result = objective(
      { ...GRPO, klEstimator, klCoefficient: 1 },
      {
        logProbs: Float32Array.of(-0.5),
        oldLogProbs: Float32Array.of(-1),
        referenceLogProbs: Float32Array.of(-0.8),
        entropies: Float32Array.of(0.5),
        lengths: Int32Array.of(1),
        advantages: Float64Array.of(0),
        random: () => 0,
      },
    );
    expect(result.loss).toBeCloseTo(loss, 6);
    expect(result.weights.logProb[0]).toBeCloseTo(weight, 4);
  });
});
