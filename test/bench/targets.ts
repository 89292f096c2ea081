import type { Measured } from './measure.ts';
import { DEFAULT_WIDTH } from './plan.ts';

/** What an engine is to reach, and whether it did; null where that was not measured. */
export interface Target {
  what: string;
  goal: string;
  found: string;
  reached: boolean | null;
}

/** PyTorch on a processor with a BLAS that its users would have: with Debian's default it is 3.5 times slower. */
const hasFastBlas = (device: string): boolean => / thread, (OpenBLAS|MKL)/.test(device);

/** The targets that the measurements allow to judge, for the default policy at 512 rollouts paid by the verifier. */
export function judgeTargets(steps: readonly Measured[]): Target[] {
  const at = (engine: string): Measured | undefined =>
    steps.find(
      (row) =>
        row.engine === engine &&
        row.rollouts === 512 &&
        row.width === DEFAULT_WIDTH &&
        row.pays === 'verifier',
    );
  const [wasm, webgl, pytorch] = [at('wasm'), at('webgl'), at('pytorch')];
  const targets: Target[] = [];
  const fast = (what: string, least: number, times: number | null, unfair?: string): void => {
    const measured = times !== null && unfair === undefined;
    targets.push({
      what,
      goal: `≥ ${least} ×`,
      found: (times === null ? '–' : `${times.toFixed(1)} ×`) + (unfair ? ` (${unfair})` : ''),
      reached: measured ? times >= least : null,
    });
  };
  if (wasm) {
    const { reference, pytorch: torch } = wasm.timesAsFast;
    const unfair = pytorch && !hasFastBlas(pytorch.device) ? pytorch.device : undefined;
    fast('wasm: as fast as the reference engine that computes every row', 10, reference);
    fast('wasm: as fast as PyTorch on one thread', 3, torch, unfair);
  }
  if (webgl && webgl.draws !== null)
    targets.push({
      what: 'webgl: draws a step',
      goal: '≤ 150',
      found: String(webgl.draws),
      reached: webgl.draws <= 150,
    });
  return targets;
}
