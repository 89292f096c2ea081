import { describe, expect, it } from 'vitest';
import { Stream, uniformSequence } from '../../src/core/random.ts';
import { ADVANTAGES } from '../../src/rl/advantages.ts';
import { GRPO } from '../../src/rl/algorithms.ts';
import { objective, type ObjectiveChoices } from '../../src/rl/objective.ts';
import { VERIFIERS } from '../../src/rl/verifiers.ts';
import { summarise } from './bandit.ts';

/**
 * What clipping makes of rewards that a coin gives. A coin's advantage A has nothing to do with the answer, its mean is
 * 0, and A and −A are equally likely. With a = E[A; A > 0] = −E[A; A < 0], a token of ratio w and bounds 1 − l, 1 + h
 * has in the mean the weight
 *
 *   E[w · A] = 0                 for 1 − l ≤ w ≤ 1 + h, or without bounds
 *   w · E[A; A < 0] = −w · a     for w > 1 + h, where a positive A is clipped
 *   w · E[A; A > 0] = +w · a     for w < 1 − l, where a negative A is
 *
 * so it is pushed back to what it was. Source: Shao et al. 2025, "Spurious Rewards", arXiv 2506.10947.
 */
const GROUP = 8;
const T = 2;
const clipped: ObjectiveChoices = { ...GRPO, aggregation: 'token-mean' };
const unclipped: ObjectiveChoices = { ...clipped, clipLow: 1, clipHigh: Infinity };

/** [B, T] the weights that one draw of rewards gives tokens of these ratios. */
function weightsOf(
  choices: ObjectiveChoices,
  ratios: readonly number[],
  rewards: readonly number[],
): Float32Array {
  const advantages = ADVANTAGES['group-standardized'].ofGroup(rewards);
  return objective(choices, {
    logProbs: Float32Array.from(ratios, (ratio) => Math.log(ratio) - 1),
    oldLogProbs: new Float32Array(ratios.length).fill(-1),
    entropies: new Float32Array(ratios.length),
    lengths: new Int32Array(rewards.length).fill(ratios.length / rewards.length),
    advantages: Float64Array.from(
      ratios,
      (_, at) => advantages[Math.floor((at * rewards.length) / ratios.length)]!,
    ),
    random: () => 0,
  }).weights.logProb;
}

/** Mean and standard error of the weight of each token over n = 4,000 draws of the coin. */
function overDraws(choices: ObjectiveChoices, ratios: readonly number[]) {
  const verdicts = new Array(GROUP).fill({ correct: false, reason: '', detail: '' });
  const draws = Array.from({ length: 4000 }, (_, step) => {
    const random = uniformSequence({ seed: 1, stream: Stream.proxyRewards, step });
    const paid = VERIFIERS.random.accepts({ groupSize: GROUP, verdicts, responses: [], random });
    return weightsOf(choices, ratios, paid.map(Number));
  });
  return ratios.map((_, at) => summarise(draws.map((weights) => weights[at]!)));
}

/** a = Σ_n C(G, n) 2^−G · (n / G) · (1 − n / G) / (s_n + ε) over n heads, s_n² = n (G − n) / (G (G − 1)). */
function positivePart(G: number): number {
  let sum = 0;
  let ways = 1;
  for (let n = 0; n <= G; n++) {
    const deviation = Math.sqrt((n * (G - n)) / (G * (G - 1)));
    sum += ((ways / 2 ** G) * (n / G) * (1 - n / G)) / (deviation + 1e-4);
    ways = (ways * (G - n)) / (n + 1);
  }
  return sum;
}

/** The weight of a token in the mean, times its share. */
const predicted = (ratio: number, G: number): number =>
  ratio > 1.2 ? -ratio * positivePart(G) : ratio < 0.8 ? ratio * positivePart(G) : 0;

