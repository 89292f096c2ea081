import type { StepCheck } from '../tasks/task.ts';
import type { Described } from './described.ts';

/** What a reward is made of: B responses in groups of G, [B, T] arrays row by row. */
export interface RewardInput {
  groupSize: number;
  T: number;
  /** [B] */
  lengths: Int32Array;
  /** [B] 1 where the verifier accepts, else 0. */
  outcomes: readonly number[];
  /** [B, T] log π of the tokens when they were drawn. */
  logProbs: Float32Array;
  /** [B] the checks of the written steps, on tasks that have them. */
  steps?: readonly (readonly StepCheck[])[];
  /** β of the unlikeliness reward. */
  unlikeliness: number;
}

export interface Reward extends Described {
  /** Whether it is nothing but what the verifier says. */
  isOutcome?: true;
  /** Whether it depends on the order of a group's answers by likeliness. */
  ranks?: true;
  /** Whether it looks at written steps. */
  seesSteps?: true;
  /** What groups teach whose answers are all right or all wrong. */
  groupWords?: string;
  /** What the weight w(p) leaves out of it. */
  weightWords?: string;
  /** [B, T] the reward of each token; an outcome stands on the last token of its response. */
  ofTokens(input: RewardInput): Float64Array;
}

/** Puts one number a response on its last token. */
function onLastToken({ lengths, T }: RewardInput, rewards: readonly number[]): Float64Array {
  const tokens = new Float64Array(lengths.length * T);
  rewards.forEach((reward, b) => (tokens[b * T + lengths[b]! - 1] = reward));
  return tokens;
}

/** The rank of each response of a group by mean token log-probability: 0 the least likely, G − 1 the likeliest. */
function likelinessRanks(
  { lengths, T, logProbs }: RewardInput,
  from: number,
  to: number,
): number[] {
  const meanLogProb = (b: number): number => {
    let sum = 0;
    for (let at = b * T; at < b * T + lengths[b]!; at++) sum += logProbs[at]!;
    return sum / lengths[b]!;
  };
  const order = Array.from({ length: to - from }, (_, i) => from + i);
  const likeliness = new Map(order.map((b) => [b, meanLogProb(b)]));
  order.sort((a, b) => likeliness.get(a)! - likeliness.get(b)! || a - b);
  const ranks = new Array<number>(to - from);
  order.forEach((b, rank) => (ranks[b - from] = rank));
  return ranks;
}

export const REWARDS = {
  outcome: {
    label: 'outcome',
    help: '1 if the verifier accepts the answer, else 0.',
    isOutcome: true,
    ofTokens: (input) => onLastToken(input, input.outcomes),
  },

  /**
   * r_i · (1 − β · rank_i / G), with ranks from 0 by mean token log-probability, the likeliest highest: what the authors'
   * code does. The factors of the paper's formula are shifted by β / G.
   * Source: He et al. 2025, "Rewarding the Unlikely", arXiv 2506.02355.
   */
  unlikeliness: {
    label: 'unlikely answers first',
    help: 'A right answer earns less the likelier it was among its group: 1 − β · rank / G.',
    ranks: true,
    groupWords:
      'All-right ones still teach, since likelier answers earn less; all-wrong ones do not.',
    ofTokens(input) {
      const { groupSize: G, outcomes, unlikeliness } = input;
      const rewards: number[] = [];
      for (let from = 0; from < outcomes.length; from += G) {
        const ranks = likelinessRanks(input, from, from + G);
        ranks.forEach((rank, i) =>
          rewards.push(outcomes[from + i]! * (1 - (unlikeliness * rank) / G)),
        );
      }
      return onLastToken(input, rewards);
    },
  },

  /**
   * 1 at the end of each valid step and 0 at that of an invalid one, beside the outcome on the last token.
   * Source: process supervision, Lightman et al. 2023, arXiv 2305.20050, with a program in place of a reward model.
   */
  process: {
    label: 'steps and outcome',
    help: 'Each written step earns 1 if its arithmetic holds, in addition to the outcome. Only for tasks that write steps.',
    seesSteps: true,
    groupWords: 'They still teach where their steps differ.',
    weightWords: 'This is the curve of the outcome alone: the rewards of the steps come on top.',
    ofTokens(input) {
      const { steps, T } = input;
      if (!steps)
        throw new Error(
          'process rewards need a task that writes its steps; choose Countdown + steps, or the outcome as reward',
        );
      const tokens = onLastToken(input, input.outcomes);
      steps.forEach((checks, b) =>
        checks.forEach(({ valid, end }) => {
          if (valid) tokens[b * T + end]! += 1;
        }),
      );
      return tokens;
    },
  },
} satisfies Record<string, Reward>;

export type RewardName = keyof typeof REWARDS;
