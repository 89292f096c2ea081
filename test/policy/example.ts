import { createBatch } from '../../src/policy/batch.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import type { AdamSettings, Batch, TokenWeights } from '../../src/policy/policy.ts';
import type { PolicyShape } from '../../src/policy/shape.ts';
import { normalSequence, uniformAt } from '../../src/core/random.ts';

/** Odd position count (7), three heads, an output vocabulary smaller than the input's: nothing is a round number. */
export const SHAPE: PolicyShape = {
  vocabulary: 11,
  outputs: 7,
  promptLength: 3,
  responseLength: 5,
  width: 12,
  layers: 2,
  heads: 3,
};

export const ADAM: AdamSettings = {
  learningRate: 3e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-5,
  maxGradNorm: 0.5,
};

/** Initial parameters moved by N(0, 0.1²), so that no gain is 1, no bias 0 and the value head is not silent. */
export function exampleParameters(shape: PolicyShape, seed = 3): Float32Array {
  const normal = normalSequence({ seed, stream: 7, step: 0 });
  return initialParameters(shape, seed).map((parameter) => parameter + 0.1 * normal());
}

/** `count` prompts of uniformly random tokens. */
export function examplePrompts(shape: PolicyShape, count: number, seed = 5): Int32Array {
  return Int32Array.from({ length: count * shape.promptLength }, (_, i) =>
    Math.floor(uniformAt({ seed, stream: 8, step: 0 }, i) * shape.vocabulary),
  );
}

/** Random prompts and responses of every length from 1 to T. */
export function exampleBatch(shape: PolicyShape, count: number, seed = 5): Batch {
  const prompts = examplePrompts(shape, count, seed);
  return createBatch(
    shape,
    Array.from({ length: count }, (_, b) => ({
      prompt: Array.from(prompts.subarray(b * shape.promptLength, (b + 1) * shape.promptLength)),
      response: Array.from({ length: 1 + (b % shape.responseLength) }, (_, t) =>
        Math.floor(uniformAt({ seed, stream: 9, step: b }, t) * (shape.outputs - 1) + 1),
      ),
    })),
  );
}

/** Weights of all three kinds, of either sign, for B · T tokens; nonzero where masked, since engines must not look. */
export function exampleWeights(
  shape: PolicyShape,
  count: number,
  seed = 6,
): Required<TokenWeights> {
  const size = count * shape.responseLength;
  const draw = (step: number, scale: number): Float32Array => {
    const normal = normalSequence({ seed, stream: 10, step });
    return Float32Array.from({ length: size }, () => (scale * normal()) / count);
  };
  return { logProb: draw(0, 1), entropy: draw(1, 0.7), value: draw(2, 0.5) };
}

/** ‖a − b‖ / ‖b‖ */
export function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  let size = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2;
    size += b[i]! ** 2;
  }
  return Math.sqrt(difference / size);
}

/** max |a − b| */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < b.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