describe('rewards by a coin', () => {
  const onPolicy = new Array<number>(GROUP * T).fill(1);
  const offPolicy = [3, 1.5, 1.21, 1.19, 1.1, 1, 0.9, 0.81, 0.79, 0.5, 0.2, 1, 1, 2, 1, 0.7];

  it('by hand, 2 answers: one paid for half of the time, A = ±0.707, so a = 0.177', () => {
    expect(positivePart(2)).toBeCloseTo(0.25 * (0.5 / (Math.SQRT1_2 + 1e-4)), 12);
    expect(predicted(1.5, 2)).toBeCloseTo(-0.265, 3);
    expect(predicted(0.5, 2)).toBeCloseTo(0.088, 3);
    expect(predicted(1.1, 2)).toBe(0);
  });

  it('push no token anywhere on-policy, clipped or not, within 4 standard errors', () => {
    for (const choices of [clipped, unclipped])
      for (const { mean, error } of overDraws(choices, onPolicy)) {
        // One draw moves a token by A / 16, and E[A²] = ⅞ unless all 8 are paid alike, which 2 of 256 draws are.
        const size = Math.sqrt((7 / 8) * (1 - 2 / 256)) / 16;
        expect(error * Math.sqrt(4000)).toBeCloseTo(size, 2);
        expect(Math.abs(mean)).toBeLessThan(4 * error);
      }
  });

  it('push tokens beyond the bounds back off-policy, by what the formula says', () => {
    overDraws(clipped, offPolicy).forEach(({ mean, error }, at) => {
      const expected = predicted(offPolicy[at]!, GROUP) / offPolicy.length;
      expect(Math.abs(mean - expected), `w = ${offPolicy[at]}`).toBeLessThan(4 * error);
      // Where there is a push, its sign is beyond doubt.
      if (expected !== 0) expect(mean / error / Math.sign(expected)).toBeGreaterThan(20);
    });
  });

  it('push no token anywhere off-policy without bounds, within 4 standard errors', () => {
    for (const { mean, error } of overDraws(unclipped, offPolicy)) {
      expect(error).toBeGreaterThan(0);
      expect(Math.abs(mean)).toBeLessThan(4 * error);
    }
  });
});

describe('a likely and an unlikely token under a coin, exactly', () => {
  const G = 4;
  /** The mean weight of a token of this ratio over all 2^G equally likely outcomes of a group. */
  function exactWeight(choices: ObjectiveChoices, ratio: number): number {
    let sum = 0;
    for (let outcome = 0; outcome < 2 ** G; outcome++) {
      const rewards = Array.from({ length: G }, (_, b) => (outcome >> b) & 1);
      sum += weightsOf(choices, new Array<number>(G).fill(ratio), rewards)[0]!;
    }
    return (sum / 2 ** G) * G;
  }
  const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
  /** E over answers drawn at π_old(likely) = 0.9 of weight · ∂log π/∂logit, after the logit has moved. */
  function push(choices: ObjectiveChoices, moved: number): number {
    const old = 0.9;
    const now = logistic(Math.log(old / (1 - old)) + moved);
    return (
      old * exactWeight(choices, now / old) * (1 - now) -
      (1 - old) * exactWeight(choices, (1 - now) / (1 - old)) * now
    );
  }

  it('the mean weight is the formula’s', () => {
    for (const ratio of [0.1, 0.5, 0.79, 0.81, 1, 1.19, 1.21, 2, 5]) {
      expect(exactWeight(clipped, ratio)).toBeCloseTo(predicted(ratio, G), 5);
      expect(exactWeight(unclipped, ratio)).toBeCloseTo(0, 6);
    }
  });

  it('noise in either direction alike makes the likely one likelier: 0.495 a up, 0.015 a down', () => {
    const a = positivePart(G);
    // By 2 down: π = 0.549, w = 0.610 and 4.509; 0.9 · 0.610 a · 0.451 + 0.1 · 4.509 a · 0.549.
    expect(push(clipped, -2) / a).toBeCloseTo(0.4952, 3);
    // By 2 up: π = 0.985, w = 1.095, which no bound stops, and 0.148; −0.1 · 0.148 a · 0.985.
    expect(push(clipped, 2) / a).toBeCloseTo(-0.0146, 3);
    for (const moved of [-2, 2]) expect(push(unclipped, moved)).toBeCloseTo(0, 6);
  });
});
