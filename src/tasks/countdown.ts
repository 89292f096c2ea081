import type { RandomSource } from '../core/random.ts';
import { drawByHabit } from './habits.ts';
import { END, type Task, type Verdict } from './task.ts';

/**
 * Countdown: reach the target with the given numbers.
 *
 * The prompt is the numbers in ascending order and the target. The response is an expression `a op b op c`,
 * evaluated from left to right as a pocket calculator does (2 + 3 × 4 makes 20), then the end token. Each given
 * number may be used at most once, division must be exact, intermediate values may be negative or 0.
 *
 * After TinyZero's Countdown task (Pan et al. 2025), reduced to one-digit numbers and calculator order.
 */
export interface CountdownProblem {
  /** In ascending order, each from 1 to 9; a number may occur twice. */
  numbers: number[];
  /** From 1 to 24. */
  target: number;
}

const LARGEST_NUMBER = 9;
const LARGEST_TARGET = 24;

/** Token ids: 0 end; 1–9 the numbers; 10–13 the operators; then one token for each target. */
const OPERATORS = ['+', '−', '×', '÷'] as const;
const FIRST_OPERATOR = LARGEST_NUMBER + 1;
const TIMES = FIRST_OPERATOR + OPERATORS.indexOf('×');
const OUTPUTS = FIRST_OPERATOR + OPERATORS.length;

const TOKENS = [
  'end',
  ...Array.from({ length: LARGEST_NUMBER }, (_, i) => String(i + 1)),
  ...OPERATORS,
  ...Array.from({ length: LARGEST_TARGET }, (_, i) => `→${i + 1}`),
];

/** An expression over some of the numbers, with the value that it makes. */
interface Expression {
  tokens: number[];
  value: number;
}

/** `value op number`, or null where a division leaves a remainder. */
function apply(value: number, operator: number, number: number): number | null {
  switch (OPERATORS[operator - FIRST_OPERATOR]) {
    case '+':
      return value + number;
    case '−':
      return value - number;
    case '×':
      return value * number;
    default:
      // Adding 0 turns −0, which 0 ÷ n never makes but (−0) would compare unequal as a key, into 0.
      return value % number === 0 ? value / number + 0 : null;
  }
}

/** Every well-formed expression over `numbers`, each token sequence once, by depth-first search. */
export function enumerateExpressions(numbers: readonly number[]): Expression[] {
  const left = new Array<number>(LARGEST_NUMBER + 1).fill(0);
  for (const number of numbers) left[number]!++;
  const found: Expression[] = [];
  const tokens: number[] = [];

  const extend = (value: number): void => {
    found.push({ tokens: [...tokens, END], value });
    for (let number = 1; number <= LARGEST_NUMBER; number++) {
      if (left[number] === 0) continue;
      for (let operator = FIRST_OPERATOR; operator < OUTPUTS; operator++) {
        const next = apply(value, operator, number);
        if (next === null) continue;
        tokens.push(operator, number);
        left[number]!--;
        extend(next);
        left[number]!++;
        tokens.length -= 2;
      }
    }
  };
  for (let number = 1; number <= LARGEST_NUMBER; number++) {
    if (left[number] === 0) continue;
    tokens.push(number);
    left[number]!--;
    extend(number);
    left[number]!++;
    tokens.length = 0;
  }
  return found;
}

/** Every choice of `size` numbers from 1 to 9, with repetition, each in ascending order. */
export function ascendingMultisets(size: number, smallest = 1): number[][] {
  if (size === 0) return [[]];
  const found: number[][] = [];
  for (let first = smallest; first <= LARGEST_NUMBER; first++)
    for (const rest of ascendingMultisets(size - 1, first)) found.push([first, ...rest]);
  return found;
}

const wrong = (reason: string, detail: string): Verdict => ({ correct: false, reason, detail });

