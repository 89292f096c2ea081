import { normalSequence, Stream } from '../core/random.ts';
import { parameterCount, parameterLayout, type PolicyShape } from './shape.ts';

/**
 * Initial parameters from a seed: gains 1, biases and the value output 0, embeddings N(0, 0.1²), matrices
 * N(0, 1/fan-in), the two matrices of a layer that write to the residual stream scaled by a further 1/√(2·layers).
 *
 * Source of the residual scaling: Radford et al. 2019 (GPT-2), section 2.3.
 */
export function initialParameters(shape: PolicyShape, seed: number): Float32Array {
  const normal = normalSequence({ seed, stream: Stream.initialisation, step: 0 });
  const parameters = new Float32Array(parameterCount(shape));
  for (const { name, dimensions, offset, size } of parameterLayout(shape)) {
    const end = offset + size;
    if (name.endsWith('.gain')) parameters.fill(1, offset, end);
    else if (!name.endsWith('.bias') && !name.startsWith('value.')) {
      const residual = name.includes('attentionOut') || name.includes('mlpOut');
      const deviation = name.endsWith('Embedding')
        ? 0.1
        : Math.sqrt(1 / dimensions[0]! / (residual ? 2 * shape.layers : 1));
      for (let i = offset; i < end; i++) parameters[i] = deviation * normal();
    }
  }
  return parameters;
}
