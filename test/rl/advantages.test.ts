import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import {
  ADVANTAGES,
  advantagesOf,
  NORMALISATIONS,
  seesRewards,
  type Advantage,
  type AdvantageInput,
  type AdvantageName,
} from '../../src/rl/advantages.ts';
import { GRPO } from '../../src/rl/algorithms.ts';
import { unbiasedPassAtK } from '../../src/core/passAtK.ts';

const close = (actual: ArrayLike<number>, expected: readonly number[], digits = 10) => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, digits));
};
const ofGroup = (name: AdvantageName, rewards: readonly number[], options = {}) =>
  ADVANTAGES[name].ofGroup(rewards, { ...GRPO, ...options });
const NAMES = Object.keys(ADVANTAGES) as AdvantageName[];

describe('advantages, worked for the rewards 1 0 0 0', () => {
  // mean ¼; squares ¾² + 3 · ¼² = ¾; sample variance ¾ / 3 = ¼; standard deviation ½
  it.each<[AdvantageName, number, number]>([
    ['group-standardized', 0.75 / 0.5001, -0.25 / 0.5001],
    ['step-standardized', 0.75 / 0.5001, -0.25 / 0.5001],
    ['group-centered', 0.75, -0.25],
    ['leave-one-out', 1, -1 / 3],
    ['return', 1, 0],
    ['greedy-baseline', 1, 0],
    ['gae', 1, 0],
    ['positive-only', 1, 0],
    ['negative-only', 0, -1],
    ['weighted', 0.1, -1],
    // k = 4 = G: the one subset succeeds, so nobody stands out.
    ['pass-at-k', 0, 0],
    ['mean-normalized', 3, -1],
  ])('%s: %f and %f', (name, right, wrong) => {
    close(ofGroup(name, [1, 0, 0, 0]), [right, wrong, wrong, wrong]);
  });
});

const CENTRED = [
  'group-standardized',
  'group-centered',
  'leave-one-out',
  'mean-normalized',
] as const;
describe.each(CENTRED)('%s', (name) => {
  it('is 0 for groups that are all wrong, all right, or a single sample', () => {
    for (const rewards of [[0, 0, 0], [1, 1, 1], [1], [0]])
      for (const advantage of ofGroup(name, rewards)) expect(Math.abs(advantage)).toBe(0);
  });

  it('adds up to 0 over a group, and is positive exactly for the right answers', () => {
    const rewards = [1, 0, 1, 1, 0, 0, 0, 1, 0];
    const advantages = ofGroup(name, rewards);
    expect(advantages.reduce((sum, a) => sum + a, 0)).toBeCloseTo(0, 12);
    advantages.forEach((a, i) => expect(a > 0).toBe(rewards[i] === 1));
  });
});

it('leave-one-out is G / (G − 1) times group-centered', () => {
  const rewards = [1, 0, 0, 1, 0];
  close(
    ofGroup('leave-one-out', rewards),
    ofGroup('group-centered', rewards).map((a) => (a * 5) / 4),
  );
});

describe('pass@k training', () => {
  // The published values for G = 8, k = 4 and c = 1 … 5 right answers: 1, .522, .277, .12, 0.
  it.each([
    [1, 1],
    [2, 0.522],
    [3, 0.277],
    [4, 0.12],
    [5, 0],
  ])('gives a right answer among 8 with %i right %f', (c, expected) => {
    const rewards = Array.from({ length: 8 }, (_, i) => Number(i < c));
    expect(ofGroup('pass-at-k', rewards)[0]).toBeCloseTo(expected, 3);
  });

  it('is the standardized mean over all subsets of k (a slow twin enumerates them)', () => {
    for (const [G, k] of [
      [5, 2],
      [6, 3],
      [6, 1],
      [4, 4],
    ] as const)
      for (let c = 0; c <= G; c++) {
        const rewards = Array.from({ length: G }, (_, i) => Number(i < c));
        const subsets = Array.from({ length: 2 ** G }, (_, bits) => bits)
          .map((bits) => rewards.map((_, i) => i).filter((i) => (bits >> i) & 1))
          .filter((subset) => subset.length === k);
        const reward = (subset: number[]) => Number(subset.some((i) => rewards[i] === 1));
        const rho = subsets.reduce((sum, subset) => sum + reward(subset), 0) / subsets.length;
        expect(unbiasedPassAtK(G, c, k)).toBeCloseTo(rho, 12);
        const sigma = Math.sqrt(rho * (1 - rho)) + 1e-6;
        const twin = rewards.map((_, i) => {
          const own = subsets.filter((subset) => subset.includes(i));
          return own.reduce((sum, subset) => sum + (reward(subset) - rho) / sigma, 0) / own.length;
        });
        close(ofGroup('pass-at-k', rewards, { passK: k }), twin, 8);
      }
  });

  it('counts a k above the group as the whole group', () => {
    close(ofGroup('pass-at-k', [1, 0, 0], { passK: 64 }), [0, 0, 0]);
  });
});

