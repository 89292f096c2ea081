import { randomIndex } from '../core/draws.ts';
import type { RandomSource } from '../core/random.ts';
import { drawByHabit } from './habits.ts';
import { END, type Task, type Verdict } from './task.ts';

/**
 * Programs: find a program from two examples of what it computes.
 *
 * The program has one accumulator, which starts as the input x, and up to 5 operations on it. The prompt shows what it
 * makes of 0 and of one other input. The response is the operations, then the end token. It is right if it agrees with
 * the meant function on every tested input, those of the examples and others that the prompt does not show, so a
 * program can fit the examples and still be wrong.
 */
export interface ProgramProblem {
  /** The two examples of the prompt, input and output; the first input is 0. */
  examples: [x: number, y: number][];
  /** What the meant function makes of each of {@link TESTED_INPUTS}. */
  outputs: number[];
}

/** The inputs on which a program is judged. */
export const TESTED_INPUTS = [0, 1, 2, 3, 4, 5, 6, 11, 17] as const;
const LARGEST_EXAMPLE_INPUT = 6;
const EXAMPLE_OUTPUTS = { least: -10, most: 60 } as const;
const LONGEST_PROGRAM = 5;
/** A function that fewer programs compute is not asked for: a base that was never shown it would hardly ever find one. */
const FEWEST_PROGRAMS = 4;
/** A value farther from 0 than this ends the program, so that repeated × x cannot leave the exact integers. */
const LARGEST_VALUE = 10_000;

/** Token ids: 0 end; 1–7 the operations; then one token for each input, then one for each output of an example. */
const OPERATIONS: readonly { name: string; apply: (value: number, x: number) => number }[] = [
  { name: '+1', apply: (value) => value + 1 },
  { name: '+3', apply: (value) => value + 3 },
  { name: '−2', apply: (value) => value - 2 },
  { name: '×2', apply: (value) => value * 2 },
  { name: '×3', apply: (value) => value * 3 },
  { name: '+x', apply: (value, x) => value + x },
  { name: '×x', apply: (value, x) => value * x },
];
const OUTPUTS = 1 + OPERATIONS.length;
const FIRST_INPUT = OUTPUTS;
const FIRST_OUTPUT = FIRST_INPUT + LARGEST_EXAMPLE_INPUT + 1;
const DOUBLE = 1 + OPERATIONS.findIndex(({ name }) => name === '×2');

const signed = (value: number): string => String(value).replace('-', '−');

const TOKENS = [
  'end',
  ...OPERATIONS.map(({ name }) => name),
  ...Array.from({ length: LARGEST_EXAMPLE_INPUT + 1 }, (_, x) => `x=${x}`),
  ...Array.from(
    { length: EXAMPLE_OUTPUTS.most - EXAMPLE_OUTPUTS.least + 1 },
    (_, i) => `→${signed(EXAMPLE_OUTPUTS.least + i)}`,
  ),
];

/** What a program does with one input. */
export interface Trace {
  /** The accumulator after each operation, up to the first that overflows, which is included. */
  values: number[];
  /** Whether a value went farther from 0 than 10,000, which ends the program. */
  overflows: boolean;
}

/**
 * Runs a program on the input `x`. The program is tokens of operations, with or without the end token.
 * `+1 ×x` on 4: 5, 20.
 */
export function traceProgram(program: readonly number[], x: number): Trace {
  const values: number[] = [];
  let value = x;
  for (const token of program) {
    if (token === END) break;
    // Adding 0 turns −0, which −2 · 0 makes, into 0.
    value = OPERATIONS[token - 1]!.apply(value, x) + 0;
    values.push(value);
    if (Math.abs(value) > LARGEST_VALUE) return { values, overflows: true };
  }
  return { values, overflows: false };
}

/** What the program makes of `x`, or null where it overflows. */
function run(program: readonly number[], x: number): number | null {
  const { values, overflows } = traceProgram(program, x);
  return overflows ? null : (values.at(-1) ?? x);
}

/** Every program of at most 5 operations, without the end token, the shorter ones first. */
export function allPrograms(): number[][] {
  let longest: number[][] = [[]];
  const programs = [...longest];
  for (let length = 1; length <= LONGEST_PROGRAM; length++) {
    longest = longest.flatMap((program) => OPERATIONS.map((_, i) => [...program, i + 1]));
    programs.push(...longest);
  }
  return programs;
}

const canBeShown = (output: number): boolean =>
  output >= EXAMPLE_OUTPUTS.least && output <= EXAMPLE_OUTPUTS.most;

/** Every pair of examples by which a function can be asked for: what it makes of 0 and of one other input. */
function examplesOf(outputs: readonly number[]): [number, number][][] {
  if (!canBeShown(outputs[0]!)) return [];
  // Inputs from 0 to 6 stand at their own places in the tested inputs.
  return Array.from({ length: LARGEST_EXAMPLE_INPUT }, (_, i) => i + 1)
    .filter((x) => canBeShown(outputs[x]!))
    .map((x) => [0, x].map((input) => [input, outputs[input]!]));
}

const encode = ({ examples }: Pick<ProgramProblem, 'examples'>): number[] =>
  examples.flatMap(([x, y]) => [FIRST_INPUT + x, FIRST_OUTPUT + y - EXAMPLE_OUTPUTS.least]);

/** A problem with its right programs, without their end tokens. */
interface Solved {
  problem: ProgramProblem;
  programs: number[][];
}

/**
 * The problems by their prompt. Where several functions agree on the examples, the one that most programs compute is
 * meant, and of equally many the one with the shortest program.
 */
