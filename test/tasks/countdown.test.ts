import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { createCountdown, type CountdownProblem } from '../../src/tasks/countdown.ts';
import { createTask } from '../../src/tasks/registry.ts';
import { showResponse } from '../../src/tasks/task.ts';

const countdown = createCountdown(3);
const [PLUS, MINUS, TIMES, DIVIDE] = [10, 11, 12, 13];
const END = 0;
const problem = (numbers: number[], target: number): CountdownProblem => ({ numbers, target });
const verdict = (of: CountdownProblem, tokens: number[]) => {
  const { correct, reason, detail } = countdown.verify(of, tokens);
  return [correct, reason, detail];
};

/** A slow, obvious twin: reads the written expression with a regular expression and computes it in fractions. */
function acceptsWritten({ numbers, target }: CountdownProblem, written: string): boolean {
  if (!/^\d( [+−×÷] \d)*$/.test(written)) return false;
  const words = written.split(' ');
  const used = words.filter((_, i) => i % 2 === 0).map(Number);
  const given = [...numbers];
  for (const number of used) {
    const at = given.indexOf(number);
    if (at < 0) return false;
    given.splice(at, 1);
  }
  let value = used[0]!;
  for (let i = 1; i < words.length; i += 2) {
    const number = Number(words[i + 1]);
    if (words[i] === '+') value += number;
    if (words[i] === '−') value -= number;
    if (words[i] === '×') value *= number;
    if (words[i] === '÷') value /= number;
    if (!Number.isInteger(value)) return false;
  }
  return value === target;
}

describe('the verifier', () => {
  const p = problem([2, 3, 4], 20);

  it('evaluates from left to right: 2 + 3 × 4 makes 20', () => {
    expect(verdict(p, [2, PLUS, 3, TIMES, 4, END])).toEqual([true, 'correct', 'makes 20']);
  });

  it('names the wrong value', () => {
    expect(verdict(p, [2, TIMES, 3, PLUS, 4, END])).toEqual([
      false,
      'wrong value',
      'makes 10, not 20',
    ]);
  });

  it('accepts fewer numbers than are given, and a single one', () => {
    expect(verdict(problem([2, 3, 4], 12), [3, TIMES, 4, END])[0]).toBe(true);
    expect(verdict(problem([2, 3, 4], 4), [4, END])[0]).toBe(true);
  });

  it('refuses a number used more often than given, and takes one that is given twice', () => {
    expect(verdict(p, [2, PLUS, 2, TIMES, 4, END])).toEqual([
      false,
      'reuses a number',
      'uses 2 more often than it is given',
    ]);
    expect(verdict(problem([5, 5, 9], 10), [5, PLUS, 5, END])[0]).toBe(true);
  });

  it('refuses a number that is not given', () => {
    expect(verdict(p, [7, PLUS, 3, END])).toEqual([
      false,
      'number not given',
      'uses 7, which is not given',
    ]);
  });

  it('refuses inexact division, also of a negative value, and takes exact division', () => {
    expect(verdict(p, [3, DIVIDE, 2, END])).toEqual([
      false,
      'inexact division',
      '3 ÷ 2 leaves a remainder',
    ]);
    expect(verdict(p, [2, MINUS, 3, DIVIDE, 4, END])[1]).toBe('inexact division');
    expect(verdict(problem([2, 3, 6], 4), [6, DIVIDE, 3, PLUS, 2, END])[0]).toBe(true);
    expect(verdict(problem([2, 4, 8], 1), [2, MINUS, 8, DIVIDE, 4, END])[1]).toBe(
      'inexact division',
    );
  });

  it.each([
    ['empty', [END], 'malformed: it is empty'],
    ['an operator first', [PLUS, 2, END], 'malformed: + at place 1, expected a number'],
    [
      'two numbers in a row',
      [2, 3, END],
      'malformed: 3 at place 2, expected an operator or the end',
    ],
    ['an operator last', [2, PLUS, END], 'malformed: it ends after +'],
    ['no end', [2, PLUS, 3, TIMES, 4, PLUS], 'malformed: it never ends'],
    ['a prompt token', [2, 20, END], 'malformed: →7 at place 2, expected an operator or the end'],
  ])('calls malformed: %s', (_, tokens, detail) => {
    expect(verdict(p, tokens)).toEqual([false, 'malformed', detail]);
  });
});

