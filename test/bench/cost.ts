import { parameterCount, type PolicyShape } from '../../src/policy/shape.ts';
import type { Rates } from './protocol.ts';

/** The least work of a step. */
export interface StepCost {
  /** Floating-point operations, a multiply-add counting 2. */
  flops: number;
  /** Bytes between memory and processor, in float32. */
  bytes: number;
}

/**
 * What one on-policy step of P prompts with G responses each must compute and move, whatever engine does it.
 *
 * With p = promptLength, T = responseLength, B = P·G, the network reads
 *   rows = P·p + B·(T − 1)           a prompt's positions once for its whole group,
 *   predicting = P + B·(T − 1)       of which these give logits and a value,
 *   pairs = P·p(p + 1)/2 + B·Σ_{s=1}^{T−1} (p + s)   attended positions.
 * Forward, with F = 4D: a layer has 12·D² weights that every row meets, and 2·D multiply-adds a pair;
 *   flops = layers·(24·D²·rows + 4·D·pairs) + 2·D·(R + 1)·predicting.
 * A rollout leaves the activations that the update needs, so there is one forward pass; the backward pass is twice it
 * (gradients of inputs and of weights). Hence 3 × forward. Norms, softmax and SiLU are not counted: a few percent.
 *
 * Bytes: a row's activations are written once and read once by the backward pass (a layer: its input, q, k, v,
 * attended, the stream after attention, 4D hidden: 10·D; then the last stream, D), so are logits and value; parameters
 * and both moments are read and written once. Anything smaller stays in caches in the ideal.
 */
export function stepCost(shape: PolicyShape, prompts: number, groupSize: number): StepCost {
  const { promptLength: p, responseLength: T, width: D, layers, outputs: R } = shape;
  const B = prompts * groupSize;
  const rows = prompts * p + B * (T - 1);
  const predicting = prompts + B * (T - 1);
  const perResponse = (T - 1) * p + ((T - 1) * T) / 2;
  const pairs = (prompts * p * (p + 1)) / 2 + B * perResponse;
  const forward = layers * (24 * D * D * rows + 4 * D * pairs) + 2 * D * (R + 1) * predicting;
  const activations = rows * (10 * layers + 1) * D + predicting * (R + 1);
  return { flops: 3 * forward, bytes: 4 * (2 * activations + 6 * parameterCount(shape)) };
}

/** The time in milliseconds that a step cannot be faster than, where computing and moving overlap perfectly. */
export function floorMs({ flops, bytes }: StepCost, rates: Rates): number {
  return 1000 * Math.max(flops / rates.flopsPerSecond, bytes / rates.bytesPerSecond);
}
