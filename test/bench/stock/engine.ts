import * as tf from '@tensorflow/tfjs';
import type { Engine } from '../policy.ts';
import { checkShape, parameterCount, type PolicyShape } from '../shape.ts';
import { openWebglContext } from './context.ts';
import { createWebglPolicy, type WebglPolicy } from './policy.ts';

export interface WebglEngine extends Engine {
  createPolicy(shape: PolicyShape, parameters: Float32Array): Promise<WebglPolicy>;
}

/**
 * The engine that computes on the GPU through tfjs's WebGL backend, on the page or in a worker.
 *
 * @throws Error naming what is missing where WebGL cannot compute in float32; see {@link openWebglContext}.
 */
export async function createWebglEngine(): Promise<WebglEngine> {
  const context = await openWebglContext();
  const policies = new Set<WebglPolicy>();
  return {
    kind: 'webgl',
    device: context.device,
    async createPolicy(shape, parameters) {
      checkShape(shape);
      if (parameters.length !== parameterCount(shape))
        throw new RangeError(
          `this shape has ${parameterCount(shape)} parameters, got ${parameters.length}`,
        );
      const policy = createWebglPolicy(context, shape, parameters);
      const dispose = policy.dispose.bind(policy);
      policy.dispose = () => {
        // Disposing twice must not free what another policy has been given since.
        if (policies.delete(policy)) dispose();
      };
      policies.add(policy);
      return policy;
    },
    memory() {
      // Allocated, not in use: idle textures in tfjs's pool take the GPU's memory all the same.
      const memory = tf.memory() as tf.MemoryInfo & { numBytesInGPUAllocated: number };
      return { tensors: memory.numTensors, bytes: memory.numBytesInGPUAllocated };
    },
    dispose() {
      for (const policy of [...policies]) policy.dispose();
      context.close();
    },
  };
}
