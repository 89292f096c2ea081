import { describe, expect, it } from 'vitest';
import { DEFAULT_ADAM, type UpdateRequest } from '../../src/policy/policy.ts';
import { ALGORITHMS, choicesOf, type AlgorithmName } from '../../src/rl/algorithms.ts';
import { trainingStep } from '../../src/rl/step.ts';
import { updateWeight } from '../../src/rl/updateWeight.ts';
import type { Task } from '../../src/tasks/task.ts';
import { coinPolicy, coinTask, pushes, summarise } from './bandit.ts';

const NAMES = Object.keys(ALGORITHMS) as AlgorithmName[];
const w = (name: AlgorithmName, p: number, G = 8, others: number[] = []) =>
  updateWeight(choicesOf(name), G, others).of(p);

describe('w(p), G = 8, against closed forms', () => {
  const ps = [0, 0.001, 0.1, 0.5, 0.9, 1];
  it.each<[AlgorithmName, (p: number) => number]>([
    ['reinforce', () => 1],
    ['rloo', () => 1],
    ['remax', () => 1],
    ['psr', () => 1],
    ['nsr', () => 1],
    ['w-reinforce', () => 1.1],
    ['dr-grpo', () => 7 / 8],
    // Σ_{k=1}^{G−1} (1 − p)^{k−1}: the mean of pass@k's gradients, harmonic up to the group.
    ['maxrl', (p) => (p === 0 ? 7 : (1 - (1 - p) ** 7) / p)],
  ])('%s', (name, closed) => {
    for (const p of ps) expect(w(name, p)).toBeCloseTo(closed(p), 9);
  });

  // Known values of GRPO and of pass@k training with k = 4, from an independent calculation.
  it.each([
    [0.001, 2.471],
    [0.1, 2.177],
    [0.5, 1.736],
  ])('grpo at p = %f is %f', (p, expected) => expect(w('grpo', p)).toBeCloseTo(expected, 2));
  it.each([
    [0.001, 0.998],
    [0.1, 0.789],
    [0.5, 0.23],
    [0.9, 0.004],
  ])('pass@k training at p = %f is %f', (p, expected) =>
    expect(w('pass-at-k', p)).toBeCloseTo(expected, 3),
  );

  it('grpo with large groups tends to 1 / √(p(1 − p))', () => {
    for (const p of [0.2, 0.5, 0.7])
      expect(w('grpo', p, 900)).toBeCloseTo(1 / Math.sqrt(p * (1 - p)), 2);
  });

  it('whitening divides by the deviation of the rewards of all problems', () => {
    // Two problems of p 0.1 and 0.5: mean reward 0.3, deviation √(0.3 · 0.7).
    expect(w('reinforce-pp', 0.2, 8, [0.1, 0.5])).toBeCloseTo(1 / Math.sqrt(0.21), 9);
  });

  it.each(['psr', 'nsr', 'w-reinforce', 'pass-at-k'] as const)(
    'that of %s is the same whatever right answers earn, in groups of any size',
    (name) => {
      const shaped = { ...choicesOf(name), reward: 'unlikeliness', unlikeliness: 1 } as const;
      for (const G of [8, 32])
        for (const p of ps) expect(updateWeight(shaped, G, []).of(p)).toBe(w(name, p, G));
    },
  );

  it('the unlikeliness reward refuses groups whose ranks are too many', () => {
    expect(() => w('unlikeliness', 0.5, 17)).toThrow(/up to 16, not 17/);
  });
});

