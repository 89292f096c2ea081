import { unbiasedPassAtK } from '../core/passAtK.ts';
import { mean, sampleStandardDeviation } from '../core/statistics.ts';
import type { StepCheck } from '../tasks/task.ts';
import type { Described } from './described.ts';
import type { RewardName } from './rewards.ts';
import { generalisedAdvantages } from './valueFunction.ts';

/** Numbers that some estimators use. */
export interface AdvantageOptions {
  /** λ, what a right answer weighs in weighted reinforcement, where a wrong one weighs 1. */
  positiveWeight: number;
  /** k of pass@k training. */
  passK: number;
  /** λ of generalised advantage estimation. */
  gaeLambda: number;
}

/** What advantages are made of: B responses in groups of G, [B, T] arrays row by row. */
export interface AdvantageInput {
  groupSize: number;
  T: number;
  /** [B] */
  lengths: Int32Array;
  /** [B, T] reward of each token. */
  rewards: Float64Array;
  /** [B] 1 where an answer is right, that is, paid for, else 0, whatever its reward was made into. */
  outcomes: readonly number[];
  /** [B, T] value output where each token was predicted. */
  values?: Float32Array;
  /** [B / G] reward of the greedy answer to each prompt. */
  greedyRewards?: readonly number[];
  /** [B] the checks of the written steps. */
  steps?: readonly (readonly StepCheck[])[];
}

/** How rewards become advantages. */
export interface Advantage extends Described {
  /** In the symbols of the microscope, which stand in brackets. */
  formula: string;
  /** How the advantage A of one answer comes about, in numbers, as the end of a sentence. */
  worked: string;
  /** What of the group's rewards it is made from, the mean or the deviation too; without it answers whose rewards are alike may have one all the same. */
  compares?: 'mean' | 'both';
  /** What has to be computed for it beside the rollouts. */
  needs?: 'greedy answers' | 'values';
  /** True: it knows only right and wrong, so `ofGroup` is given outcomes, of 1 and 0, in place of rewards. */
  ofOutcomes?: true;
  /**
   * [G] rewards of the answers of one group → [G] advantages, which all tokens of an answer share. Where there is an
   * `ofBatch`, this is what it amounts to for one reward an answer, up to a baseline that does not depend on it.
   */
  ofGroup(rewards: readonly number[], options: AdvantageOptions): number[];
  /** [B, T] advantages that differ between tokens, or need more than the rewards of a group. */
  ofBatch?(input: AdvantageInput, options: AdvantageOptions): Float64Array;
}

/** Keeps (r − mean) / std finite where all rewards are equal; the value of TRL. */
const STANDARD_DEVIATION_EPSILON = 1e-4;
/** The same for the deviation of pass@k; the value of the authors' code. */
const PASS_AT_K_EPSILON = 1e-6;

const asItIs = (rewards: readonly number[]): number[] => rewards.slice();

function standardized(rewards: readonly number[]): number[] {
  const centre = mean(rewards);
  const deviation = sampleStandardDeviation(rewards);
  return rewards.map((reward) => (reward - centre) / (deviation + STANDARD_DEVIATION_EPSILON));
}