/** Two answers of 2 and 3 tokens to one prompt, T = 3; token rewards as written. */
const batch: AdvantageInput = {
  groupSize: 2,
  T: 3,
  lengths: Int32Array.of(2, 3),
  rewards: Float64Array.of(-0.5, 1, 0, 0.25, 0, -1),
  outcomes: [1, 0],
};

describe('advantages of tokens', () => {
  it('return: the sum of the rewards from the token on', () => {
    close(advantagesOf('return', batch, GRPO), [0.5, 1, 0, -0.75, -1, -1]);
  });

  it('an estimator of groups adds up the rewards of an answer and gives all its tokens the same', () => {
    // Sums ½ and −¾, mean −⅛.
    close(advantagesOf('group-centered', batch, GRPO), [0.625, 0.625, 0, -0.625, -0.625, -0.625]);
  });

  it('greedy-baseline: minus the reward of the greedy answer of the prompt', () => {
    const input = { ...batch, greedyRewards: [1] };
    close(advantagesOf('greedy-baseline', input, GRPO), [-0.5, -0.5, 0, -1.75, -1.75, -1.75]);
  });

  it('gae with λ = 1 is return − value, and with λ = 0 one step of temporal difference', () => {
    const values = Float32Array.of(0.5, 0.25, 9, 1, 0.5, 0.25);
    const input = { ...batch, values };
    const monteCarlo = [0.5 - 0.5, 1 - 0.25, 0, -0.75 - 1, -1 - 0.5, -1 - 0.25];
    close(advantagesOf('gae', input, GRPO), monteCarlo);
    // δ: −.5+.25−.5, 1−.25 | .25+.5−1, 0+.25−.5, −1−.25
    const oneStep = [-0.75, 0.75, 0, -0.25, -0.25, -1.25];
    close(advantagesOf('gae', input, { ...GRPO, gaeLambda: 0 }), oneStep);
    // λ = ½: A_t = δ_t + ½ A_{t+1}
    const half = [-0.75 + 0.375, 0.75, 0, -0.25 + 0.5 * -0.875, -0.25 - 0.625, -1.25];
    close(advantagesOf('gae', input, { ...GRPO, gaeLambda: 0.5 }), half);
  });

  it('step-standardized: the steps of a group together, each for the tokens up to its end', () => {
    // Steps end at tokens 0 and 1 of the first answer and 1 and 2 of the second; rewards 1 0 | 0 1.
    const step = (end: number) => ({ end, valid: true, detail: '' });
    const input: AdvantageInput = {
      ...batch,
      rewards: Float64Array.of(1, 0, 0, 0, 0, 1),
      steps: [
        [step(0), step(1)],
        [step(1), step(2)],
      ],
    };
    // mean ½, squares 4 · ¼ = 1, sample variance ⅓; each reward is ±½ / (√⅓ + 1e-4)
    const unit = 0.5 / (Math.sqrt(1 / 3) + 1e-4);
    close(advantagesOf('step-standardized', input, GRPO), [0, -unit, 0, 0, 0, unit]);
  });

  it.each(NAMES)('%s is 0 after the end of an answer and finite before it', (name) => {
    const random = uniformSequence({ seed: 5, stream: 99, step: 0 });
    const input: AdvantageInput = {
      groupSize: 4,
      T: 5,
      lengths: Int32Array.of(1, 5, 3, 2, 4, 4, 5, 1),
      rewards: Float64Array.from({ length: 40 }, (_, at) => (at % 5 === 0 ? random() : 0)),
      outcomes: [1, 0, 0, 0, 1, 1, 0, 1],
      values: Float32Array.from({ length: 40 }, random),
      greedyRewards: [0, 1],
      steps: Array.from({ length: 8 }, () => []),
    };
    advantagesOf(name, input, GRPO).forEach((advantage, at) => {
      expect(Number.isFinite(advantage)).toBe(true);
      if (at % 5 >= input.lengths[Math.floor(at / 5)]!) expect(advantage).toBe(0);
    });
  });

  it.each(NAMES)('%s treats groups apart', (name) => {
    if (name === 'greedy-baseline' || name === 'gae') return;
    const { ofGroup }: Advantage = ADVANTAGES[name];
    const input: AdvantageInput = {
      groupSize: 4,
      T: 1,
      lengths: new Int32Array(8).fill(1),
      rewards: Float64Array.of(1, 0, 0, 0, 1, 1, 0, 1),
      outcomes: [1, 0, 0, 0, 1, 1, 0, 1],
    };
    close(advantagesOf(name, input, GRPO), [
      ...ofGroup([1, 0, 0, 0], GRPO),
      ...ofGroup([1, 1, 0, 1], GRPO),
    ]);
  });
});

