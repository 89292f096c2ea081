import type { Between, Engine } from '../policy.ts';
import { checkParameters } from '../shape.ts';
import type { PolicyShape } from '../shape.ts';
import { createReferencePolicy, type ReferencePolicy } from './policy.ts';

/** Float64 where the engine is an oracle, float32 where it stands in for a faster one. */
export type Precision = 'float32' | 'float64';

export interface ReferenceEngine extends Engine {
  createPolicy(shape: PolicyShape, parameters: ArrayLike<number>): Promise<ReferencePolicy>;
}

/**
 * The engine in plain TypeScript: the oracle of every other, and what runs where none of them can. With `everyRow` it
 * computes also what nothing depends on: the slow twin that tells that leaving it out changes nothing.
 */
export function createReferenceEngine(
  precision: Precision = 'float32',
  between?: Between,
  options: { everyRow?: boolean } = {},
): ReferenceEngine {
  const policies = new Set<ReferencePolicy>();
  return {
    kind: 'reference',
    device: `plain TypeScript, ${precision}`,
    async createPolicy(shape, parameters) {
      checkParameters(shape, parameters);
      const Real = precision === 'float64' ? Float64Array : Float32Array;
      const policy = createReferencePolicy(shape, parameters, Real, between, options);
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
