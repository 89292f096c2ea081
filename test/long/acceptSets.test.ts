import { expect, it } from 'vitest';
import { enumerateAcceptSets, MOST_ACCEPTED } from '../../src/evaluation/exact.ts';
import { shapeFor } from '../../src/experiments/baseSettings.ts';
import { createCountdown } from '../../src/tasks/countdown.ts';
import type { Task } from '../../src/tasks/task.ts';

it('an accept set may hold 250,000 responses', () => {
  const countdown = createCountdown(3) as Task;
  const shape = shapeFor(countdown, { width: 8, layers: 1, heads: 2 });
  const task: Task = {
    ...countdown,
    encode: (count) => [1, 2, 3, 30 + ((count as number) % 2)],
    acceptSet: (count) => Array.from({ length: count as number }, () => [1, 0]),
  };
  expect(MOST_ACCEPTED).toBe(250_000);
  expect(enumerateAcceptSets(task, shape, [MOST_ACCEPTED]).owner.length).toBe(250_000);
  expect(() => enumerateAcceptSets(task, shape, [MOST_ACCEPTED + 1])).toThrow(/250001/);
});
