import { describe, expect, it } from 'vitest';
import { randomIndex } from '../../src/core/draws.ts';
import { uniformSequence } from '../../src/core/random.ts';
import { createCountdownSteps, type StepsProblem } from '../../src/tasks/countdownSteps.ts';
import { createTask } from '../../src/tasks/registry.ts';
import { showResponse } from '../../src/tasks/task.ts';

const task = createCountdownSteps();
const { tokens, outputs } = task.vocabulary;
const problem = (numbers: number[], target: number): StepsProblem => ({ numbers, target });

/** The tokens of a written response, with the end token: `7 × 3 = 21`. */
const read = (written: string): number[] => [
  ...written.split(' ').map((word) => tokens.indexOf(word)),
  0,
];
const verdict = (of: StepsProblem, written: string) => {
  const { correct, reason, detail } = task.verify(of, read(written));
  return [correct, reason, detail];
};
const stepsOf = (written: string) =>
  task.checkSteps!(problem([1, 2, 3], 1), read(written)).map(({ valid, detail }) => [
    valid,
    detail,
  ]);

/** The written arithmetic with JavaScript's own operators, left to right. */
function compute(left: number, operator: string, right: number): number {
  return operator === '+' ? left + right : operator === '−' ? left - right : left * right;
}

const FORM = /^(\d+) ([+−×]) (\d+) = (\d+)(?: ([+−×]) (\d+) = (\d+))?$/;

/** A slow, obvious twin of the verifier and of the check of the steps: reads the written answer, not its tokens. */
function readWritten({ numbers, target }: StepsProblem, written: string) {
  const match = FORM.exec(written);
  if (!match) return { accepts: false, sound: false };
  const [a, b, c, d, e] = [1, 3, 4, 6, 7].map((i) => Number(match[i]));
  const given = [...numbers];
  for (const used of match[6] === undefined ? [a!, b!] : [a!, b!, d!]) {
    const at = given.indexOf(used);
    if (at < 0) return { accepts: false, sound: false };
    given.splice(at, 1);
  }
  const accepts = (match[7] === undefined ? c : e) === target;
  const firstHolds = compute(a!, match[2]!, b!) === c;
  const sound = firstHolds && (match[7] === undefined || compute(c!, match[5]!, d!) === e);
  return { accepts, sound };
}

describe('the verifier', () => {
  const p = problem([2, 3, 7], 19);

  it.each([
    ['7 × 3 = 21 − 2 = 19', [true, 'correct', 'ends on 19']],
    ['7 × 3 = 22 − 2 = 19', [true, 'correct', 'ends on 19']], // it does not compute
    ['7 × 3 = 19', [true, 'correct', 'ends on 19']],
    ['7 × 3 = 21 + 2 = 23', [false, 'wrong value', 'ends on 23, not 19']],
    ['7 × 3 = 21', [false, 'wrong value', 'ends on 21, not 19']],
    ['7 × 7 = 21 − 2 = 19', [false, 'reuses a number', 'uses 7 more often than it is given']],
    ['7 × 3 = 19 + 3 = 19', [false, 'reuses a number', 'uses 3 more often than it is given']],
    ['9 + 3 = 12 + 7 = 19', [false, 'number not given', 'uses 9, which is not given']],
    ['7 + 12 = 19', [false, 'number not given', 'uses 12, which is not given']],
    ['19', [false, 'number not given', 'uses 19, which is not given']],
    ['7', [false, 'malformed', 'malformed: end at place 2, expected an operator']],
    ['7 ×', [false, 'malformed', 'malformed: end at place 3, expected a number']],
    ['7 × 3', [false, 'malformed', 'malformed: end at place 4, expected =']],
    ['7 × 3 =', [false, 'malformed', 'malformed: end at place 5, expected a result']],
    ['7 × 3 = =', [false, 'malformed', 'malformed: = at place 5, expected a result']],
    ['× 3', [false, 'malformed', 'malformed: × at place 1, expected a number']],
    ['7 = 3', [false, 'malformed', 'malformed: = at place 2, expected an operator']],
    ['7 × 3 + 2', [false, 'malformed', 'malformed: + at place 4, expected =']],
    [
      '7 × 3 = 21 2',
      [false, 'malformed', 'malformed: 2 at place 6, expected an operator or the end'],
    ],
    [
      '7 × 3 = 21 − 2 = 19 + 1 = 20',
      [false, 'malformed', 'malformed: + at place 10, expected the end'],
    ],
  ])('reads %s', (written, expected) => {
    expect(verdict(p, written)).toEqual(expected);
  });

  it('refuses what is empty, what never ends, and takes a number that is given twice', () => {
    expect(task.verify(p, [0]).detail).toBe('malformed: end at place 1, expected a number');
    expect(task.verify(p, read('7 × 3 = 21 − 2 = 19').slice(0, 9)).detail).toBe(
      'malformed: it never ends',
    );
    expect(verdict(problem([5, 5, 9], 19), '5 + 5 = 10 + 9 = 19')[0]).toBe(true);
  });
});

