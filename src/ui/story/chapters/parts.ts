import type { RunSettings } from '../../../run/table.ts';
import type { CurveQuestion, LineSpec } from '../chapter.ts';

/** The base is only sampled and evaluated. */
export const UNTRAINED: Partial<RunSettings> = { steps: 0, evalProblems: 200, evalSamples: 16 };

/** A third of the page's steps with a quarter of its rollouts: seconds, and the set-up of the recorded studies. */
export const TRAINED: Partial<RunSettings> = {
  prompts: 16,
  groupSize: 8,
  steps: 100,
  evalEvery: 10,
  evalProblems: 100,
  evalSamples: 0,
};

const KS = [1, 4, 16, 64, 256, 1024];
const STEPS = [0, 0.2, 0.4, 0.6, 0.8, 1];
export const run = (line: Extract<LineSpec, { of: 'run' }>['line']): LineSpec => ({
  of: 'run',
  line,
});
export const arm = (name: string, measure?: string): LineSpec =>
  measure === undefined ? { of: 'study', arm: name } : { of: 'study', arm: name, measure };

export const overK = (
  parts: Pick<CurveQuestion, 'asked' | 'given' | 'revealed'> & Partial<CurveQuestion>,
): CurveQuestion => ({ kind: 'curve', over: 'k', handles: KS, yMax: 1, ...parts });
export const overSteps = (
  parts: Pick<CurveQuestion, 'asked' | 'given' | 'revealed'> & Partial<CurveQuestion>,
): CurveQuestion => ({ kind: 'curve', over: 'step', handles: STEPS, yMax: 1, ...parts });
