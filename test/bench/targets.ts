import type { Measured } from './measure.ts';
import { DEFAULT_WIDTH } from './plan.ts';

/** What the engine is to reach, and whether it did. */
export interface Target {
  what: string;
  goal: string;
  found: string;
  reached: boolean;
}

/** On a GPU, rather than in software. */
export const isRealGpu = (renderer: string): boolean =>
  !/swiftshader|llvmpipe|software|no WebGL/i.test(renderer);

/** The targets that the measurements allow to judge, for the default policy at 512 rollouts. */
export function judgeTargets(steps: readonly Measured[], renderer: string): Target[] {
  const at = (engine: string): Measured | undefined =>
    steps.find(
      (row) => row.engine === engine && row.rollouts === 512 && row.width === DEFAULT_WIDTH,
    );
  const [webgl, stock, pytorch] = [at('webgl'), at('stock-webgl'), at('pytorch')];
  if (!webgl) return [];
  const targets: Target[] = [];
  const most = (what: string, limit: number, value: number | null, unit: string): void => {
    if (value === null) return;
    const found = `${Number(value.toPrecision(3))}${unit}`;
    targets.push({ what, goal: `≤ ${limit}${unit}`, found, reached: value <= limit });
  };
  if (stock) {
    const times = stock.medianMs / webgl.medianMs;
    targets.push({
      what: 'faster than stock ops on webgl',
      goal: '≥ 5 ×',
      found: `${times.toFixed(1)} ×`,
      reached: times >= 5,
    });
  }
  most('draws a step', 150, webgl.draws, '');
  most('JavaScript submitting, a step', 2, webgl.submitMs, ' ms');
  if (webgl.evaluateMs !== null)
    most(
      'exact evaluation of 64 problems, share of a step',
      25,
      (100 * webgl.evaluateMs) / webgl.medianMs,
      ' %',
    );
  if (isRealGpu(renderer)) {
    most('a step on a GPU', 5, webgl.medianMs, ' ms');
    if (pytorch)
      most('time of a step, of that in PyTorch', 1, webgl.medianMs / pytorch.medianMs, ' ×');
  }
  return targets;
}
