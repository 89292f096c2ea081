import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { createCountdown } from '../../src/tasks/countdown.ts';
import { createMaze } from '../../src/tasks/maze.ts';
import { createMixed, mixTasks, type MixedProblem } from '../../src/tasks/mixed.ts';
import { splitFor } from '../../src/tasks/prior.ts';
import { createPrograms } from '../../src/tasks/programs.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';
import { END, type Task } from '../../src/tasks/task.ts';

const tasks = { countdown: createCountdown(3) as Task, programs: createPrograms() as Task };
type Domain = keyof typeof tasks;
const mixed = createMixed();
const problems = mixed.allProblems();
const ofDomain = (domain: Domain) => problems.filter((each) => each.domain === domain);
const { tokens: words, outputs } = mixed.vocabulary;

/**
 * The union's numbers, counted out by hand: 0 end; 1–13 Countdown's numbers and operators; 14–20 the operations; 21–44
 * the targets; 45–122 inputs and outputs of programs; 123 and 124 the domains.
 */
const union: Record<Domain, (token: number) => number> = {
  countdown: (token) => (token <= 13 ? token : token - 14 + 21),
  programs: (token) => (token === END ? END : token <= 7 ? token - 1 + 14 : token - 8 + 45),
};

describe('the union of two vocabularies', () => {
  it('has the end once, then what responses use, then what prompts do, then the domains', () => {
    expect([words.length, outputs]).toEqual([125, 21]);
    expect([words[0], words[13], words[14], words[20]]).toEqual(['end', '÷', '+1', '×x']);
    expect([words[21], words[44], words[45], words[122]]).toEqual(['→1', '→24', 'x=0', '→60']);
    expect(words.slice(123)).toEqual(['countdown:', 'programs:']);
    for (const domain of ['countdown', 'programs'] as const)
      tasks[domain].vocabulary.tokens.forEach((word, token) =>
        expect(words[union[domain](token)]).toBe(word),
      );
  });

  it('begins a prompt with its domain: 3 7 8 → 20, and what makes 1 of 0 and 5 of 2', () => {
    const countdown: MixedProblem<Domain> = {
      domain: 'countdown',
      problem: { numbers: [3, 7, 8], target: 20 },
    };
    expect(mixed.encode(countdown)).toEqual([123, 3, 7, 8, 40]);
    const programs = ofDomain('programs').find((each) => mixed.showProblem(each) === '0→1, 2→5')!;
    // x=0 is token 45, x=2 is 47; outputs begin with −10 at token 52.
    expect(mixed.encode(programs)).toEqual([124, 45, 63, 47, 67]);
  });
});

