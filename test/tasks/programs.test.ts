import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import {
  allPrograms,
  createPrograms,
  type ProgramProblem,
  TESTED_INPUTS,
  traceProgram,
} from '../../src/tasks/programs.ts';
import { showResponse } from '../../src/tasks/task.ts';

const programs = createPrograms();
const problems = programs.allProblems();
const [END, PLUS_1, PLUS_3, MINUS_2, TIMES_2, TIMES_3, PLUS_X, TIMES_X] = [0, 1, 2, 3, 4, 5, 6, 7];

/** A problem whose meant function is given as one. */
function asking(meant: (x: number) => number, x: number): ProgramProblem {
  const examples = [0, x].map((input): [number, number] => [input, meant(input)]);
  return { examples, outputs: TESTED_INPUTS.map(meant) };
}
const verdict = (of: ProgramProblem, tokens: number[]) => {
  const { correct, reason, detail } = programs.verify(of, tokens);
  return [correct, reason, detail];
};

/** A slow, obvious twin: reads the written program, each operation an operator and what it is done with. */
function interpret(written: string, x: number): number | 'overflow' {
  let value = x;
  for (const word of written === '' ? [] : written.split(' ')) {
    const operand = word[1] === 'x' ? x : Number(word[1]);
    value = { '+': value + operand, '−': value - operand, '×': value * operand }[word[0]!]!;
    if (value > 10_000 || value < -10_000) return 'overflow';
  }
  return value;
}

const fits = ({ outputs }: ProgramProblem, written: string): boolean =>
  TESTED_INPUTS.every((x, i) => interpret(written, x) === outputs[i]);

describe('a trace', () => {
  it('has the accumulator after each operation', () => {
    expect(traceProgram([PLUS_1, TIMES_X, MINUS_2, PLUS_X, TIMES_3, END], 4)).toEqual({
      values: [5, 20, 18, 22, 66],
      overflows: false,
    });
    expect(traceProgram([END], 4)).toEqual({ values: [], overflows: false });
  });

  it('stops where a value passes 10,000', () => {
    // 17 · 17 · 17 = 4,913, which is allowed; once more is 83,521.
    expect(traceProgram([TIMES_X, TIMES_X, TIMES_X, PLUS_1], 17)).toEqual({
      values: [289, 4913, 83521],
      overflows: true,
    });
  });

  it('never makes the negative zero, which would differ from 0 as a result', () => {
    expect(traceProgram([MINUS_2, TIMES_X], 0).values).toEqual([-2, 0]);
  });
});

describe('the verifier', () => {
  const doubled = asking((x) => 2 * x + 1, 2); // 0→1, 2→5

  it('takes every program that agrees on all inputs', () => {
    for (const program of [
      [TIMES_2, PLUS_1, END],
      [PLUS_X, PLUS_1, END],
      [PLUS_1, PLUS_X, END],
    ])
      expect(verdict(doubled, program)).toEqual([true, 'correct', 'right on all 9 inputs']);
    expect(
      verdict(
        asking((x) => x, 3),
        [END],
      )[0],
    ).toBe(true);
  });

  it('names the first example that is missed', () => {
    expect(verdict(doubled, [TIMES_2, END])).toEqual([
      false,
      'wrong on an example',
      'makes 0 for x = 0, not 1',
    ]);
    expect(verdict(doubled, [TIMES_3, PLUS_1, END])).toEqual([
      false,
      'wrong on an example',
      'makes 7 for x = 2, not 5',
    ]);
  });

  it('names the hidden input on which a program that fits the examples fails', () => {
    // x · x + 1 is 1 for 0 and 5 for 2 as well, but 2 for 1.
    expect(verdict(doubled, [TIMES_X, PLUS_1, END])).toEqual([
      false,
      'fits the examples, fails a hidden test',
      'fits the examples, but makes 2 for x = 1, not 3',
    ]);
    // The minus sign is the one of the page.
    expect(
      verdict(
        asking((x) => x - 3, 2),
        [MINUS_2, END],
      )[2],
    ).toBe('makes −2 for x = 0, not −3');
  });

  it('refuses a program that overflows, on an example or on a hidden input', () => {
    const zero = asking((x) => 0 * x, 6);
    expect(verdict(zero, [TIMES_X, TIMES_X, TIMES_X, TIMES_X, TIMES_X, END])).toEqual([
      false,
      'overflow',
      'passes 10,000 for x = 6',
    ]);
    // 6 · 6 · 6 · 6 is 1,296 and 11 · 11 · 11 · 11 is 14,641.
    const fourth = asking((x) => x ** 4, 2);
    expect(verdict(fourth, [TIMES_X, TIMES_X, TIMES_X, END])).toEqual([
      false,
      'overflow',
      'passes 10,000 for x = 11',
    ]);
  });

  it.each([
    ['no end', [PLUS_1, PLUS_X], 'malformed: it never ends'],
    [
      'six operations',
      [PLUS_1, PLUS_3, MINUS_2, PLUS_1, MINUS_2, PLUS_X],
      'malformed: it has more than 5 operations',
    ],
    ['an input', [PLUS_1, 10, END], 'malformed: x=2 at place 2, expected an operation or the end'],
    ['no token', [200, END], 'malformed: token 200 at place 1, expected an operation or the end'],
  ])('calls malformed: %s', (_, tokens, detail) => {
    expect(verdict(doubled, tokens)).toEqual([false, 'malformed', detail]);
  });
});

