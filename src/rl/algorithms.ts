import type { AdvantageName } from './advantages.ts';
import type { AggregationName, SurrogateName } from './objective.ts';

/** An algorithm is a row of named choices; coefficients and clip bounds are settings of the run. */
export interface Algorithm {
  label: string;
  source: string;
  advantage: AdvantageName;
  surrogate: SurrogateName;
  aggregation: AggregationName;
}

export const ALGORITHMS = {
  grpo: {
    label: 'GRPO',
    source: 'Shao et al. 2024, DeepSeekMath',
    advantage: 'group-standardized',
    surrogate: 'clipped-ratio',
    aggregation: 'sequence-mean',
  },
  'dr-grpo': {
    label: 'Dr. GRPO',
    source: 'Liu et al. 2025, Understanding R1-Zero-Like Training',
    advantage: 'group-centered',
    surrogate: 'clipped-ratio',
    aggregation: 'constant-length',
  },
  /** Deviation: the KL term, if any, stands in the loss as k3 rather than in the reward. */
  rloo: {
    label: 'REINFORCE leave-one-out',
    source: 'Ahmadian et al. 2024, Back to Basics',
    advantage: 'leave-one-out',
    surrogate: 'log-prob',
    aggregation: 'sequence-sum',
  },
} satisfies Record<string, Algorithm>;

export type AlgorithmName = keyof typeof ALGORITHMS;
