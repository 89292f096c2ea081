import type { AdamSettings, Batch, TokenWeights } from '../../src/policy/policy.ts';
import { parameterLayout, type PolicyShape } from '../../src/policy/shape.ts';
import network from '../reference/network.json' with { type: 'json' };

/** The vectors of test/reference/make_vectors.py as the engines take them. */
export const vectors = {
  ...network,
  shape: network.shape satisfies PolicyShape,
  optimizer: network.optimizer satisfies AdamSettings,
  batch: {
    prompts: Int32Array.from(network.prompts),
    responses: Int32Array.from(network.responses),
    lengths: Int32Array.from(network.lengths),
  } satisfies Batch,
  weights: {
    logProb: Float32Array.from(network.weights.logProb),
    entropy: Float32Array.from(network.weights.entropy),
    value: Float32Array.from(network.weights.value),
  } satisfies TokenWeights,
};

/** The formula of make_vectors.py: 0.4 sin(1.7 i + 0.3) + 0.05 cos(0.011 i²), plus 1 for gains. */
export function vectorParameters(shape: PolicyShape): Float32Array {
  return Float32Array.from(
    parameterLayout(shape).flatMap(({ name, offset, size }) =>
      Array.from({ length: size }, (_, j) => {
        const i = offset + j;
        const wave = 0.4 * Math.sin(1.7 * i + 0.3) + 0.05 * Math.cos(0.011 * i * i);
        return wave + (name.endsWith('.gain') ? 1 : 0);
      }),
    ),
  );
}