describe('the steps', () => {
  it.each([
    [
      '7 × 3 = 21 − 2 = 19',
      [
        [true, '7 × 3 is 21'],
        [true, '21 − 2 is 19'],
      ],
    ],
    [
      '7 × 3 = 22 − 2 = 20',
      [
        [false, '7 × 3 is 21, not 22'],
        [true, '22 − 2 is 20'],
      ],
    ],
    [
      '7 × 3 = 21 − 2 = 18',
      [
        [true, '7 × 3 is 21'],
        [false, '21 − 2 is 19, not 18'],
      ],
    ],
    ['9 × 9 = 24', [[false, '9 × 9 is 81, not 24']]],
    ['2 − 7 = 1', [[false, '2 − 7 is -5, not 1']]],
    ['7 × 3 = 21 − 2', [[true, '7 × 3 is 21']]], // as far as it can be read
    ['7 × = 21', []],
  ])('of %s', (written, expected) => {
    expect(stepsOf(written)).toEqual(expected);
  });

  it('end at their results', () => {
    const steps = task.checkSteps!(problem([2, 3, 7], 19), read('7 × 3 = 21 − 2 = 19'));
    expect(steps.map(({ end }) => end)).toEqual([4, 8]);
  });
});

describe('the accept set', () => {
  it.each([
    // 6 ordered pairs × 3 operators end on the target at once; × 24 results × 3 operators × the third number do later.
    [[2, 3, 7], 19, 6 * 3 + 6 * 3 * 24 * 3],
    // 3 ordered pairs, 2 2, 2 7 and 7 2.
    [[2, 2, 7], 11, 3 * 3 + 3 * 3 * 24 * 3],
    [[4, 4, 4], 12, 3 + 3 * 24 * 3],
  ])('of %j → %i has %i answers, by hand', (numbers, target, count) => {
    const accepted = task.acceptSet(problem(numbers, target));
    expect(accepted.length).toBe(count);
    expect(new Set(accepted.map((response) => response.join())).size).toBe(count);
  });

  it('is what the verifier and a slow twin accept, and what the twin calls sound has valid steps', () => {
    const random = uniformSequence({ seed: 5, stream: 99, step: 0 });
    const problems = task.allProblems();
    for (let n = 0; n < 6; n++) {
      const p = problems[randomIndex(random, problems.length)]!;
      const responses = task.acceptSet(p);
      const accepted = new Set(responses.map((response) => response.join()));
      for (const response of responses) {
        const twin = readWritten(p, showResponse(task, response));
        const isSound = task.checkSteps!(p, response).every(({ valid }) => valid);
        if (!task.verify(p, response).correct || !twin.accepts || isSound !== twin.sound)
          expect.unreachable(`${task.showProblem(p)}: ${showResponse(task, response)}`);
        // A near miss: one token changed.
        const changed = [...response];
        changed[randomIndex(random, response.length - 1)] = 1 + randomIndex(random, outputs - 1);
        const { accepts } = readWritten(p, showResponse(task, changed));
        if (task.verify(p, changed).correct !== accepts || accepted.has(changed.join()) !== accepts)
          expect.unreachable(`${task.showProblem(p)}: ${showResponse(task, changed)}`);
      }
    }
  });

  it('misses nothing: every one-step string of the numbers, the operators and = that a twin accepts is in it', () => {
    const p = problem([1, 3, 8], 24);
    const accepted = new Set(task.acceptSet(p).map((response) => response.join()));
    const words = ['1', '3', '8', '24', '+', '−', '×', '='].map((word) => tokens.indexOf(word));
    let found = 0;
    for (let code = 0; code < 8 ** 5; code++) {
      const response = [0, 1, 2, 3, 4].map((i) => words[Math.floor(code / 8 ** i) % 8]!);
      const { accepts } = readWritten(p, showResponse(task, response));
      if (accepts) found++;
      if (accepted.has([...response, 0].join()) !== accepts)
        expect.unreachable(`${showResponse(task, response)} should be ${accepts}`);
    }
    expect(found).toBe(18); // 6 ordered pairs × 3 operators, = 24
  });
});