describe('the accept set', () => {
  it('is exactly the programs of up to 5 operations that the verifier and a slow twin accept', () => {
    const written = allPrograms().map((program) => [...program, END]);
    expect(written.length).toBe(1 + 7 + 7 ** 2 + 7 ** 3 + 7 ** 4 + 7 ** 5);
    expect(new Set(written.map((program) => program.join())).size).toBe(written.length);
    const random = uniformSequence({ seed: 5, stream: 99, step: 0 });
    for (let n = 0; n < 3; n++) {
      const p = problems[Math.floor(random() * problems.length)]!;
      const accepted = new Set(programs.acceptSet(p).map((tokens) => tokens.join()));
      expect(accepted.size).toBe(programs.acceptSet(p).length);
      let found = 0;
      for (const tokens of written) {
        const accepts = fits(p, showResponse(programs, tokens));
        if (accepts) found++;
        if (
          programs.verify(p, tokens).correct !== accepts ||
          accepted.has(tokens.join()) !== accepts
        )
          throw new Error(`${programs.showProblem(p)}: ${tokens.join()} should be ${accepts}`);
      }
      expect(found).toBe(accepted.size);
      expect(found).toBeGreaterThan(0);
    }
  });
});

describe('the problems', () => {
  it('have one function for each prompt: that of most programs, at least 4, of equally many the shortest', () => {
    // Again from the written programs, grouped by what they make of all inputs.
    const groups = new Map<string, string[]>();
    for (const program of allPrograms()) {
      const written = showResponse(programs, program);
      const outputs = TESTED_INPUTS.map((x) => interpret(written, x));
      if (outputs.includes('overflow')) continue;
      groups.set(outputs.join(), [...(groups.get(outputs.join()) ?? []), written]);
    }
    const rank = (outputs: readonly number[]) => {
      const group = groups.get(outputs.join())!;
      const shortest = Math.min(
        ...group.map((written) => written.split(' ').filter(Boolean).length),
      );
      return group.length - shortest / 10;
    };
    const canShow = (y: number) => y >= -10 && y <= 60;
    const best = new Map<string, string>();
    let rivals = 0;
    for (const [key, group] of groups) {
      const outputs = key.split(',').map(Number);
      if (group.length < 4 || !canShow(outputs[0]!)) continue;
      for (const x of [1, 2, 3, 4, 5, 6].filter((input) => canShow(outputs[input]!))) {
        const prompt = [0, outputs[0], x, outputs[x]].join();
        const rival = best.get(prompt);
        if (rival) rivals++;
        if (!rival || rank(outputs) > rank(rival.split(',').map(Number))) best.set(prompt, key);
      }
    }
    expect(rivals).toBe(2099);
    expect(new Map(problems.map((p) => [p.examples.flat().join(), p.outputs.join()]))).toEqual(
      best,
    );
  });

  it('are 2025, with 23 right programs on average', () => {
    expect(problems.length).toBe(2025);
    const sizes = problems.map((p) => programs.acceptSet(p).length);
    expect(sizes.reduce((a, b) => a + b) / sizes.length).toBeCloseTo(23.041, 3);
  });

  it('show outputs from −10 to 60 at 0 and at one input from 1 to 6', () => {
    expect(programs.showProblem(asking((x) => 2 * x - 4, 2))).toBe('0→−4, 2→0');
    for (const { examples, outputs } of problems) {
      const [first, second] = examples as [[number, number], [number, number]];
      expect(first[0]).toBe(0);
      expect(second[0]).toBeGreaterThanOrEqual(1);
      expect(second[0]).toBeLessThanOrEqual(6);
      for (const [x, y] of examples) {
        expect(y).toBe(outputs[TESTED_INPUTS.indexOf(x as 0)]);
        expect(y).toBeGreaterThanOrEqual(-10);
        expect(y).toBeLessThanOrEqual(60);
      }
    }
  });

  it('are the same in every run and decode from their prompts', () => {
    expect(createPrograms().allProblems()).toEqual(problems);
    for (const p of problems) expect(programs.decode(programs.encode(p))).toEqual(p);
    const words = programs
      .encode(asking((x) => 2 * x - 4, 2))
      .map((t) => programs.vocabulary.tokens[t]);
    expect(words).toEqual(['x=0', '→−4', 'x=2', '→0']);
  });
});

