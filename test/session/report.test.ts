import { expect, it } from 'vitest';
import type { Progress } from '../../src/session/protocol.ts';
import { createReport } from '../../src/session/report.ts';

it('tells of a piece while it lasts, and then of the whole again', () => {
  const told: (Progress | null)[] = [];
  const report = createReport((progress) => told.push(progress));
  const evaluating: Progress = { label: 'evaluating', done: 3, total: 9 };
  const compiling = (done: number): Progress => ({
    ...{ label: 'compiling', done, total: 2 },
    isPart: true,
  });
  report(evaluating);
  for (const done of [0, 1, 2]) report(compiling(done));
  report(null);
  for (const done of [1, 2]) report(compiling(done));
  expect(told).toEqual([
    ...[evaluating, compiling(0), compiling(1), evaluating],
    ...[null, compiling(1), null],
  ]);
});
