import { expect, it } from 'vitest';
import { isEvaluated } from '../../src/experiments/evaluated.ts';

const evaluatedOf = (evalEvery: number, steps: number): number[] =>
  Array.from({ length: steps + 1 }, (_, step) => step).filter((step) =>
    isEvaluated(step, { evalEvery, steps }),
  );

it.each([
  ['often at first, then at even distances, and at the end', 10, 35, [0, 1, 2, 5, 10, 20, 30, 35]],
  ['at the early steps also where the distance is long', 25, 60, [0, 1, 2, 5, 10, 25, 50, 60]],
  ['at those that are below the distance only', 4, 12, [0, 1, 2, 4, 8, 12]],
  ['at every third step and before the first of them', 3, 7, [0, 1, 2, 3, 6, 7]],
  ['at every second', 2, 7, [0, 1, 2, 4, 6, 7]],
  ['at every step', 1, 3, [0, 1, 2, 3]],
  ['no further than the run goes', 10, 4, [0, 1, 2, 4]],
  ['once where nothing is trained', 10, 0, [0]],
])('a run is evaluated %s', (_, evalEvery, steps, expected) => {
  expect(evaluatedOf(evalEvery, steps)).toEqual(expected);
});