describe('what is right', () => {
  // Two of four are right; what they earn says otherwise: a rank or a penalty takes from it, steps add to it.
  const shaped: AdvantageInput = {
    groupSize: 4,
    T: 1,
    lengths: new Int32Array(4).fill(1),
    rewards: Float64Array.of(0.25, 2, 0.9, -3),
    outcomes: [1, 0, 0, 1],
  };
  const made = (name: AdvantageName, input: AdvantageInput) => [
    ...advantagesOf(name, input, { ...GRPO, passK: 2 }),
  ];
  const onlyOutcomes = NAMES.filter((name) => !seesRewards(name));

  it('is what was paid for, whatever it earns, where only that counts', () => {
    expect(onlyOutcomes).toEqual(['positive-only', 'negative-only', 'weighted', 'pass-at-k']);
    expect(made('positive-only', shaped)).toEqual([1, 0, 0, 1]);
    expect(made('negative-only', shaped)).toEqual([0, -1, -1, 0]);
    expect(made('weighted', shaped)).toEqual([0.1, -1, -1, 0.1]);
    // ρ = 1 − C(2, 2)/C(4, 2) = ⅚, σ = √5/6; the companion of a wrong answer is wrong, too, in 1 of 3 cases.
    const sigma = Math.sqrt(5) / 6;
    const [right, wrong] = [1 / 6 / sigma, (1 / 6 - 1 / 3) / sigma];
    close(made('pass-at-k', shaped), [right, wrong, wrong, right], 5);
  });

  it.each(NAMES)('is read by %s from rewards or from outcomes, and never from both', (name) => {
    const input = { ...shaped, values: new Float32Array(4), greedyRewards: [0] };
    const otherRewards = { ...input, rewards: Float64Array.of(1, 0, 0, 1) };
    const otherOutcomes = { ...input, outcomes: [0, 1, 1, 0] };
    const [as, byRewards, byOutcomes] = [input, otherRewards, otherOutcomes].map((of) =>
      made(name, of),
    );
    expect(as!.join() === byRewards!.join()).toBe(!seesRewards(name));
    expect(as!.join() === byOutcomes!.join()).toBe(seesRewards(name));
  });
});

describe('the expected weight of MaxRL', () => {
  /**
   * E[Σ A ∇log π] / G over all 2^G groups, by the number c of right ones, in units of ∇p: E[∇log π | right] = ∇p / p and
   * E[∇log π | wrong] = −∇p / (1 − p).
   */
  function enumerated(G: number, p: number): number {
    let sum = 0;
    let groups = 1;
    for (let c = 0; c <= G; c++) {
      const advantages = ofGroup(
        'mean-normalized',
        Array.from({ length: G }, (_, i) => Number(i < c)),
      );
      const push = advantages.reduce((total, a, i) => total + (i < c ? a / p : -a / (1 - p)), 0);
      sum += (groups * p ** c * (1 - p) ** (G - c) * push) / G;
      groups = (groups * (G - c)) / (c + 1);
    }
    return sum;
  }
  const powers = (terms: number, p: number): number =>
    Array.from({ length: terms }, (_, k) => (1 - p) ** k).reduce((sum, term) => sum + term, 0);

  it('is the sum of the first G − 1 powers of 1 − p, not of G: 13.994 for G = 16, p = 0.01', () => {
    expect(enumerated(16, 0.01)).toBeCloseTo(13.994, 3);
    expect(powers(16, 0.01)).toBeCloseTo(14.854, 3);
    for (const G of [2, 3, 8, 16])
      for (const p of [0.01, 0.3, 0.9]) expect(enumerated(G, p)).toBeCloseTo(powers(G - 1, p), 9);
  });
});

describe('whitening over the batch', () => {
  it('gives the tokens mean 0 and deviation 1, and leaves the padding', () => {
    // Tokens 1, 2, 6: mean 3, squares 4 + 1 + 9 = 14, sample variance 7.
    const advantages = Float64Array.of(1, 99, 2, 6);
    NORMALISATIONS.batch.apply(advantages, (at) => at !== 1);
    close(advantages, [-2 / Math.sqrt(7), 99, -1 / Math.sqrt(7), 3 / Math.sqrt(7)], 7);
  });

  it('makes zeros of equal advantages', () => {
    const advantages = Float64Array.of(1, 1, 1);
    NORMALISATIONS.batch.apply(advantages, () => true);
    close(advantages, [0, 0, 0]);
  });
});
