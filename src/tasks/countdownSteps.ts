import type { RandomSource } from '../core/random.ts';
import { ascendingMultisets } from './countdown.ts';
import { drawByHabit } from './habits.ts';
import { END, type StepCheck, type Task, type Verdict } from './task.ts';

/**
 * Countdown that writes its intermediate results: `7 × 3 = 21 − 2 = 19` for the target 19.
 *
 * The prompt is 3 numbers in ascending order and the target. The response is `a op b = c`, or `a op b = c op d = e`,
 * then the end token; the second step goes on from what the first one wrote. Its a, b and d are given numbers, each
 * used at most once. The verifier reads this form and whether the last written result is the target. It does not
 * compute: `7 × 3 = 22 − 2 = 19` is accepted too, and only {@link Task.checkSteps} tells that both steps are wrong.
 */
export interface StepsProblem {
  /** 3 in ascending order, each from 1 to 9; a number may occur twice. */
  numbers: number[];
  /** From 1 to 24. */
  target: number;
}

const SIZE = 3;
const LARGEST_VALUE = 24;

/** Token ids: 0 end; 1–24 the values, given or written; 25–27 the operators; 28 the equals sign. */
const OPERATORS = ['+', '−', '×'] as const;
const FIRST_OPERATOR = LARGEST_VALUE + 1;
const TIMES = FIRST_OPERATOR + OPERATORS.indexOf('×');
const EQUALS = FIRST_OPERATOR + OPERATORS.length;
const TOKENS = [
  'end',
  ...Array.from({ length: LARGEST_VALUE }, (_, i) => String(i + 1)),
  ...OPERATORS,
  '=',
];

/** Where the written results of `a op b = c op d = e` stand. */
const RESULTS = [4, 8];

/** A slip writes a result that is off by up to so much, as a slip of a pen or of the head is. */
const LARGEST_SLIP = 3;
/** Of the demonstrations that are not right, the share with a slip; the others are right for another target. */
const SLIP_SHARE = 0.5;
/** Of those with a slip, the share that is made to end on the target, where a slip can. */
const LUCKY_SHARE = 0.2;

const isValue = (token: number): boolean => token >= 1 && token <= LARGEST_VALUE;
const isOperator = (token: number): boolean => token >= FIRST_OPERATOR && token < EQUALS;

function apply(left: number, operator: number, right: number): number {
  const word = OPERATORS[operator - FIRST_OPERATOR];
  return word === '+' ? left + right : word === '−' ? left - right : left * right;
}

/**
 * Every response over `numbers`, each token sequence once, whose written results are among those that `write` gives
 * for a step's true result and number (0 or 1).
 */
function enumerateResponses(
  numbers: readonly number[],
  write: (result: number, step: number) => readonly number[],
): number[][] {
  const found: number[][] = [];
  const without = (left: readonly number[], number: number): number[] => {
    const rest = left.slice();
    rest.splice(rest.indexOf(number), 1);
    return rest;
  };
  const extend = (tokens: number[], value: number, left: readonly number[], step: number): void => {
    for (const number of new Set(left))
      for (let operator = FIRST_OPERATOR; operator < EQUALS; operator++)
        for (const result of write(apply(value, operator, number), step)) {
          const longer = [...tokens, operator, number, EQUALS, result];
          found.push([...longer, END]);
          if (step + 1 < SIZE - 1) extend(longer, result, without(left, number), step + 1);
        }
  };
  for (const number of new Set(numbers)) extend([number], number, without(numbers, number), 0);
  return found;
}

const lastResult = (response: readonly number[]): number => response.at(-2)!;
const ALL_VALUES = Array.from({ length: LARGEST_VALUE }, (_, i) => i + 1);
const truly = (result: number): number[] => (isValue(result) ? [result] : []);

/** The values that a slip writes instead of `result`, which may itself be out of range. */
const slipped = (result: number): number[] =>
  ALL_VALUES.filter((value) => value !== result && Math.abs(value - result) <= LARGEST_SLIP);

const wrong = (reason: string, detail: string): Verdict => ({ correct: false, reason, detail });

function verify({ numbers, target }: StepsProblem, response: readonly number[]): Verdict {
  const left = numbers.slice();
  for (let at = 0; at < response.length; at++) {
    const token = response[at]!;
    const malformed = (expected: string): Verdict =>
      wrong(
        'malformed',
        `malformed: ${TOKENS[token] ?? `token ${token}`} at place ${at + 1}, expected ${expected}`,
      );
    // A first number, then steps of four places each: operator, number, equals sign, result.
    const place =
      at === 0 ? 'number' : (['operator', 'number', 'equals', 'result'] as const)[(at - 1) % 4];
    if (token === END && at > 1 && place === 'operator')
      return lastResult(response.slice(0, at + 1)) === target
        ? { correct: true, reason: 'correct', detail: `ends on ${target}` }
        : wrong('wrong value', `ends on ${response[at - 1]}, not ${target}`);
    if (place === 'operator' && at > 4 * (SIZE - 1)) return malformed('the end');
    if (place === 'operator' && !isOperator(token))
      return malformed(at === 1 ? 'an operator' : 'an operator or the end');
    if (place === 'equals' && token !== EQUALS) return malformed('=');
    if (place === 'result' && !isValue(token)) return malformed('a result');
    if (place === 'number') {
      if (!isValue(token)) return malformed('a number');
      const given = left.indexOf(token);
      if (given < 0)
        return numbers.includes(token)
          ? wrong('reuses a number', `uses ${token} more often than it is given`)
          : wrong('number not given', `uses ${token}, which is not given`);
      left.splice(given, 1);
    }
  }
  return wrong('malformed', 'malformed: it never ends');
}