describe('the accept set', () => {
  it('of 2 2 4 → 4, worked by hand', () => {
    const written = countdown
      .acceptSet(problem([2, 2, 4], 4))
      .map((tokens) => showResponse(countdown, tokens))
      .sort();
    expect(written).toEqual(
      [
        '4',
        '2 + 2',
        '2 × 2',
        '2 − 2 + 4',
        '2 ÷ 2 × 4',
        '2 + 4 − 2',
        '2 × 4 ÷ 2',
        '4 + 2 − 2',
        '4 − 2 + 2',
        '4 × 2 ÷ 2',
        '4 ÷ 2 × 2',
        '4 − 2 × 2',
        '4 ÷ 2 + 2',
      ].sort(),
    );
  });

  it.each(['countdown-3', 'countdown-4'])(
    'is exactly what the verifier and a slow twin accept: %s',
    async (name) => {
      const task = await createTask(name);
      const random = uniformSequence({ seed: 5, stream: 99, step: 0 });
      const problems = task.allProblems() as CountdownProblem[];
      for (let n = 0; n < 40; n++) {
        const p = problems[Math.floor(random() * problems.length)]!;
        const accepted = new Set(task.acceptSet(p).map((tokens) => tokens.join()));
        expect(accepted.size).toBe(task.acceptSet(p).length);
        // And near misses: every accepted response with one token changed.
        for (const tokens of task.acceptSet(p)) {
          const changed = [...tokens];
          changed[Math.floor(random() * (tokens.length - 1))] = 1 + Math.floor(random() * 13);
          const accepts = acceptsWritten(p, showResponse(task, changed));
          if (
            !task.verify(p, tokens).correct ||
            task.verify(p, changed).correct !== accepts ||
            accepted.has(changed.join()) !== accepts
          )
            expect.unreachable(`${task.showProblem(p)}: ${changed.join()} should be ${accepts}`);
        }
      }
    },
  );

  it('misses nothing: every string of up to 4 tokens that a slow twin accepts is in it', () => {
    const p = problem([1, 3, 8], 24);
    const accepted = new Set(countdown.acceptSet(p).map((tokens) => tokens.join()));
    let found = 0;
    for (let a = 1; a <= 13; a++)
      for (let b = 1; b <= 13; b++)
        for (let c = 1; c <= 13; c++) {
          const tokens = [a, b, c, END];
          const accepts = acceptsWritten(p, showResponse(countdown, tokens));
          if (accepts) found++;
          if (accepted.has(tokens.join()) !== accepts)
            expect.unreachable(`${tokens.join()} should be ${accepts}`);
        }
    expect(found).toBe(2); // 3 × 8 and 8 × 3
  });
});

describe('the problems', () => {
  it.each([
    ['countdown-3', 1999],
    ['countdown-4', 10282],
  ])('%s has %i, all solvable, prompts all different', async (name, count) => {
    const task = await createTask(name);
    const problems = task.allProblems();
    expect(problems.length).toBe(count);
    const prompts = new Set(problems.map((p) => task.encode(p).join()));
    expect(prompts.size).toBe(count);
    expect(problems.slice(0, 300).filter((p) => task.acceptSet(p).length === 0)).toEqual([]);
  });

  it('refuses an unknown task and names the known ones', async () => {
    await expect(createTask('sudoku')).rejects.toThrow(
      "no task is called 'sudoku'; the tasks are countdown-3, countdown-4",
    );
  });
});

describe('demonstrations', () => {
  it('are correct with the probability asked for, and otherwise well-formed and wrong', () => {
    const random = uniformSequence({ seed: 3, stream: 99, step: 0 });
    const problems = countdown.allProblems();
    const n = 4000;
    const reasons = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const p = problems[Math.floor(random() * problems.length)]!;
      const { reason } = countdown.verify(p, countdown.demonstrate(p, 0.3, random));
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    expect([...reasons.keys()].sort()).toEqual(['correct', 'wrong value']);
    const standardError = Math.sqrt((0.3 * 0.7) / n); // n = 4000
    expect(Math.abs(reasons.get('correct')! / n - 0.3)).toBeLessThan(4 * standardError);
  });
});

describe.each(['countdown-3', 'countdown-4'])('%s', (name) => {
  it('decodes its own prompts', async () => {
    const task = await createTask(name);
    const problems = task.allProblems();
    expect(JSON.stringify(problems.map((p) => task.decode(task.encode(p))))).toBe(
      JSON.stringify(problems),
    );
  });

  it('needs multiplication exactly where no accepted answer does without', async () => {
    const { skill, acceptSet, allProblems } = await createTask(name);
    const needed = allProblems().filter(skill.isNeeded);
    expect(needed.length).toBeGreaterThan(50);
    const some = allProblems().slice(0, 500);
    const lacking = some.filter((p) => acceptSet(p).every((of) => of.includes(skill.token)));
    expect(lacking).toEqual(some.filter(skill.isNeeded));
  });
});