describe('demonstrations', () => {
  const n = 4000;
  const reasons = new Map<string, number>();
  const random = uniformSequence({ seed: 3, stream: 99, step: 0 });
  const wrongs: { p: ProgramProblem; tokens: number[] }[] = [];
  for (let i = 0; i < n; i++) {
    const p = problems[Math.floor(random() * problems.length)]!;
    const tokens = programs.demonstrate(p, 0.4, random);
    const { correct, reason } = programs.verify(p, tokens);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (!correct) wrongs.push({ p, tokens });
  }

  it('are right with the probability asked for, otherwise well-formed and wrong', () => {
    const standardError = Math.sqrt((0.4 * 0.6) / n); // n = 4000
    expect(Math.abs(reasons.get('correct')! / n - 0.4)).toBeLessThan(4 * standardError);
    expect(reasons.get('malformed')).toBeUndefined();
    expect(reasons.get('fits the examples, fails a hidden test')).toBeGreaterThan(0);
  });

  it('are at most two edits from a right program where they are wrong', () => {
    const distance = (a: number[], b: number[]): number => {
      let row = b.map((_, j) => j + 1);
      row.unshift(0);
      a.forEach((x, i) => {
        const next = [i + 1];
        b.forEach((y, j) =>
          next.push(Math.min(row[j]! + (x === y ? 0 : 1), row[j + 1]! + 1, next[j]! + 1)),
        );
        row = next;
      });
      return row.at(-1)!;
    };
    const distances = [0, 0, 0];
    for (const { p, tokens } of wrongs.slice(0, 1000)) {
      const nearest = Math.min(...programs.acceptSet(p).map((right) => distance(tokens, right)));
      expect(nearest).toBeLessThanOrEqual(2);
      distances[nearest]!++;
    }
    expect(distances[0]).toBe(0);
    expect(Math.min(distances[1]!, distances[2]!)).toBeGreaterThan(100);
  });

  it('draw every right program equally often', () => {
    const p = problems.find((each) => programs.acceptSet(each).length === 10)!;
    const drawn = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const program = programs.demonstrate(p, 1, random).join();
      drawn.set(program, (drawn.get(program) ?? 0) + 1);
    }
    expect(drawn.size).toBe(10);
    const standardError = Math.sqrt(0.1 * 0.9 * n); // n = 4000
    for (const count of drawn.values())
      expect(Math.abs(count - n / 10)).toBeLessThan(4 * standardError);
  });
});

describe('the withheld operation', () => {
  it('is needed exactly where no right program does without it', () => {
    const needed = problems.filter(programs.skill.isNeeded);
    expect(needed.length).toBe(390);
    for (const p of problems)
      expect(programs.skill.isNeeded(p)).toBe(
        programs.acceptSet(p).every((program) => program.includes(TIMES_2)),
      );
  });
});