describe('every mixed problem', () => {
  it('is one of its own task, with the same prompt behind the domain, and is read back from it', () => {
    expect(ofDomain('countdown').map(({ problem }) => problem)).toEqual(
      tasks.countdown.allProblems(),
    );
    expect(ofDomain('programs').map(({ problem }) => problem)).toEqual(
      tasks.programs.allProblems(),
    );
    const read = problems.map((each) => {
      const [name, ...own] = mixed.encode(each);
      return { name: words[name!], own, back: mixed.decode(mixed.encode(each)) };
    });
    const expected = problems.map((each) => ({
      name: `${each.domain}:`,
      own: tasks[each.domain].encode(each.problem).map(union[each.domain]),
      back: each,
    }));
    expect(read).toEqual(expected);
    expect(new Set(problems.map((each) => mixed.encode(each).join())).size).toBe(problems.length);
    expect(new Set(problems.map(mixed.showProblem)).size).toBe(problems.length);
  });

  it('accepts what its own task accepts, token for token', () => {
    const some = problems.filter((_, i) => i % 5 === 0);
    expect(some.map(mixed.acceptSet)).toEqual(
      some.map(({ domain, problem }) =>
        tasks[domain].acceptSet(problem).map((response) => response.map(union[domain])),
      ),
    );
  });

  it('has the verdict of its own task on right, wrong and malformed responses', () => {
    const random = uniformSequence({ seed: 5, stream: 99, step: 0 });
    for (const domain of ['countdown', 'programs'] as const) {
      const task = tasks[domain];
      for (const each of ofDomain(domain).filter((_, i) => i % 20 === 0)) {
        const anything = Array.from({ length: 6 }, () =>
          Math.floor(random() * task.vocabulary.outputs),
        );
        const demonstrated = task.demonstrate(each.problem, 0.5, random);
        for (const own of [anything, demonstrated, demonstrated.slice(0, -1)])
          expect(mixed.verify(each, own.map(union[domain]))).toEqual(
            task.verify(each.problem, own),
          );
      }
    }
  });

  it('refuses an answer in the tokens of the other domain, by their words', () => {
    const [countdown] = ofDomain('countdown');
    expect(mixed.verify(countdown!, [1, 14, END])).toEqual({
      correct: false,
      reason: 'malformed',
      detail: 'malformed: +1 at place 2, expected an operator or the end',
    });
    const [programs] = ofDomain('programs');
    expect(mixed.verify(programs!, [20, 10, END])).toEqual({
      correct: false,
      reason: 'malformed',
      detail: 'malformed: + at place 2, expected an operation or the end',
    });
    // What is wrong before a foreign token is told first.
    expect(mixed.verify(countdown!, [10, 14, END]).detail).toMatch(/^malformed: \+ at place 1/);
  });

  it('is demonstrated as its own task does with the same random numbers', () => {
    for (const each of problems.filter((_, i) => i % 50 === 0)) {
      const [one, other] = [0, 0].map(() => uniformSequence({ seed: 8, stream: 99, step: 1 }));
      expect(mixed.demonstrate(each, 0.3, one!)).toEqual(
        tasks[each.domain].demonstrate(each.problem, 0.3, other!).map(union[each.domain]),
      );
    }
  });
});

describe('the split of a mixed task', async () => {
  const task = await createTask('mixed');
  const split = splitProblems(task, 2025);
  const domains = (of: unknown[]) => of.map((each) => task.domainOf!(each));

  it('holds out a fifth of each domain', () => {
    for (const domain of ['countdown', 'programs'] as const) {
      const heldOut = domains(split.heldOut).filter((each) => each === domain).length;
      const share = heldOut / ofDomain(domain).length;
      expect(share).toBeGreaterThanOrEqual(0.2);
      expect(share).toBeLessThan(0.21);
    }
  });

  it('alternates, so that the first so many problems hold both equally', () => {
    for (const of of [split.heldOut, split.train])
      domains(of.slice(0, 700)).forEach((domain, i) =>
        expect(domain).toBe(i % 2 === 0 ? 'countdown' : 'programs'),
      );
  });

  it('lacks doubling in programs alone where the prior is narrow', () => {
    const narrow = splitFor('narrow', task, split).beyond!;
    expect(domains([...narrow.train, ...narrow.heldOut])).toEqual(new Array(390).fill('programs'));
    expect(words[task.skill.token]).toBe('×2');
  });
});

describe('domains whose prompts differ in length', () => {
  const [countdown, maze] = [createCountdown(3) as Task, createMaze() as Task];
  const uneven = mixTasks('uneven', { countdown, maze }, 'maze');

  it('are as long as the longest, with the name of the domain in front as often as it takes', () => {
    expect(uneven.promptLength).toBe(1 + maze.promptLength);
    expect(uneven.responseLength).toBe(maze.responseLength);
    for (const each of uneven.allProblems().filter((_, i) => i % 20 === 0)) {
      const prompt = uneven.encode(each);
      expect(prompt.length).toBe(uneven.promptLength);
      expect(uneven.decode(prompt)).toEqual(each);
      const names = prompt.filter((token) => uneven.vocabulary.tokens[token]!.endsWith(':'));
      const own = each.domain === 'maze' ? maze : countdown;
      expect(names.length).toBe(1 + maze.promptLength - own.promptLength);
    }
  });
});
