import { benchSetup, GROUP_SIZE } from './plan.ts';
import { floorMs, stepCost, type StepCost } from './cost.ts';
import type { Machine } from './machine.ts';
import type { Measured, Skipped } from './measure.ts';
import type { EngineName, Rates } from './protocol.ts';
import type { GrowthSeries } from './plan.ts';
import type { Target } from './targets.ts';

/** The one object that a run of the benchmark leaves. */
export interface Results {
  /** ISO 8601, when it began. */
  date: string;
  command: string;
  durationS: number;
  quick: boolean;
  /** Rounds, save for slow engines; every row has its own n. */
  repeats: number;
  /** WebGL's unmasked renderer string. */
  renderer: string;
  browser: string;
  machine: Machine;
  notes: string[];
  targets: Target[];
  grpoStep: Measured[];
  skipped: Skipped[];
  rates: Partial<Record<EngineName, Rates>>;
  floor: FloorRow[];
  growth: ({ what: GrowthSeries['what'] } & Measured)[];
}

/** How far an engine is from what its own backend could do. */
export interface FloorRow extends StepCost {
  engine: EngineName;
  width: number;
  rollouts: number;
  floorMs: number;
  medianMs: number;
  /** medianMs / floorMs */
  times: number;
}

export function floorRows(
  steps: readonly Measured[],
  rates: Partial<Record<EngineName, Rates>>,
): FloorRow[] {
  return steps.flatMap(({ engine, width, rollouts, medianMs }) => {
    const rate = rates[engine];
    if (!rate) return [];
    const { shape } = benchSetup(rollouts, width);
    const cost = stepCost(shape, rollouts / GROUP_SIZE, GROUP_SIZE);
    const floor = floorMs(cost, rate);
    return [
      { engine, width, rollouts, ...cost, floorMs: floor, medianMs, times: medianMs / floor },
    ];
  });
}

/** What a reader must know to judge the comparison. */
export function notes(): string[] {
  return [
    "A step is the product's own trainingStep: rollout, verifier, advantages, objective, update. In Chromium each engine runs in a worker of its own, on the same problems.",
    'Engines take turns, a step each a round. Making the policy, its first step and one warm-up are not in the medians.',
    "Submitting: the fused engine's own count of its JavaScript; for stock ops the time in sample and update that was not spent waiting in readbacks, drawing tokens in JavaScript included.",
    "Stock ops are hand-written forward and backward passes tuned for tfjs's webgl programs, on all three backends. They keep parameters and Adam on the CPU: about 30 small readbacks and an upload, 35 ms a step on software GL; Adam in stock ops would need a hundred draws instead.",
    "The floor takes the rates of the same backend in one large matrix product and one large copy, at best of five: tfjs's wasm and cpu, the reference engine's own product, torch; for WebGL the better of tfjs and a program of our own with four targets.",
    'MiB: GPU memory for WebGL and CUDA, else the arrays that an engine holds between steps.',
    'PyTorch computes prompts once a group in the rollout, and all rows in the update, as eager code does.',
  ];
}
