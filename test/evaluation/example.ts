import { Stream, uniformSequence } from '../../src/core/random.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import type { PolicyShape } from '../../src/policy/shape.ts';
import type { Task } from '../../src/tasks/task.ts';

/** Answers of at most 3 tokens over {end, a, b}; an answer is right if it is written as the problem, such as `ab.`. */
export const LETTERS: Task<{ accepts: string[] }> = {
  name: 'letters',
  vocabulary: { tokens: ['end', 'a', 'b', '?', '!'], outputs: 3 },
  promptLength: 2,
  responseLength: 3,
  allProblems: () => [],
  encode: ({ accepts }) => [3, accepts.length === 1 ? 3 : 4],
  verify: ({ accepts }, response) => {
    const correct = accepts.includes(written(response));
    return { correct, reason: '', detail: '' };
  },
  acceptSet: ({ accepts }) =>
    accepts.map((text) => Array.from(text, (letter) => '.ab'.indexOf(letter))),
  demonstrate: () => [0],
  showProblem: () => '?',
  decode: () => ({ accepts: [] }),
  skill: { label: 'a', token: 1, isNeeded: () => false },
};
export const letters = LETTERS as Task;

export const written = (response: readonly number[]): string =>
  response.map((token) => '.ab'[token]).join('');

/** All 15 responses: 7 that end by a token, and 8 of full length, which may. */
export const ALL_LETTERS = ['.', 'a.', 'b.'].concat(
  ['aa', 'ab', 'ba', 'bb'].flatMap((two) => ['.', 'a', 'b'].map((last) => two + last)),
);

export const LETTERS_SHAPE: PolicyShape = {
  vocabulary: 5,
  outputs: 3,
  promptLength: 2,
  responseLength: 3,
  width: 8,
  layers: 1,
  heads: 2,
};

/** A policy with logits far enough apart that its answers differ in probability by orders of magnitude. */
export function lettersPolicy(seed: number, spread = 1.5): Promise<Policy> {
  const parameters = initialParameters(LETTERS_SHAPE, seed).map((value) => spread * value);
  return createReferenceEngine('float64').createPolicy(LETTERS_SHAPE, parameters);
}

/** `count` probabilities that leave `missing` over, in order, the likeliest first. */
export function exampleProbabilities(count: number, missing: number, seed: number): number[] {
  const random = uniformSequence({ seed, stream: Stream.evaluation, step: 99 });
  const weights = Array.from({ length: count }, () => random() ** 3 + 1e-3);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => ((1 - missing) * weight) / total).sort((a, b) => b - a);
}
