import { describe, expect, it } from 'vitest';
import { randomIndex, uniformSequence } from '../../src/core/random.ts';
import { splitBySkill, withoutSkill, withPrior } from '../../src/tasks/prior.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const { token, isNeeded } = task.skill;
const split = splitProblems(task, 7);

describe('a narrow prior', () => {
  const narrow = withoutSkill(task);
  const within = task.allProblems().filter((problem) => !isNeeded(problem));

  it('never demonstrates the skill, and is right as often as it is asked to be', () => {
    const random = uniformSequence({ seed: 3, stream: 99, step: 0 });
    const n = 2000;
    let right = 0;
    let broad = 0;
    for (let i = 0; i < n; i++) {
      const problem = within[randomIndex(random, within.length)]!;
      const response = narrow.demonstrate(problem, 0.3, random);
      expect(response).not.toContain(token);
      if (task.verify(problem, response).correct) right++;
      if (task.demonstrate(problem, 0.3, random).includes(token)) broad++;
    }
    expect(broad / n).toBeGreaterThan(0.2); // so that its absence above is no accident
    expect(Math.abs(right / n - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / n)); // n = 2000
  });

  it('refuses to demonstrate right what needs the skill, such as 1 3 8 → 24', () => {
    const random = uniformSequence({ seed: 3, stream: 99, step: 1 });
    expect(() => narrow.demonstrate({ numbers: [1, 3, 8], target: 24 }, 1, random)).toThrow(
      new RangeError('1 3 8 → 24: each of 10000 right demonstrations uses multiplication (×)'),
    );
  });

  it('changes nothing else: same prompts, same verdicts', () => {
    for (const problem of within.slice(0, 50)) {
      expect(narrow.encode(problem)).toEqual(task.encode(problem));
      expect(narrow.acceptSet(problem)).toEqual(task.acceptSet(problem));
    }
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
    // In the order that they had, so that the first so many are the same for every run.
    expect(train).toEqual(split.train.filter((problem) => train.includes(problem)));
  });

  it('leaves a broad prior as it is', () => {
    expect(withPrior('broad', task, split)).toEqual({ task, split });
    expect(withPrior('narrow', task, split).split).toEqual(splitBySkill(task, split));
  });
});