describe('U(p), the integral of w from 0', () => {
  const U = (name: AlgorithmName, p: number, G = 8, others: number[] = []) =>
    updateWeight(choicesOf(name), G, others).integral(p);
  /** Midpoints of 2,000 slices. */
  const quadrature = (name: AlgorithmName, p: number, others: number[]): number => {
    const of = updateWeight(choicesOf(name), 8, others);
    const slices = 2000;
    let sum = 0;
    for (let i = 0; i < slices; i++) sum += of.of(((i + 0.5) / slices) * p);
    return (sum * p) / slices;
  };

  it.each(NAMES.filter((name) => name !== 'process'))('is that, by quadrature: %s', (name) => {
    const others = [0.05, 0.3, 0.8];
    for (const p of [0, 0.01, 0.4, 1])
      expect(U(name, p, 8, others)).toBeCloseTo(quadrature(name, p, others), 5);
  });

  it('is, worked out, the expected score of a group', () => {
    // Dr. GRPO, G = 2: A⁺ − A⁻ is ½ with either c, so F = 0, ¼, ½ and U(p) = 2p(1 − p)/4 + p²/2 = p/2.
    expect(U('dr-grpo', 0.3, 2)).toBeCloseTo(0.15, 12);
    // MaxRL, G = 3: w = 1 + (1 − p), U(p) = 2p − p²/2.
    expect(U('maxrl', 0.4, 3)).toBeCloseTo(0.8 - 0.08, 12);
  });

  it.each<[AlgorithmName, (p: number) => number]>([
    ['reinforce', (p) => p],
    ['grpo', (p) => 2 * Math.asin(Math.sqrt(p))],
    ['maxrl', (p) => Math.log(p)],
    ['pass-at-k', (p) => Math.asin(Math.sqrt(1 - (1 - p) ** 4)) / 2],
  ])('of %s tends to its closed form as groups grow', (name, closed) => {
    const off = (G: number): number =>
      Math.max(
        ...[0.2, 0.4, 0.8].map((p) =>
          // Up to a constant, from p = 0.6.
          Math.abs(U(name, p, G) - U(name, 0.6, G) - (closed(p) - closed(0.6))),
        ),
      );
    expect(off(1024)).toBeLessThan(5e-3);
    expect(off(1024)).toBeLessThanOrEqual(off(16) / 8 + 1e-9);
  });
});

/** Whole training steps on coins of known p, with everything of the algorithm that w(p) has. */
describe('w(p) is what whole steps do, simulated', () => {
  const G = 8;
  const levels = [0.02, 0.1, 0.3, 0.5, 0.8, 0.9];
  const p = Array.from({ length: 120 }, (_, i) => levels[i % levels.length]!);
  const problems = p.map((_, i) => i);

  it.each(NAMES.filter((name) => name !== 'process'))(
    '%s',
    async (name) => {
      const choices = {
        ...choicesOf(name),
        klCoefficient: 0,
        entropyCoefficient: 0,
        covariance: 'none' as const,
        tokens: 'all' as const,
        shaping: 'none' as const,
      };
      const weight = updateWeight(choices, G, levels);
      const estimates = levels.map((): number[] => []);
      for (let step = 1; step <= 50; step++) {
        const updates: UpdateRequest[] = [];
        const policy = coinPolicy(p, step, (request) => updates.push(request));
        const { batch } = await trainingStep({
          policy,
          reference: policy,
          task: coinTask as Task,
          problems,
          moreProblems: () => problems,
          settings: {
            ...choices,
            groupSize: G,
            hintShare: 0,
            temperature: 1,
            optimizer: DEFAULT_ADAM,
          },
          seed: step,
          step,
          train: true,
          measureKl: false,
        });
        const P = batch!.problems.length;
        const summed = pushes(p, updates);
        levels.forEach((level, i) => {
          const push = summed.filter((_, problem) => p[problem] === level);
          // With dynamic sampling some coins are drawn twice and others not at all: the sum over a level counts.
          const total = push.reduce((sum, value) => sum + value, 0) * levels.length;
          estimates[i]!.push((total * P) / p.length / (level * (1 - level)));
        });
      }
      levels.forEach((level, i) => {
        const { mean, error } = summarise(estimates[i]!);
        // 4 standard errors of 50 steps of 20 groups at each level.
        expect(
          Math.abs(mean - weight.of(level)),
          `p ${level}: ${mean} against ${weight.of(level)}`,
        ).toBeLessThan(4 * error);
      });
    },
    30_000,
  );

  it('tells a wrong curve from a right one', () => {
    // The test above would not be one if its error were as large as the differences between algorithms.
    const curves = ['grpo', 'dr-grpo', 'maxrl', 'pass-at-k'] as const;
    const at = curves.map((name) => updateWeight(choicesOf(name), G, levels).of(0.1));
    for (const [i, a] of at.entries())
      for (const b of at.slice(i + 1)) expect(Math.abs(a - b)).toBeGreaterThan(0.08);
  });
});
