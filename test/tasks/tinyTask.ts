import { randomIndex } from '../../src/core/draws.ts';
import { END, type Task } from '../../src/tasks/task.ts';
import type { TaskRecord } from '../../src/tasks/tasks.ts';

type Pair = readonly [number, number];

/** As little as a task can be: say the larger of two digits up to 3. */
const larger: Task<Pair> = {
  name: 'larger',
  vocabulary: { tokens: ['end', '0', '1', '2', '3'], outputs: 5 },
  promptLength: 2,
  responseLength: 2,
  allProblems: () =>
    [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].flatMap((b): Pair[] => (a === b ? [] : [[a, b]]))),
  encode: ([a, b]) => [1 + a, 1 + b],
  decode: ([a, b]) => [a! - 1, b! - 1],
  showProblem: ([a, b]) => `${a} ${b}`,
  acceptSet: (problem) => [[1 + Math.max(...problem), END]],
  verify(problem, [digit, end]) {
    const correct = digit === 1 + Math.max(...problem) && end === END;
    const reason = correct ? 'right' : 'wrong digit';
    return { correct, reason, detail: reason };
  },
  demonstrate(problem, correctFraction, random) {
    const isRight = random() < correctFraction;
    return isRight ? this.acceptSet(problem)[0]! : [1 + randomIndex(random, 4), END];
  },
  skill: { label: 'three (3)', token: 4, isNeeded: (problem) => problem.includes(3) },
};

export const LARGER: TaskRecord = {
  label: 'Larger digit',
  name: 'The larger digit',
  asks: 'say the larger of two digits',
  answers: 'digits',
  differs: { lr: 0.002, prior: 'broad', pretrainSteps: 3, width: 8 },
  variants: { larger: { create: () => Promise.resolve(larger as Task), rarities: [] } },
};
