import type { StepMetrics } from '../rl/metrics.ts';
import type { ExperimentName } from './experiments.ts';

/**
 * One step of RLVR taken apart, as plain data: everything between the problems that are drawn and the parameters that
 * have moved, for one of its groups of answers. See `dissectUpdate`.
 */
export interface DissectedUpdate {
  /** The step, which is the one after the moment that it starts from. */
  step: number;
  /** All that the step reports, as in the row that the run has for it; kl is left out. */
  metrics: StepMetrics;
  /** The groups that were trained on, or where there is nothing to train on, those that were drawn. */
  groups: GroupOutcome[];
  /** Of dynamic sampling: the groups that were drawn and not trained on, in the order in which they were drawn. */
  dropped: DroppedGroup[];
  /** Whether there was a group to train on. */
  trained: boolean;
  /** The one of `groups` that everything below is about. */
  group: number;
  answers: DissectedAnswer[];
  /** Of the rewards of its answers; the deviation is that of a sample, with the divisor G − 1. */
  mean: number;
  deviation: number;
  /** The reward of the greedy answer, where it is the baseline. */
  greedyReward: number | null;
  /** Mean and deviation of the raw advantages of all tokens of the batch, where they are whitened. */
  whitening: { mean: number; deviation: number } | null;
  /** In the order in which they were made. */
  passes: UpdatePass[];
  after: DistributionChange;
}

/** A problem and how many of its answers were paid for. */
export interface GroupOutcome {
  problem: string;
  paid: number;
}

/**
 * Why a group was dropped: all or none of its answers were paid for, so that there is no deviation to learn from; or it
 * has both kinds, and the batch was full before its turn came.
 */
export type DropReason = 'all' | 'none' | 'leftOver';

export interface DroppedGroup extends GroupOutcome {
  /** The draw that it is of, counted from 1. */
  draw: number;
  why: DropReason;
}

/** One sampled answer; arrays have one number a token, the end token included. */
export interface DissectedAnswer {
  tokens: string[];
  text: string;
  /** What the verifier says, and why. */
  correct: boolean;
  detail: string;
  /** Σ of the rewards of its tokens. */
  reward: number;
  rewards: number[];
  /** log π_old, in nats. */
  logProbs: number[];
  /** As the advantage's formula gives them, and after normalisation and shaping, if there are such. */
  rawAdvantages: number[];
  advantages: number[];
  /** The value outputs where the tokens were predicted, if they are the baseline. */
  values: number[] | null;
}

/** One optimiser step of the update. */
export interface UpdatePass {
  /** Counted from 1. */
  epoch: number;
  minibatch: number;
  /** ‖g‖ before clipping, and min(1, maxGradNorm / ‖g‖), which g is multiplied by. */
  gradientNorm: number;
  scale: number;
  /** How many sequences and tokens its minibatch has. */
  sequences: number;
  tokens: number;
  /** What it does with the group; null where the group is in another minibatch. */
  group: PassTokens | null;
}

/** [answers][tokens] */
export interface PassTokens {
  /** π / π_old of the token, or of its sequence where the algorithm takes that one. */
  ratios: number[][];
  /** Whether the ratio is out of its bounds in the direction that counts. */
  clipped: boolean[][];
  /** The number that stands before ∇log π of the token in the gradient. */
  weights: number[][];
  /** [answers] the share that the aggregation gives to each token of an answer. */
  shares: number[];
}

/** A number before the step and after it. */
export interface Change {
  before: number;
  after: number;
}

/** π(· | problem) at the temperature of evaluations. */
export interface DistributionChange {
  /** p = Σ π(y | x) over the accept set. */
  p: Change;
  /** Of the distribution of the first token, in nats. */
  entropy: Change;
  acceptedAnswers: number;
  /** The likeliest before the step among the accepted and the sampled answers, of which all sampled ones are here. */
  answers: AnswerChange[];
}

export interface AnswerChange extends Change {
  text: string;
  correct: boolean;
  /** How many of the group's answers are this one. */
  sampled: number;
}

/** Why there is no step of RLVR to take apart: the experiment learns otherwise, its warm start does, or a teacher has a part. */
export type NoUpdate = Exclude<ExperimentName, 'rlvr'> | 'warm start' | 'beside a teacher';