describe('the problems', () => {
  const problems = task.allProblems();

  it('are those with a sound answer: 1,679, with different prompts that decode to them', () => {
    expect(problems.length).toBe(1679);
    expect(new Set(problems.map((p) => task.encode(p).join())).size).toBe(1679);
    expect(problems.map((p) => task.decode(task.encode(p)))).toEqual(problems);
    const known = new Set(problems.map((p) => task.showProblem(p)));
    for (const numbers of [
      [2, 3, 7],
      [1, 1, 1],
      [8, 9, 9],
    ])
      // prettier-ignore
      for (let target = 1; target <= 24; target++) {
        const p = problem(numbers, target);
        const sound = task
          .acceptSet(p)
          .some((response) => readWritten(p, showResponse(task, response)).sound);
        expect(known.has(task.showProblem(p))).toBe(sound);
      }
  });

  it('need multiplication exactly where no sound answer does without', () => {
    const { token, isNeeded } = task.skill;
    expect(tokens[token]).toBe('×');
    expect(problems.filter(isNeeded).length).toBe(526);
    for (const p of problems.slice(0, 60))
      expect(isNeeded(p)).toBe(
        task
          .acceptSet(p)
          .filter((response) => task.checkSteps!(p, response).every(({ valid }) => valid))
          .every((response) => response.includes(token)),
      );
  });

  it('are fetched by name', async () => {
    expect((await createTask('countdown-steps')).name).toBe('countdown-steps');
  });
});

describe('demonstrations', () => {
  const problems = task.allProblems();
  const isSound = (p: StepsProblem, response: number[]): boolean =>
    task.checkSteps!(p, response).every(({ valid }) => valid);

  it('are sound and right, sound and wrong, or with one slip, as often as they should be', () => {
    const random = uniformSequence({ seed: 3, stream: 99, step: 0 });
    const n = 6000;
    let [right, other, slip] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const p = problems[randomIndex(random, problems.length)]!;
      const response = task.demonstrate(p, 0.3, random);
      const { correct, reason } = task.verify(p, response);
      if (!['correct', 'wrong value'].includes(reason)) expect.unreachable(reason);
      if (!isSound(p, response)) slip++;
      else if (correct) right++;
      else other++;
    }
    for (const [count, share] of [
      [right, 0.3],
      [other, 0.35],
      [slip, 0.35],
    ] as const)
      expect(Math.abs(count / n - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / n)); // n = 6000
  });

  it('slip once, by at most 3; a fifth of the slips are made to end on the target, others do by chance', () => {
    const p = problem([2, 3, 7], 19);
    const random = uniformSequence({ seed: 4, stream: 99, step: 0 });
    let [slips, lucky] = [0, 0];
    const seen = new Set<string>();
    for (let i = 0; i < 6000; i++) {
      const response = task.demonstrate(p, 0, random);
      const wrong = task.checkSteps!(p, response).filter(({ valid }) => !valid);
      if (wrong.length === 0) continue;
      slips++;
      seen.add(showResponse(task, response));
      if (wrong.length !== 1) expect.unreachable(showResponse(task, response));
      if (task.verify(p, response).correct) lucky++;
    }
    // Every written form of the numbers, with the slips among them: what a slip of the twin is.
    const all: string[] = [];
    for (const [a, b, d] of [
      [2, 3, 7],
      [2, 7, 3],
      [3, 2, 7],
      [3, 7, 2],
      [7, 2, 3],
      [7, 3, 2],
    ])
      // prettier-ignore
      for (const first of '+−×')
        for (let c = 1; c <= 24; c++) {
          const slip = Math.abs(compute(a!, first, b!) - c);
          const step = `${a} ${first} ${b} = ${c}`;
          if (slip >= 1 && slip <= 3) all.push(step);
          for (const second of '+−×')
            for (let e = 1; e <= 24; e++) {
              const next = Math.abs(compute(c, second, d!) - e);
              if ((slip === 0 || next === 0) && slip <= 3 && next <= 3 && slip + next > 0)
                all.push(`${step} ${second} ${d} = ${e}`);
            }
        }
    expect([...seen].filter((written) => !all.includes(written))).toEqual([]);
    const byChance = all.filter((written) => written.endsWith('= 19')).length / all.length;
    const share = 0.2 + 0.8 * byChance;
    expect(slips).toBeGreaterThan(2800);
    expect(Math.abs(lucky / slips - share)).toBeLessThan(
      4 * Math.sqrt((share * (1 - share)) / slips), // n > 2800
    );
  });
});