export const ADVANTAGES = {
  /** Source: GRPO, Shao et al. 2024 (DeepSeekMath), section 4.1.2; ε and the divisor G − 1 as in TRL. */
  'group-standardized': {
    label: '(r − mean) / std of the group',
    help: '(r − mean) / (std + 1e-4) within the group, with the sample standard deviation.',
    formula: '[A_i] = ([r_i] − [mean]) / ([std] + 0.0001)',
    worked: 'advantage = ({r} − {mean}) / ({deviation} + 0.0001) = {A}',
    compares: 'both',
    ofGroup: standardized,
  },

  /** Source: Dr. GRPO, Liu et al. 2025, arXiv 2503.20783. */
  'group-centered': {
    label: 'r − mean of the group',
    help: 'r − mean within the group. Problems of medium difficulty weigh no less than rare ones.',
    formula: '[A_i] = [r_i] − [mean]',
    worked: 'advantage = {r} − {mean} = {A}',
    compares: 'mean',
    ofGroup: (rewards) => rewards.map((reward) => reward - mean(rewards)),
  },

  /** 0 for a group of one, which has no others. Source: Kool et al. 2019; RLOO, Ahmadian et al. 2024, arXiv 2402.14740. */
  'leave-one-out': {
    label: 'r − mean of the others',
    help: 'r − mean of the other G − 1 rewards: an unbiased baseline. It is G / (G − 1) times r − mean.',
    formula: '[A_i] = [r_i] − mean of the other [G] − 1 rewards',
    worked: 'advantage = {r} − mean of the others {others} = {A}',
    compares: 'mean',
    ofGroup(rewards) {
      const sum = rewards.reduce((total, reward) => total + reward, 0);
      const others = rewards.length - 1;
      return rewards.map((reward) => (others === 0 ? 0 : reward - (sum - reward) / others));
    },
  },

  /** A_t = Σ_{u ≥ t} r_u. Source: REINFORCE, Williams 1992; with whitening REINFORCE++, Hu 2025, arXiv 2501.03262. */
  return: {
    label: 'return, no baseline',
    help: 'The sum of the rewards from the token on. It is 0 for a wrong answer, so only right ones teach.',
    formula: '[A_i] = [r_i]',
    worked: 'advantage = its own reward = {A}',
    ofGroup: asItIs,
    ofBatch({ rewards, lengths, T }) {
      const returns = new Float64Array(rewards.length);
      lengths.forEach((length, b) => {
        let sum = 0;
        for (let at = b * T + length - 1; at >= b * T; at--) returns[at] = sum += rewards[at]!;
      });
      return returns;
    },
  },

  /** Source: ReMax, Li et al. 2024, arXiv 2310.10505. */
  'greedy-baseline': {
    label: 'r − r of the greedy answer',
    help: 'r − reward of the likeliest answer to the same prompt. It costs one more answer per prompt.',
    formula: '[A_i] = [r_i] − reward of the greedy answer',
    worked: 'advantage = {r} − reward of the greedy answer {greedy} = {A}',
    needs: 'greedy answers',
    ofGroup: asItIs,
    ofBatch(input) {
      const { greedyRewards } = input;
      return overGroups(input, sumsOf(input), (rewards, group) =>
        rewards.map((reward) => reward - greedyRewards![group]!),
      );
    },
  },

  /** Source: Schulman et al. 2016, arXiv 1506.02438, equation 16, with γ = 1. */
  gae: {
    label: 'GAE on a value output',
    help: 'δ_t = r_t + V_{t+1} − V_t, A_t = δ_t + λ A_{t+1}: the value output of the network is the baseline.',
    formula: '[δ_t] = [r_t] + [V_t+1] − [V_t], [A_t] = [δ_t] + [λ] [A_t+1]',
    worked: 'advantage of its first token = {A}, where the value output expected {value}',
    needs: 'values',
    ofGroup: asItIs,
    ofBatch: ({ rewards, values, lengths, T }, { gaeLambda }) =>
      generalisedAdvantages(rewards, values!, lengths, T, gaeLambda).advantages,
  },

  /** Source: Zhu et al. 2025, "The Surprising Effectiveness of Negative Reinforcement", arXiv 2506.01347. */
  'positive-only': {
    label: '+1 for right, 0 for wrong',
    help: 'Positive sample reinforcement: right answers are pushed up, wrong ones left alone.',
    formula: '[A_i] = 1 if right, 0 if wrong',
    worked: 'advantage = {A}',
    ofOutcomes: true,
    ofGroup: (outcomes) => outcomes.map((outcome) => (outcome === 1 ? 1 : 0)),
  },
  'negative-only': {
    label: '0 for right, −1 for wrong',
    help: 'Negative sample reinforcement: wrong answers are pushed down, right ones left alone.',
    formula: '[A_i] = 0 if right, −1 if wrong',
    worked: 'advantage = {A}',
    ofOutcomes: true,
    ofGroup: (outcomes) => outcomes.map((outcome) => (outcome === 1 ? 0 : -1)),
  },
  weighted: {
    label: '+λ for right, −1 for wrong',
    help: 'Weighted reinforcement: right answers count λ, wrong ones 1.',
    formula: '[A_i] = [λ] if right, −1 if wrong',
    worked: 'advantage = {A}',
    ofOutcomes: true,
    ofGroup: (outcomes, { positiveWeight }) =>
      outcomes.map((outcome) => (outcome === 1 ? positiveWeight : -1)),
  },

  /**
   * With c of G right, ρ = 1 − C(G−c, k)/C(G, k) and σ = √(ρ(1−ρ)): (1 − ρ)/(σ + 1e-6) for right and
   * (1 − ρ − C(G−c−1, k−1)/C(G−1, k−1))/(σ + 1e-6) for wrong answers. A k above G counts as G.
   * Source: Chen et al. 2025, "Pass@k Training", arXiv 2508.10751, analytical derivation.
   */
  'pass-at-k': {
    label: 'pass@k of subsets of the group',
    help: 'The mean advantage over all subsets of k answers. A subset earns 1 if any of its answers is right; once k samples hardly ever all fail, it is 0.',
    formula: '[A_i] = mean over all k-subsets of the group that hold [y_i]',
    worked: 'advantage = {A}, from {paid} right of {G} with k = {k}',
    ofOutcomes: true,
    ofGroup(outcomes, { passK }) {
      const G = outcomes.length;
      const k = Math.min(passK, G);
      const c = outcomes.filter((outcome) => outcome === 1).length;
      const rho = unbiasedPassAtK(G, c, k);
      const sigma = Math.sqrt(rho * (1 - rho)) + PASS_AT_K_EPSILON;
      // The chance that the k − 1 companions of a wrong answer are all wrong.
      const othersFail = k === 1 ? 1 : c === G ? 0 : 1 - unbiasedPassAtK(G - 1, c, k - 1);
      return outcomes.map((outcome) =>
        outcome === 1 ? (1 - rho) / sigma : (1 - rho - othersFail) / sigma,
      );
    },
  },

  /**
   * 0 where none is right. With outcomes as rewards its expected weight on ∇p is Σ_{k=0}^{G−2} (1 − p)^k =
   * (1 − (1 − p)^(G−1)) / p, the first G − 1 terms of ∂log p/∂p = 1/p: of G answers one goes into the mean that is
   * subtracted. Source: MaxRL, 2026, arXiv 2602.02710.
   */
  'mean-normalized': {
    label: '(r − mean) / mean of the group',
    help: '(r − mean) / mean: the fewer are right, the more each counts. It maximises log p up to the order of G − 1.',
    formula: '[A_i] = ([r_i] − [mean]) / [mean]',
    worked: 'advantage = ({r} − {mean}) / {mean} = {A}',
    compares: 'mean',
    ofGroup(rewards) {
      const centre = mean(rewards);
      return rewards.map((reward) => (centre > 0 ? (reward - centre) / centre : 0));
    },
  },

  /**
   * The rewards of all steps of a group's answers, and their outcomes, are standardized together; a token gets the sum
   * of those that end at it or after it. Source: GRPO with process supervision, Shao et al. 2024, section 4.1.3.
   */
  'step-standardized': {
    label: 'steps standardized in the group',
    help: 'Each reward of a step becomes (r − mean) / std over all steps of the group. A token gets the sum of those from it on.',
    formula: '[A_t] = Σ ([r_t] − [mean]) / [std] over the steps from [y_t] on',
    worked: 'advantage of its first token = {A}',
    compares: 'both',
    ofGroup: standardized,
    ofBatch({ groupSize, T, lengths, rewards, steps }) {
      const advantages = new Float64Array(rewards.length);
      for (let from = 0; from < lengths.length; from += groupSize) {
        const places = Array.from({ length: groupSize }, (_, i) => from + i).flatMap((b) => {
          const last = b * T + lengths[b]! - 1;
          return [...new Set([...(steps?.[b] ?? []).map(({ end }) => b * T + end), last])];
        });
        standardized(places.map((at) => rewards[at]!)).forEach(
          (reward, i) => (advantages[places[i]!] = reward),
        );
      }
      lengths.forEach((length, b) => {
        for (let at = b * T + length - 2; at >= b * T; at--) advantages[at]! += advantages[at + 1]!;
      });
      return advantages;
    },
  },
} satisfies Record<string, Advantage>;