function verify(problem: CountdownProblem, response: readonly number[]): Verdict {
  const left = new Array<number>(LARGEST_NUMBER + 1).fill(0);
  for (const number of problem.numbers) left[number]!++;
  let value: number | null = null;
  let operator: number | null = null;

  for (let at = 0; at < response.length; at++) {
    const token = response[at]!;
    const word = TOKENS[token] ?? `token ${token}`;
    const expectsNumber = value === null || operator !== null;
    if (token === END) {
      if (value === null) return wrong('malformed', 'malformed: it is empty');
      if (operator !== null)
        return wrong('malformed', `malformed: it ends after ${TOKENS[operator]}`);
      if (value === problem.target)
        return { correct: true, reason: 'correct', detail: `makes ${value}` };
      return wrong('wrong value', `makes ${value}, not ${problem.target}`);
    }
    if (expectsNumber) {
      if (!(token >= 1 && token <= LARGEST_NUMBER))
        return wrong('malformed', `malformed: ${word} at place ${at + 1}, expected a number`);
      if (left[token] === 0)
        return problem.numbers.includes(token)
          ? wrong('reuses a number', `uses ${token} more often than it is given`)
          : wrong('number not given', `uses ${token}, which is not given`);
      left[token]!--;
      if (value === null || operator === null) value = token;
      else {
        const next = apply(value, operator, token);
        if (next === null)
          return wrong('inexact division', `${value} ÷ ${token} leaves a remainder`);
        value = next;
        operator = null;
      }
    } else {
      if (!(token >= FIRST_OPERATOR && token < OUTPUTS))
        return wrong(
          'malformed',
          `malformed: ${word} at place ${at + 1}, expected an operator or the end`,
        );
      operator = token;
    }
  }
  return wrong('malformed', 'malformed: it never ends');
}

/** Countdown with `size` numbers (3 or 4). */
export function createCountdown(size: number): Task<CountdownProblem> {
  // Expressions depend on the numbers alone, so the problems with the same numbers share them. Those that make no
  // possible target are left out, which keeps 4 numbers at 155,000 expressions instead of 976,000.
  const cache = new Map<string, Expression[]>();
  const expressionsOf = (numbers: readonly number[]): Expression[] => {
    const key = numbers.join();
    let expressions = cache.get(key);
    if (!expressions) {
      expressions = enumerateExpressions(numbers).filter(
        ({ value }) => value >= 1 && value <= LARGEST_TARGET,
      );
      cache.set(key, expressions);
    }
    return expressions;
  };

  return {
    name: `countdown-${size}`,
    vocabulary: { tokens: TOKENS, outputs: OUTPUTS },
    promptLength: size + 1,
    responseLength: 2 * size,

    allProblems() {
      const problems: CountdownProblem[] = [];
      for (const numbers of ascendingMultisets(size)) {
        const reachable = new Set(expressionsOf(numbers).map(({ value }) => value));
        for (const target of [...reachable].sort((a, b) => a - b))
          problems.push({ numbers, target });
      }
      return problems;
    },

    encode: ({ numbers, target }) => [...numbers, OUTPUTS + target - 1],

    verify,

    acceptSet: ({ numbers, target }) =>
      expressionsOf(numbers)
        .filter(({ value }) => value === target)
        .map(({ tokens }) => tokens),

    /** The wrong ones make another target from 1 to 24, so that they are wrong in ways that are near to right. */
    demonstrate({ numbers, target }, correctFraction, random: RandomSource, rarity = 1) {
      const [right, wrong]: number[][][] = [[], []];
      for (const { tokens, value } of expressionsOf(numbers))
        (value === target ? right : wrong)!.push(tokens);
      const lists = [
        { share: correctFraction, of: right! },
        { share: 1 - correctFraction, of: wrong! },
      ];
      return drawByHabit(lists, TIMES, rarity, random).slice();
    },

    /**
     * Its right answers: where a number is of no use, as the 8 of `1 2 8 → 3`, others in its place ask for the same. Of
     * problems of different kinds the numbers still occur on both sides of a split, with other targets.
     */
    kindOf: ({ numbers, target }) =>
      expressionsOf(numbers)
        .flatMap(({ tokens, value }) => (value === target ? [tokens.join()] : []))
        .sort()
        .join(';'),
    /** The operators of the shortest expression: n numbers have n − 1 between them, and the end token after the last. */
    sizeOf: ({ numbers, target }) =>
      Math.min(
        ...expressionsOf(numbers)
          .filter(({ value }) => value === target)
          .map(({ tokens }) => tokens.length / 2 - 1),
      ),

    showProblem: ({ numbers, target }) => `${numbers.join(' ')} → ${target}`,

    decode: (prompt) => ({
      numbers: prompt.slice(0, size),
      target: prompt[size]! - OUTPUTS + 1,
    }),

    skill: {
      label: 'multiplication (×)',
      token: TIMES,
      isNeeded: ({ numbers, target }) =>
        expressionsOf(numbers).every(
          ({ tokens, value }) => value !== target || tokens.includes(TIMES),
        ),
    },
  };
}
