import type { RunSettings } from '../../../run/table.ts';
import type { CurveQuestion, LineSpec, Over, RunLine } from '../chapter.ts';

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

export const KS = [1, 4, 16, 64, 256, 1024];
export const STEPS = [0, 0.2, 0.4, 0.6, 0.8, 1];

export const run = (line: RunLine): LineSpec => ({ of: 'run', line });
export const arm = (name: string, measure?: string, color?: string): LineSpec => ({
  ...{ of: 'study', arm: name },
  ...(measure && { measure }),
  ...(color && { color }),
});
/** In the colours that base and chance have everywhere; in a study's own figure they have that of their arm. */
export const BASE = arm('base grpo', '', 'var(--base)');
export const CHANCE = arm('chance grpo', '', 'var(--chance)');

/** A curve to be drawn, with nothing beside it unless more is said. */
export const curve = (
  over: Over,
  handles: readonly number[],
  more: Pick<CurveQuestion, 'asked' | 'decides'> & Partial<CurveQuestion>,
): CurveQuestion => ({
  ...{ kind: 'curve', over, handles, yMax: 1, given: [], revealed: [] },
  ...more,
});
