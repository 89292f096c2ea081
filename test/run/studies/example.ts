import type { MadeRun } from '../../../src/run/studies/record.ts';
import type { RecordedArm, RecordedRun } from '../../../src/run/studies/recorded.ts';

/** A recorded run of two problems whose base has p = 0.5 and 0.1. */
export function recordedRun(
  seed: number,
  p: number[],
  more: Partial<RecordedRun> = {},
): RecordedRun {
  return {
    seed,
    baseP: [0.5, 0.1],
    p,
    needing: [],
    series: { step: [0, 5, 10], entropy: [1, 0.75, 0.5], 'heldOut.passAt.1': [0.3, null, 0.6] },
    means: { frac_reward_zero_std: 0.25 },
    ...more,
  };
}

export function recordedArm(id: string, runs: RecordedRun[]): RecordedArm {
  return { id, label: id.toUpperCase(), permalink: '', chanceP: [0.01, 0.01], runs };
}

const passAt = (p: number) => ({ '1': p, '256': 1 });

/** A run of three steps, evaluated at its ends. */
export const MADE = {
  problems: { heldOut: ['a', 'b'], acceptCounts: [1, 1], chanceP: [1 / 3, 0.01] },
  rows: [
    {
      ...{ step: 0, step_time: 1, reward: 0.5, loss: null, kl: null },
      heldOut: { passAt: passAt(0.3), p: [0.123456, 0.5], kl: 0 },
      solvable: { both: 2, baseOnly: 0, rlOnly: 0, neither: 0 },
    },
    { step: 1, step_time: 2, reward: 0.25, loss: 0.1, kl: null },
    { step: 2, step_time: 3, reward: 0.75, loss: null, kl: null },
    {
      ...{ step: 3, step_time: 4, reward: 0.8, loss: 0.2, kl: null },
      heldOut: { passAt: passAt(0.654321), p: [1, 1e-7 / 3], kl: 0.01 },
      solvable: { both: 1, baseOnly: 1, rlOnly: 0, neither: 0 },
      finale: {
        kind: 'interpolation',
        points: [
          { x: 0, passAt: passAt(0.3), p: [0.1], entropy: 1 },
          { x: 0.1 + 0.2, passAt: passAt(0.4), p: [0.1], entropy: 0.9 },
          { x: 1, of: 'now', passAt: passAt(0.654321), p: [0.1], entropy: 0.5 },
        ],
      },
    },
  ],
} as unknown as MadeRun;
