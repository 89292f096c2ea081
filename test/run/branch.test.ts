import { describe, expect, it } from 'vitest';
import { branchProblem } from '../../src/run/branch.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';

describe('a branch', () => {
  const problem = (from: Partial<RunSettings>, to: Partial<RunSettings>): string | null =>
    branchProblem({ ...DEFAULT_SETTINGS, ...from }, { ...DEFAULT_SETTINGS, ...to }, 10);

  it('keeps its base and its problems', () => {
    const live = { base: 'live' } as const;
    expect(problem(live, { ...live, width: 64 })).toMatch(/changed: width$/);
    expect(problem({}, live)).toMatch(/changed: base$/);
    expect(problem({}, { size: '4', evalProblems: 7 })).toMatch(/changed: size, evalProblems$/);
    expect(problem({}, { lr: 0 })).toBeNull();
  });

  it('is not refused for what decides neither', () => {
    expect(problem({}, { width: 64, pretrainSteps: 5 })).toBeNull();
    expect(problem({ task: 'maze' }, { task: 'maze', size: '4' })).toBeNull();
  });
});