function solvedProblems(): Map<string, Solved> {
  const functions = new Map<string, { outputs: number[]; programs: number[][] }>();
  for (const program of allPrograms()) {
    const outputs = TESTED_INPUTS.map((x) => run(program, x));
    if (!outputs.every((output) => output !== null)) continue;
    const known = functions.get(outputs.join());
    if (known) known.programs.push(program);
    else functions.set(outputs.join(), { outputs, programs: [program] });
  }
  const solved = new Map<string, Solved>();
  // Functions come in the order of their shortest programs, so that of equals the first has the shortest.
  for (const { outputs, programs } of functions.values()) {
    if (programs.length < FEWEST_PROGRAMS) continue;
    for (const examples of examplesOf(outputs)) {
      const prompt = encode({ examples }).join();
      const rival = solved.get(prompt);
      if (!rival || programs.length > rival.programs.length)
        solved.set(prompt, { problem: { examples, outputs }, programs });
    }
  }
  return solved;
}

const wrong = (reason: string, detail: string): Verdict => ({ correct: false, reason, detail });

function verify({ examples, outputs }: ProgramProblem, response: readonly number[]): Verdict {
  const end = response.indexOf(END);
  const program = end < 0 ? response : response.slice(0, end);
  for (let at = 0; at < program.length; at++) {
    const token = program[at]!;
    if (at === LONGEST_PROGRAM)
      return wrong('malformed', `malformed: it has more than ${LONGEST_PROGRAM} operations`);
    if (!(token >= 1 && token < OUTPUTS)) {
      const word = TOKENS[token] ?? `token ${token}`;
      return wrong(
        'malformed',
        `malformed: ${word} at place ${at + 1}, expected an operation or the end`,
      );
    }
  }
  if (end < 0) return wrong('malformed', 'malformed: it never ends');

  const shown = examples.map(([x]) => x);
  // The examples first: who misses one has not read the prompt, whatever else is wrong.
  for (const x of [...shown, ...TESTED_INPUTS.filter((input) => !shown.includes(input))]) {
    const expected = outputs[TESTED_INPUTS.indexOf(x as 0)]!;
    const made = run(program, x);
    if (made === null)
      return wrong('overflow', `passes ${LARGEST_VALUE.toLocaleString('en')} for x = ${x}`);
    const difference = `${signed(made)} for x = ${x}, not ${signed(expected)}`;
    if (made !== expected)
      return shown.includes(x)
        ? wrong('wrong on an example', `makes ${difference}`)
        : wrong(
            'fits the examples, fails a hidden test',
            `fits the examples, but makes ${difference}`,
          );
  }
  return { correct: true, reason: 'correct', detail: `right on all ${outputs.length} inputs` };
}

/** A copy with one operation replaced, put in or taken out at a random place. */
function edited(program: readonly number[], random: RandomSource): number[] {
  const operation = 1 + randomIndex(random, OPERATIONS.length);
  const edits: (() => number[])[] = [];
  if (program.length > 0) {
    const at = randomIndex(random, program.length);
    edits.push(
      () => program.with(at, operation),
      () => program.toSpliced(at, 1),
    );
  }
  if (program.length < LONGEST_PROGRAM)
    edits.push(() => program.toSpliced(randomIndex(random, program.length + 1), 0, operation));
  return edits[randomIndex(random, edits.length)]!();
}

/** One of the programs with one or two edits. */
function nearTo(programs: readonly number[][], random: RandomSource): number[] {
  let program = programs[randomIndex(random, programs.length)]!;
  const edits = 1 + randomIndex(random, 2);
  for (let edit = 0; edit < edits; edit++) program = edited(program, random);
  return program;
}

/** So many near misses are drawn for a demonstration, of which one can be chosen by habit. */
const NEAR_MISSES = 8;

export function createPrograms(): Task<ProgramProblem> {
  const solved = solvedProblems();
  const programsOf = (problem: ProgramProblem): number[][] =>
    solved.get(encode(problem).join())!.programs;

  return {
    name: 'programs',
    vocabulary: { tokens: TOKENS, outputs: OUTPUTS },
    promptLength: 4,
    responseLength: LONGEST_PROGRAM + 1,

    allProblems: () => [...solved.values()].map(({ problem }) => problem),

    encode,

    verify,

    acceptSet: (problem) => programsOf(problem).map((program) => [...program, END]),

    /**
     * The wrong ones are right programs with one or two edits: unrelated programs teach a base nothing to sharpen. They
     * are too many to enumerate, so habit chooses among a few.
     */
    demonstrate(problem, correctFraction, random, rarity = 1) {
      const right = programsOf(problem);
      // An edit of a right program can be another right one.
      const nearMiss = (): number[] => {
        for (;;) {
          const program = nearTo(right, random);
          if (!verify(problem, [...program, END]).correct) return program;
        }
      };
      const wrong = Array.from({ length: rarity === 1 ? 1 : NEAR_MISSES }, nearMiss);
      const lists = [
        { share: correctFraction, of: right },
        { share: 1 - correctFraction, of: wrong },
      ];
      return [...drawByHabit(lists, DOUBLE, rarity, random), END];
    },

    /** Its function: the examples only say which one is meant. */
    kindOf: ({ outputs }) => outputs.join(),
    sizeOf: (problem) => Math.min(...programsOf(problem).map(({ length }) => length)),

    showProblem: ({ examples }) => examples.map(([x, y]) => `${x}→${signed(y)}`).join(', '),

    decode: (prompt) => solved.get(prompt.join())!.problem,

    skill: {
      label: 'doubling (×2)',
      token: DOUBLE,
      isNeeded: (problem) => programsOf(problem).every((program) => program.includes(DOUBLE)),
    },
  };
}