export type AdvantageName = keyof typeof ADVANTAGES;

/** Whether an advantage is made from what answers earn, and not from right and wrong alone. */
export const seesRewards = (name: AdvantageName): boolean =>
  !(ADVANTAGES[name] as Advantage).ofOutcomes;

/** The reward that counts for an advantage. */
export const rewardSeen = ({
  advantage,
  reward,
}: {
  advantage: AdvantageName;
  reward: RewardName;
}): RewardName => (seesRewards(advantage) ? reward : 'outcome');

/** [B] the sum of the rewards of each answer's tokens. */
const sumsOf = ({ T, lengths, rewards }: AdvantageInput): number[] =>
  Array.from(lengths, (length, b) => {
    let sum = 0;
    for (let at = b * T; at < b * T + length; at++) sum += rewards[at]!;
    return sum;
  });

/**
 * [B, T] the advantages that `ofGroup` gives to the groups of answers, each for all tokens of its answer.
 * @param earned [B] what it makes them from.
 */
function overGroups(
  { groupSize, T, lengths }: AdvantageInput,
  earned: readonly number[],
  ofGroup: (rewards: number[], group: number) => number[],
): Float64Array {
  const advantages = new Float64Array(lengths.length * T);
  for (let from = 0, group = 0; from < lengths.length; from += groupSize, group++)
    ofGroup(earned.slice(from, from + groupSize), group).forEach((advantage, i) => {
      const start = (from + i) * T;
      advantages.fill(advantage, start, start + lengths[from + i]!);
    });
  return advantages;
}

