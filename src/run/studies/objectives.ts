import { mean } from '../../core/statistics.ts';
import { ALGORITHMS, choicesOf, type AlgorithmName } from '../../rl/algorithms.ts';
import { updateWeight, type UpdateWeight } from '../../rl/updateWeight.ts';
import type { Measure } from './measure.ts';

/** The answers a prompt of the studies that compare algorithms. */
const GROUP = 8;

/** Those that maximise something else than p, which is pass@1. None divides by what other problems earn. */
const NAMES = ['grpo', 'maxrl', 'pass-at-k'] as const satisfies readonly AlgorithmName[];

const weights = new Map<AlgorithmName, UpdateWeight>();

/** Made when it is first asked for. */
function weightOf(name: AlgorithmName): UpdateWeight {
  if (!weights.has(name)) weights.set(name, updateWeight(choicesOf(name), GROUP, []));
  return weights.get(name)!;
}

/**
 * What an algorithm maximises in groups of 8: the mean over the problems of its U(p), exact, which no p = 0 makes infinite.
 * REINFORCE's is pass@1, and Dr. GRPO's 7/8 of it. @see UpdateWeight.integral
 */
export const OBJECTIVES: Readonly<Record<string, Measure>> = Object.fromEntries(
  NAMES.map((name): [string, Measure] => [
    `U ${name}`,
    {
      label: `what ${ALGORITHMS[name].label} maximises (mean U in groups of ${GROUP})`,
      digits: 3,
      of: ({ p }) => mean(p.map((each) => weightOf(name).integral(each))),
    },
  ]),
);
