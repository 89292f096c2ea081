import { describe, expect, it } from 'vitest';
import { randomIndex } from '../../src/core/draws.ts';
import { uniformSequence } from '../../src/core/random.ts';
import { drawByHabit, usesOf } from '../../src/tasks/habits.ts';
import { rarityOf, splitBySkill, splitFor } from '../../src/tasks/prior.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const { token, isNeeded } = task.skill;
const split = splitProblems(task, 7);

describe('a draw by habit', () => {
  // With 9 as the skill: of the right answers [1] and [9, 9], of the wrong ones [2], [3] and [9].
  const lists = [
    { share: 0.4, of: [[1], [9, 9]] },
    { share: 0.6, of: [[2], [3], [9]] },
    { share: 0.5, of: [] },
  ];
  const draws = (rarity: number, n: number, of = lists): Map<string, number> => {
    const random = uniformSequence({ seed: 5, stream: 99, step: 0 });
    const counts = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const answer = drawByHabit(of, 9, rarity, random).join(' ');
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    return counts;
  };

  it.each([
    // Weights 0.2, 0.2 ρ², 0.2, 0.2, 0.2 ρ over their sum.
    [1, { '1': 0.2, '9 9': 0.2, '2': 0.2, '3': 0.2, '9': 0.2 }],
    [0.5, { '1': 4 / 15, '9 9': 1 / 15, '2': 4 / 15, '3': 4 / 15, '9': 2 / 15 }],
    [0, { '1': 1 / 3, '2': 1 / 3, '3': 1 / 3 }],
  ])('has P(y) ∝ share / count · ρ^uses: ρ = %d', (rarity, expected) => {
    const n = 6000;
    const counts = draws(rarity, n);
    expect([...counts.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [answer, share] of Object.entries(expected))
      expect(Math.abs(counts.get(answer)! / n - share)).toBeLessThan(
        4 * Math.sqrt((share * (1 - share)) / n), // n = 6000
      );
  });

  it('leaves the fewest uses where ρ is 0 and every candidate has some', () => {
    const all = [{ share: 1, of: [[9], [9, 9], [9, 1]] }];
    expect([...draws(0, 200, all).keys()].sort()).toEqual(['9', '9 1']);
  });

  it('refuses to draw from nothing', () => {
    expect(() => draws(0.5, 1, [{ share: 1, of: [] }])).toThrow(RangeError);
  });
});

describe.each(['countdown-3', 'countdown-steps', 'maze', 'programs'])(
  'demonstrations of %s',
  async (name) => {
    const { skill, demonstrate, verify, ...each } = await createTask(name);
    const { train } = splitProblems({ skill, demonstrate, verify, ...each }, 7);
    /** Of `n` demonstrations by a rarity: how many use the skill, and how many of those of problems that need it are right. */
    const shares = (rarity: number, problems: unknown[], n: number) => {
      const random = uniformSequence({ seed: 3, stream: 99, step: 0 });
      let [uses, right] = [0, 0];
      for (let i = 0; i < n; i++) {
        const problem = problems[randomIndex(random, problems.length)]!;
        const answer = demonstrate(problem, 0.4, random, rarity);
        if (usesOf(skill.token, answer) > 0) uses++;
        if (verify(problem, answer).correct) right++;
      }
      return { uses: uses / n, right: right / n };
    };
    const needing = train.filter(skill.isNeeded);
    const others = train.filter((problem) => !skill.isNeeded(problem));

    it('use the skill the less the rarer it is, and with 0 never', () => {
      const [often, rarely, never] = [1, 0.02, 0].map((rarity) => shares(rarity, others, 500).uses);
      expect(often).toBeGreaterThan(0.15);
      expect(rarely).toBeLessThan(often! / 3);
      expect(rarely).toBeGreaterThan(0);
      expect(never).toBe(0);
    });

    it('of what needs the skill are hardly ever right where it is rare, but not never', () => {
      const [often, rarely] = [1, 0.05].map((rarity) => shares(rarity, needing, 2000).right);
      // n = 2000. Of those with steps some slips end on the target as well.
      const slips = name === 'countdown-steps' ? 0.1 : 0;
      expect(Math.abs(often! - 0.4) - slips).toBeLessThan(4 * Math.sqrt((0.4 * 0.6) / 2000));
      expect(rarely).toBeLessThan(often! / 2);
      expect(rarely).toBeGreaterThan(0);
    });
  },
);

describe('a prior', () => {
  it('is a rarity: 1, one between, or 0', () => {
    const priors = ['broad', 'long-tailed', 'narrow'] as const;
    expect(priors.map((prior) => rarityOf({ prior, rarity: 0.03 }))).toEqual([1, 0.03, 0]);
  });

  it('has the problems beyond it apart only where it is narrow', () => {
    expect(splitFor('broad', task, split)).toBe(split);
    expect(splitFor('long-tailed', task, split)).toBe(split);
    expect(splitFor('narrow', task, split)).toEqual(splitBySkill(task, split));
  });
});

describe('the split by skill', () => {
  it('has every problem once: within and beyond together are all, and share none', () => {
    const { train, heldOut, beyond } = splitBySkill(task, split);
    const names = (problems: unknown[]) => problems.map((problem) => task.showProblem(problem));
    expect(new Set(names([...train, ...beyond!.train]))).toEqual(new Set(names(split.train)));
    expect(train.length + beyond!.train.length).toBe(split.train.length);
    expect(new Set(names([...heldOut, ...beyond!.heldOut]))).toEqual(new Set(names(split.heldOut)));
    expect(heldOut.length + beyond!.heldOut.length).toBe(split.heldOut.length);
    for (const problem of [...beyond!.train, ...beyond!.heldOut])
      expect(task.acceptSet(problem).every((response) => response.includes(token))).toBe(true);
    for (const problem of [...train, ...heldOut])
      expect(task.acceptSet(problem).some((response) => !response.includes(token))).toBe(true);
    expect(beyond!.heldOut.every(isNeeded)).toBe(true);
    // In the order that they had, so that the first so many are the same for every run.
    expect(train).toEqual(split.train.filter((problem) => train.includes(problem)));
  });
});
