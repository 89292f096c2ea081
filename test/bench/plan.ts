import { shapeFor } from '../../src/experiments/pretrain.ts';
import type { PolicyShape } from '../../src/policy/shape.ts';
import { NETWORK_SIZE } from '../../src/run/settings.ts';
import { createTask } from '../../src/tasks/registry.ts';
import { ENGINES, type EngineName, type Setup } from './protocol.ts';

/** What the benchmark measures, in which sizes. */

export const BENCH_TASK = 'countdown-3';
export const DEFAULT_WIDTH = 32;
const LARGER_WIDTH = 64;
export const GROUP_SIZE = 16;
/** Held-out problems of the exact evaluation. */
export const EVALUATED = 64;
/** Engines whose growth is measured. */
export const GROWTH_ENGINES: readonly EngineName[] = ['webgl', 'reference'];

const task = await createTask(BENCH_TASK);

/** The policy for the task at a width; with a response length, one that is only a shape. */
export function benchShape(width: number, responseLength?: number): PolicyShape {
  const shape = shapeFor(task, { ...NETWORK_SIZE, width });
  return responseLength ? { ...shape, responseLength } : shape;
}

export function benchSetup(rollouts: number, width = DEFAULT_WIDTH, length?: number): Setup {
  return {
    shape: benchShape(width, length),
    rollouts,
    groupSize: GROUP_SIZE,
    base: width === DEFAULT_WIDTH && !length ? 'shipped' : 'initial',
  };
}

export interface Plan {
  engines: readonly EngineName[];
  steps: Setup[];
  growth: GrowthSeries[];
  /** Measured steps of each engine at each setup, one a round. */
  repeats: number;
  /** Seconds that one engine may take for one setup; slower ones make fewer rounds, but 2. */
  budgetS: number;
  /** A step that is expected to take longer is left out. */
  longestStepS: number;
}

export interface GrowthSeries {
  what: 'rollouts' | 'parameters' | 'response length';
  setups: Setup[];
}

export function makePlan(quick: boolean, repeats: number | null): Plan {
  const rollouts = quick ? [128, 512] : [128, 512, 2048];
  const widths = quick ? [DEFAULT_WIDTH] : [DEFAULT_WIDTH, LARGER_WIDTH];
  return {
    engines: ENGINES,
    steps: widths.flatMap((width) => rollouts.map((count) => benchSetup(count, width))),
    growth: quick
      ? []
      : [
          {
            what: 'rollouts',
            setups: [128, 256, 512, 1024, 2048].map((count) => benchSetup(count)),
          },
          {
            // Parameters grow with the square of the width: about × 1, 2, 4, 8, 15.
            what: 'parameters',
            setups: [32, 48, 64, 96, 128].map((width) => benchSetup(128, width)),
          },
          {
            what: 'response length',
            setups: [6, 12, 18, 24].map((length) => benchSetup(128, DEFAULT_WIDTH, length)),
          },
        ],
    repeats: repeats ?? (quick ? 7 : 11),
    budgetS: quick ? 15 : 40,
    longestStepS: quick ? 20 : 60,
  };
}
