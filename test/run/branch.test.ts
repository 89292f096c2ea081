import { describe, expect, it } from 'vitest';
import { branchProblem } from '../../src/run/branch.ts';
import { idleReason } from '../../src/run/matters.ts';
import { DEFAULT_SETTINGS, SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import { otherValue } from './otherValue.ts';

describe('a branch', () => {
  const problem = (from: Partial<RunSettings>, to: Partial<RunSettings>): string | null =>
    branchProblem({ ...DEFAULT_SETTINGS, ...from }, { ...DEFAULT_SETTINGS, ...to }, 10);

  it('keeps its base and its problems', () => {
    const live = { base: 'live' } as const;
    expect(problem(live, { ...live, width: 64 })).toMatch(/changed: width$/);
    expect(problem({}, live)).toMatch(/changed: base policy$/);
    expect(problem({}, { size: '4', evalProblems: 7 })).toMatch(
      /changed: task size, eval problems$/,
    );
    expect(problem({}, { lr: 0 })).toBeNull();
  });

  it.each<Partial<RunSettings>>([{}, { base: 'live' }, { task: 'maze' }, { prior: 'narrow' }])(
    'is refused for no change that is idle before and after it, with %j',
    (context) => {
      const from = { ...DEFAULT_SETTINGS, ...context };
      for (const setting of SETTINGS) {
        const to = { ...from, [setting.key]: otherValue(setting, from) };
        const isIdle = [from, to].every((each) => idleReason(setting.key, each) !== null);
        if (isIdle) expect(branchProblem(from, to, 0), setting.key).toBeNull();
      }
    },
  );

  it('is not refused for what decides neither', () => {
    expect(problem({}, { width: 64, pretrainSteps: 5 })).toBeNull();
    expect(problem({ task: 'maze' }, { task: 'maze', size: '4' })).toBeNull();
  });
});
