import type { RandomKey } from '../core/random.ts';
import type { PolicyShape } from './shape.ts';

/**
 * The waist of the project: a policy with three verbs. Everything above it (algorithms, pretraining, evaluation) is
 * plain TypeScript that never touches a tensor; below it stand two engines that must agree.
 *
 * B sequences, T = responseLength, arrays of [B, T] are row by row. Tokens after the end token of a response are
 * `END` (0) and masked: every engine ignores them and reports 0 for them.
 */
export interface Policy {
  readonly shape: PolicyShape;
  /** Draws `groupSize` responses for each prompt, sequence b answering prompt ⌊b / groupSize⌋. */
  sample(request: SampleRequest): Promise<Rollouts>;
  /** log π(y_t | x, y_<t), the entropy of π(· | x, y_<t), and the value output, for given responses. */
  score(request: ScoreRequest): Promise<Scores>;
  /** One optimiser step uphill on J; see {@link UpdateRequest}. */
  update(request: UpdateRequest): Promise<UpdateReport>;
  /** A copy of all that training has changed. */
  snapshot(): Promise<PolicySnapshot>;
  /** Puts a snapshot back. @throws RangeError if its sizes do not fit the shape. */
  restore(snapshot: PolicySnapshot): Promise<void>;
  dispose(): void;
}

/** B prompts with their responses. */
export interface Batch {
  /** [B, promptLength] */
  prompts: Int32Array;
  /** [B, T], `END` after the end. */
  responses: Int32Array;
  /** [B] tokens of each response, its end token included, from 1 to T. */
  lengths: Int32Array;
}

export interface SampleRequest {
  /** [P, promptLength] */
  prompts: Int32Array;
  groupSize: number;
  /** τ > 0: tokens are drawn from softmax(logits / τ). */
  temperature: number;
  /** Tokens are drawn from the smallest set of likeliest ones that has this probability; 0 < topP ≤ 1, which is the default. */
  topP?: number;
  /** Token t of sequence b is drawn with counter b·T + t of this key. */
  key: RandomKey;
  /** [B, T] tokens that answers begin with, in the place of drawn ones; `END` from the first one on that is drawn. */
  beginnings?: Int32Array;
}

export interface Rollouts extends Batch {
  /** [B, T] log π of each token at the temperature and the top-p that it was drawn with. */
  logProbs: Float32Array;
  /** [B, T] entropy in nats of the distribution that each token was drawn from. */
  entropies: Float32Array;
  /** [B] how many tokens of each answer were given; absent where all were drawn. A given one has log π and entropy too. */
  begun?: Int32Array | undefined;
}

export interface ScoreRequest {
  batch: Batch;
  temperature: number;
  /** Whether to give the whole distribution of every token too; it takes R times as much to read back. */
  distributions?: boolean;
}

export interface Scores {
  /** [B, T] log π(y_t | x, y_<t) */
  logProbs: Float32Array;
  /** [B, T] nats */
  entropies: Float32Array;
  /** [B, T] value output v_t at the position that predicts y_t */
  values: Float32Array;
  /** Where asked for: [B, T, R] log π(v | x, y_<t) of every output token v, 0 from the end of a response on. */
  distributions?: Float32Array;
}

/**
 * J = Σ_{b,t} ( logProb_bt · log π(y_bt | …) + entropy_bt · H_bt + value_bt · v_bt ), with the weights as constants.
 * Supervised learning has logProb = 1/N; a policy gradient has logProb = advantage × ratio / N where not clipped; a
 * value loss ½(v − R)² / N has value = (R − v) / N. The update is: g = ∇J, scaled down to ‖g‖ ≤ maxGradNorm, then
 * one step of Adam uphill.
 */
export interface UpdateRequest {
  batch: Batch;
  temperature: number;
  weights: TokenWeights;
  optimizer: AdamSettings;
  /**
   * True: the report may wait for the next call of any verb of this policy, whose readback then brings it along, so
   * that the update needs none of its own. The update itself is under way at once. Do not await it before that call.
   */
  deferReport?: boolean;
}

/** [B, T] each; weights of masked tokens are ignored. */
export interface TokenWeights {
  logProb: Float32Array;
  entropy?: Float32Array;
  value?: Float32Array;
}

/**
 * Adam, Kingma & Ba 2015, algorithm 1: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
 * θ ← θ + learningRate · (m / (1−β₁ⁿ)) / (√(v / (1−β₂ⁿ)) + epsilon) at the n-th update (uphill, hence the plus).
 */
export interface AdamSettings {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  /** The gradient is multiplied by min(1, maxGradNorm / ‖g‖). */
  maxGradNorm: number;
}

/** β and clip as in TRL's defaults; ε as far above float32 noise in a gradient as it is below the gradient itself. */
export const DEFAULT_ADAM: AdamSettings = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  maxGradNorm: 1,
};

export interface UpdateReport {
  /** J before the step. */
  objective: number;
  /** ‖∇J‖₂ before clipping. */
  gradientNorm: number;
}

export interface PolicySnapshot {
  parameters: Float32Array;
  /** Adam's m and v, of the same length as the parameters. */
  firstMoment: Float32Array;
  secondMoment: Float32Array;
  /** How many updates Adam has made. */
  updates: number;
}

/**
 * Awaited between the parts of large pieces of work, so that other things can be done meanwhile.
 * @throws LeftOffError to have the work left off; its policy can only be disposed of then.
 */
export type Between = () => Promise<void>;

/** Nobody wants any more what was being computed. */
export class LeftOffError extends Error {
  override name = 'LeftOffError';
}

/** A maker of policies on one kind of hardware. */
export interface Engine {
  readonly kind: EngineKind;
  /** What computes, in words: the GPU's name, or the precision of the reference engine. */
  readonly device: string;
  /** A policy with the given parameters and an optimiser that has made no step. */
  createPolicy(shape: PolicyShape, parameters: Float32Array): Promise<Policy>;
  memory(): EngineMemory;
  dispose(): void;
}

export type EngineKind = 'webgl' | 'wasm' | 'reference';

/**
 * The engine's device is gone, such as a WebGL context that the browser took back. Nothing of its policies can be read
 * any more; a new engine and the last snapshot continue the run.
 */
export class EngineLostError extends Error {
  override name = 'EngineLostError';
}

/** The engine's device has no memory for what is asked of it. A new engine on it would fare no better. */
export class EngineMemoryError extends EngineLostError {
  override name = 'EngineMemoryError';
}

/** What the engine holds now. On a processor, arrays count as tensors. */
export interface EngineMemory {
  tensors: number;
  bytes: number;
}

/** How many tokens of answer b were given, and not drawn. */
export const begunOf = ({ begun }: Pick<Rollouts, 'begun'>, b: number): number => begun?.[b] ?? 0;

/** [B] how many tokens of each answer were drawn. */
export const drawnLengths = ({
  lengths,
  begun,
}: Pick<Rollouts, 'lengths' | 'begun'>): Int32Array =>
  begun ? lengths.map((length, b) => length - begun[b]!) : lengths;
