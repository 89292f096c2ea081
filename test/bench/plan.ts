import { shapeFor } from '../../src/experiments/pretrain.ts';
import type { PolicyShape } from '../../src/policy/shape.ts';
import type { TrainSettings } from '../../src/experiments/trainSettings.ts';
import { DEFAULT_SETTINGS, NETWORK_SIZE, trainSettings } from '../../src/run/settings.ts';
import { createTask } from '../../src/tasks/registry.ts';
import { ENGINES, type EngineName, type Setup } from './protocol.ts';

/** What the benchmark measures, in which sizes. */

export const BENCH_TASK = 'countdown-3';
export const DEFAULT_WIDTH = 32;
const LARGER_WIDTH = 64;
export const GROUP_SIZE = 16;
/** Held-out problems of the exact evaluation. */
export const EVALUATED = 64;
/** To whom it matters what pays, and what they are compared with; the others compute every row. */
const LIVE_ENGINES: readonly EngineName[] = ['wasm', 'reference', 'reference-live', 'pytorch'];
/** All but stock operations, which take the longest and tell the least. */
const OWN_ENGINES = ENGINES.filter((engine) => !engine.startsWith('stock'));
/** Engines whose growth is measured. */
export const GROWTH_ENGINES: readonly EngineName[] = ['wasm', 'webgl'];

const task = await createTask(BENCH_TASK);

/** The policy for the task at a width; with a response length, one that is only a shape. */
export function benchShape(width: number, responseLength?: number): PolicyShape {
  const shape = shapeFor(task, { ...NETWORK_SIZE, width });
  return responseLength ? { ...shape, responseLength } : shape;
}

/** Of the shipped base paid by the verifier, or of initial parameters paid by a coin where there is no base. */
export function benchSetup(rollouts: number, width = DEFAULT_WIDTH, length?: number): Setup {
  const shipped = width === DEFAULT_WIDTH && !length;
  return {
    shape: benchShape(width, length),
    rollouts,
    groupSize: GROUP_SIZE,
    base: shipped ? 'shipped' : 'initial',
    pays: shipped ? 'verifier' : 'coin',
  };
}

/** The product's settings for a step of a setup. */
export function benchSettings({ rollouts, groupSize, pays }: Setup): TrainSettings {
  const settings = trainSettings(DEFAULT_SETTINGS);
  const { optimizer } = settings;
  return {
    ...settings,
    groupSize,
    promptsPerStep: rollouts / groupSize,
    optimizer: pays === 'coin' ? { ...optimizer, learningRate: 0 } : optimizer,
  };
}

const byCoin = (setup: Setup): Setup => ({ ...setup, pays: 'coin' });

export interface Plan {
  steps: { setup: Setup; engines: readonly EngineName[] }[];
  growth: GrowthSeries[];
  /** Measured rounds at each setup, in each of which every engine has a turn. */
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
  return {
    steps: [
      ...rollouts.map((count) => ({ setup: benchSetup(count), engines: ENGINES })),
      { setup: byCoin(benchSetup(512)), engines: LIVE_ENGINES },
      ...(quick ? [] : rollouts).map((count) => ({
        setup: benchSetup(count, LARGER_WIDTH),
        engines: OWN_ENGINES,
      })),
    ],
    growth: quick
      ? []
      : [
          {
            what: 'rollouts',
            setups: [128, 256, 512, 1024, 2048].map((count) => byCoin(benchSetup(count))),
          },
          {
            // Parameters grow with the square of the width: about × 1, 2, 4, 8, 15.
            what: 'parameters',
            setups: [32, 48, 64, 96, 128].map((width) => byCoin(benchSetup(128, width))),
          },
          {
            what: 'response length',
            setups: [6, 12, 18, 24].map((length) => benchSetup(128, DEFAULT_WIDTH, length)),
          },
        ],
    repeats: repeats ?? (quick ? 7 : 15),
    budgetS: quick ? 5 : 30,
    longestStepS: quick ? 20 : 60,
  };
}
