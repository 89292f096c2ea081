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
export interface FloorRow
  extends StepCost, Pick<Measured, 'engine' | 'width' | 'rollouts' | 'pays'> {
  floorMs: number;
  medianMs: number;
  /** medianMs / floorMs */
  times: number;
}

export function floorRows(
  steps: readonly Measured[],
  rates: Partial<Record<EngineName, Rates>>,
): FloorRow[] {
  return steps.flatMap(({ engine, width, rollouts, pays, medianMs }) => {
    const rate = rates[engine];
    if (!rate) return [];
    const { shape } = benchSetup(rollouts, width);
    const cost = stepCost(shape, rollouts / GROUP_SIZE, GROUP_SIZE);
    const floor = floorMs(cost, rate);
    return [
      { engine, width, rollouts, pays, ...cost, floorMs: floor, medianMs, times: medianMs / floor },
    ];
  });
}

/** What a reader must know to judge the comparison. */
export function notes(): string[] {
  return [
    "A step is the product's own trainingStep: rollout, verifier, advantages, objective, update. In Chromium each engine runs in a worker of its own, on one thread, on the same problems in the same order. Each trains its own policy.",
    'Engines take turns in rounds: steps in a row for 0.3 s, from 1 to 5 of them, and an evaluation. Making the policy, its first step and one turn to warm up are not in the medians. The columns × reference and × PyTorch say how many times as fast: medians over rounds of the ratios of the turns, each at its median.',
    '`reference` is the measure as it was set: plain TypeScript, one thread, which computes every row. `reference-live` is the same engine as the product has it, which leaves out the rows that nothing depends on: those after the end of an answer, and in the update those of groups that are paid all alike. `wasm` leaves them out too; `webgl`, stock ops and PyTorch compute them.',
    'So steps depend on what is paid. Width 32 trains the shipped base, paid by the verifier; `mixed` is the share of groups that are not paid all alike, `tokens` the mean length of answers, at most 6. Where a coin pays, all groups are mixed: the most that there can be to compute. The learning rate is then 0, so that answers stay as long as they are. Width 64 and the growth have no base, so their parameters are initial ones and a coin pays.',
    'PyTorch is eager on one thread: prompts once a group in the rollout with a cache of keys and values, and all rows in the update, as its users write it. Its line below names the BLAS that its process has really loaded.',
    "Submitting: the fused engine's own count of its JavaScript; for stock ops the time in sample and update that was not spent waiting in readbacks, drawing tokens in JavaScript included.",
    "Stock ops are hand-written forward and backward passes tuned for tfjs's webgl programs, on both backends. They keep parameters and Adam on the CPU.",
    "× floor: the step over the time of the operations and bytes that a step with all its rows needs at least (`cost.ts`) at the rates below, those of the same backend in one large matrix product and one large copy, at best of five: tfjs's wasm, the own products of `wasm` and `reference`, torch; for WebGL the better of tfjs and a program of our own. Who leaves rows out can be below 1.",
    'MiB: GPU memory for WebGL and CUDA, else what an engine holds between steps.',
  ];
}
