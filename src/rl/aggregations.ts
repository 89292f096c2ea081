import type { Described } from './described.ts';

export interface Aggregation extends Described {
  /** The share s_bt of one token: a sequence of `length` tokens of B, N tokens in all, at most T a sequence. */
  share(length: number, B: number, N: number, T: number): number;
}

export const AGGREGATIONS = {
  'sequence-mean': {
    label: 'mean of sequence means',
    help: '1 / (B · length): the tokens of short answers weigh more. GRPO as published.',
    share: (length, B) => 1 / (B * length),
  },
  'token-mean': {
    label: 'mean of tokens',
    help: '1 / N over all N tokens of the batch. DAPO; the default of verl and TRL.',
    share: (_length, _B, N) => 1 / N,
  },
  'constant-length': {
    label: 'sum / longest length',
    help: '1 / (B · T), a constant: no answer weighs more for its length. Dr. GRPO as in TRL.',
    share: (_length, B, _N, T) => 1 / (B * T),
  },
  'sequence-sum': {
    label: 'mean of sequence sums',
    help: '1 / B: the whole answer is one action. REINFORCE, RLOO.',
    share: (_length, B) => 1 / B,
  },
} satisfies Record<string, Aggregation>;

export type AggregationName = keyof typeof AGGREGATIONS;
