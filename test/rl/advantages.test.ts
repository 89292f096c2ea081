import { describe, expect, it } from 'vitest';
import { ADVANTAGES, groupAdvantages, type AdvantageName } from '../../src/rl/advantages.ts';

const close = (actual: number[], expected: number[]) =>
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 10));

describe('advantages, worked for the rewards 1 0 0 0', () => {
  // mean ¼; squares ¾² + 3 · ¼² = ¾; sample variance ¾ / 3 = ¼; standard deviation ½
  it('group-standardized: ¾ / 0.5001 and −¼ / 0.5001', () => {
    close(ADVANTAGES['group-standardized']([1, 0, 0, 0]), [
      0.75 / 0.5001,
      -0.25 / 0.5001,
      -0.25 / 0.5001,
      -0.25 / 0.5001,
    ]);
  });

  it('group-centered: ¾ and −¼', () => {
    close(ADVANTAGES['group-centered']([1, 0, 0, 0]), [0.75, -0.25, -0.25, -0.25]);
  });

  it('leave-one-out: 1 − 0 and 0 − ⅓', () => {
    close(ADVANTAGES['leave-one-out']([1, 0, 0, 0]), [1, -1 / 3, -1 / 3, -1 / 3]);
  });
});

describe.each(Object.keys(ADVANTAGES) as AdvantageName[])('%s', (name) => {
  it('is 0 for groups that are all wrong, all right, or a single sample', () => {
    for (const rewards of [[0, 0, 0], [1, 1, 1], [1], [0]])
      for (const advantage of ADVANTAGES[name](rewards)) expect(Math.abs(advantage)).toBe(0);
  });

  it('adds up to 0 over a group, and is positive exactly for the right answers', () => {
    const rewards = [1, 0, 1, 1, 0, 0, 0, 1, 0];
    const advantages = ADVANTAGES[name](rewards);
    expect(advantages.reduce((sum, a) => sum + a, 0)).toBeCloseTo(0, 12);
    advantages.forEach((a, i) => expect(a > 0).toBe(rewards[i] === 1));
  });

  it('treats groups apart', () => {
    const both = groupAdvantages(name, [1, 0, 0, 0, 1, 1, 0, 1], 4);
    close(both.slice(0, 4), ADVANTAGES[name]([1, 0, 0, 0]));
    close(both.slice(4), ADVANTAGES[name]([1, 1, 0, 1]));
  });
});

it('leave-one-out is G / (G − 1) times group-centered', () => {
  const rewards = [1, 0, 0, 1, 0];
  const centered = ADVANTAGES['group-centered'](rewards);
  close(
    ADVANTAGES['leave-one-out'](rewards),
    centered.map((a) => (a * 5) / 4),
  );
});