/** [B, T] advantages of a batch, 0 after the end of each answer. */
export function advantagesOf(
  name: AdvantageName,
  input: AdvantageInput,
  options: AdvantageOptions,
): Float64Array {
  const { ofBatch, ofGroup, ofOutcomes }: Advantage = ADVANTAGES[name];
  if (ofBatch) return ofBatch(input, options);
  return overGroups(input, ofOutcomes ? input.outcomes : sumsOf(input), (earned) =>
    ofGroup(earned, options),
  );
}

export interface Normalisation extends Described {
  /** Why the height of w(p) is decided by all problems of a batch, where it compares their answers; as the end of a sentence. */
  heightWords?: string;
  /** Changes the advantages of the batch's tokens in place; `isToken` tells them from the padding. */
  apply(advantages: Float64Array, isToken: (at: number) => boolean): void;
}

const WHITENING_EPSILON = 1e-8;

export const NORMALISATIONS = {
  none: {
    label: 'none',
    help: 'Advantages are used as they are.',
    isNone: true,
    apply: () => undefined,
  },
  /** Source: REINFORCE++, Hu 2025, arXiv 2501.03262; divisor and ε as in verl. */
  batch: {
    label: 'whitened over the batch',
    help: '(A − mean) / √(variance + 1e-8) over all tokens of the batch.',
    heightWords: 'whitening divides by the deviation of all advantages',
    apply(advantages, isToken) {
      const tokens = Array.from(advantages).filter((_, at) => isToken(at));
      const centre = mean(tokens);
      const deviation = sampleStandardDeviation(tokens);
      const divisor = Math.sqrt(deviation * deviation + WHITENING_EPSILON);
      advantages.forEach((advantage, at) => {
        if (isToken(at)) advantages[at] = (advantage - centre) / divisor;
      });
    },
  },
} satisfies Record<string, Normalisation>;

export type NormalisationName = keyof typeof NORMALISATIONS;