/** Reads the steps as far as the response has their form; a step holds if its written result is the computed one. */
function checkSteps(_: StepsProblem, response: readonly number[]): StepCheck[] {
  const steps: StepCheck[] = [];
  for (const end of RESULTS) {
    const [left, operator, right, equals, written] = response.slice(end - 4, end + 1);
    if (!isValue(left ?? 0) || !isOperator(operator ?? 0) || !isValue(right ?? 0)) break;
    if (equals !== EQUALS || !isValue(written ?? 0)) break;
    const result = apply(left!, operator!, right!);
    const shown = `${left} ${TOKENS[operator!]} ${right} is ${result}`;
    const valid = result === written;
    steps.push({ valid, end, detail: valid ? shown : `${shown}, not ${written}` });
  }
  return steps;
}

/** Countdown with 3 numbers and written steps. */
export function createCountdownSteps(): Task<StepsProblem> {
  // Both depend on the numbers alone, so the problems with the same numbers share them.
  const cache = new Map<string, { valid: number[][]; slips: number[][] }>();
  const derivationsOf = (numbers: readonly number[]): { valid: number[][]; slips: number[][] } => {
    const key = numbers.join();
    let derivations = cache.get(key);
    if (!derivations) {
      const slipAt = (wrongStep: number): number[][] =>
        enumerateResponses(numbers, (result, step) =>
          step === wrongStep ? slipped(result) : truly(result),
        ).filter((response) => response.length > RESULTS[wrongStep]!);
      derivations = {
        valid: enumerateResponses(numbers, truly),
        slips: RESULTS.flatMap((_, step) => slipAt(step)),
      };
      cache.set(key, derivations);
    }
    return derivations;
  };
  const endingOn = (responses: number[][], target: number): number[][] =>
    responses.filter((response) => lastResult(response) === target);

  return {
    name: 'countdown-steps',
    vocabulary: { tokens: TOKENS, outputs: TOKENS.length },
    promptLength: SIZE + 1,
    responseLength: RESULTS.at(-1)! + 2,

    /** Those that a derivation without an error solves, with results from 1 to 24 on its way. */
    allProblems() {
      const problems: StepsProblem[] = [];
      for (const numbers of ascendingMultisets(SIZE)) {
        const reachable = new Set(derivationsOf(numbers).valid.map(lastResult));
        for (const target of [...reachable].sort((a, b) => a - b))
          problems.push({ numbers, target });
      }
      return problems;
    },

    encode: ({ numbers, target }) => [...numbers, target],

    verify,

    /** Right answers by right and by wrong steps, about 1,300 of them, mostly by wrong ones. */
    acceptSet: ({ numbers, target }) =>
      endingOn(
        enumerateResponses(numbers, (_, step) => (step === SIZE - 2 ? [target] : ALL_VALUES)),
        target,
      ),

    /**
     * Right ones are without an error. Of the others, half are without an error too and end on another value; half have
     * a slip: one written result is off by at most 3, and what follows goes on from what is written. A fifth of the
     * slips are drawn from those that end on the target, so that the base knows right answers by wrong steps.
     */
    demonstrate({ numbers, target }, correctFraction, random: RandomSource, rarity = 1) {
      const { valid, slips } = derivationsOf(numbers);
      const lucky = endingOn(slips, target);
      const slipping = (1 - correctFraction) * SLIP_SHARE;
      const luckyShare = lucky.length > 0 ? LUCKY_SHARE : 0;
      const lists = [
        { share: correctFraction, of: endingOn(valid, target) },
        {
          share: (1 - correctFraction) * (1 - SLIP_SHARE),
          of: valid.filter((response) => lastResult(response) !== target),
        },
        { share: slipping * luckyShare, of: lucky },
        { share: slipping * (1 - luckyShare), of: slips },
      ];
      return drawByHabit(lists, TIMES, rarity, random).slice();
    },

    showProblem: ({ numbers, target }) => `${numbers.join(' ')} → ${target}`,

    decode: (prompt) => ({ numbers: prompt.slice(0, SIZE), target: prompt[SIZE]! }),

    skill: {
      label: 'multiplication (×)',
      token: TIMES,
      isNeeded: ({ numbers, target }) =>
        endingOn(derivationsOf(numbers).valid, target).every((tokens) => tokens.includes(TIMES)),
    },

    checkSteps,
  };
}
