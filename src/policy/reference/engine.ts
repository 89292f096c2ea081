import type { Between, Engine } from '../policy.ts';
import { checkShape, parameterCount, type PolicyShape } from '../shape.ts';
import { createReferencePolicy, type ReferencePolicy } from './policy.ts';

/** Float64 where the engine is an oracle, float32 where it stands in for the GPU. */
export type Precision = 'float32' | 'float64';

export interface ReferenceEngine extends Engine {
  createPolicy(shape: PolicyShape, parameters: ArrayLike<number>): Promise<ReferencePolicy>;
}

/** The engine in plain TypeScript: the oracle of every other, and what runs where there is no usable WebGL. */
export function createReferenceEngine(
  precision: Precision = 'float32',
  between?: Between,
): ReferenceEngine {
  const policies = new Set<ReferencePolicy>();
  return {
    kind: 'reference',
    device: `plain TypeScript, ${precision}`,
    async createPolicy(shape, parameters) {
      checkShape(shape);
      if (parameters.length !== parameterCount(shape))
        throw new RangeError(
          `this shape has ${parameterCount(shape)} parameters, got ${parameters.length}`,
        );
      const policy = createReferencePolicy(
        shape,
        parameters,
        precision === 'float64' ? Float64Array : Float32Array,
        between,
      );
      const dispose = policy.dispose.bind(policy);
      policy.dispose = () => {
        dispose();
        policies.delete(policy);
      };
      policies.add(policy);
      return policy;
    },
    memory() {
      const arrays = [...policies].flatMap((policy) => policy.arrays());
      return {
        tensors: arrays.length,
        bytes: arrays.reduce((sum, array) => sum + array.byteLength, 0),
      };
    },
    dispose() {
      for (const policy of [...policies]) policy.dispose();
    },
  };
}
