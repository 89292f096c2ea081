import { describe, expect, it } from 'vitest';
import { EXPERIMENTS, type ExperimentName } from '../../src/experiments/experiments.ts';
import { goesOn } from '../../src/run/extend.ts';
import { settingsOver } from '../../src/run/settings.ts';
import { rowsOf, SMALL } from './idleRuns.ts';

describe('a run with more steps', () => {
  it.each(Object.keys(EXPERIMENTS) as ExperimentName[])(
    'of %s begins with the rows of one with fewer exactly if it is said to go on',
    async (experiment) => {
      // Both ends are evaluated in either run.
      const rows = (steps: number): Promise<object[]> =>
        rowsOf(settingsOver({ ...SMALL, experiment, warmSteps: 2, evalEvery: 4, steps }));
      const few = await rows(4);
      const many = (await rows(8)).slice(0, few.length);
      if (goesOn({ experiment })) expect(many).toEqual(few);
      else expect(many).not.toEqual(few);
    },
  );
});
