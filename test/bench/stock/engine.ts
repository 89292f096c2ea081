import * as tf from '@tensorflow/tfjs';
import type { Engine } from '../../../src/policy/policy.ts';
import { checkShape } from '../../../src/policy/shape.ts';
import { openStockBackend, type StockBackend } from './context.ts';
import { createStockPolicy, type StockPolicy } from './policy.ts';

export interface StockEngine extends Engine {
  createPolicy(...args: Parameters<Engine['createPolicy']>): Promise<StockPolicy>;
}

/**
 * The benchmark's opponent: the same policy from stock tfjs operations, on any of tfjs's backends. Only one can be open
 * in a thread, since tfjs has one backend at a time.
 */
export async function createStockEngine(backend: StockBackend): Promise<StockEngine> {
  const device = await openStockBackend(backend);
  const policies = new Set<StockPolicy>();
  return {
    kind: 'webgl',
    device,
    async createPolicy(shape, parameters) {
      checkShape(shape);
      const policy = createStockPolicy(shape, parameters);
      policies.add(policy);
      return policy;
    },
    memory() {
      // Allocated, not in use: idle textures in tfjs's pool take the GPU's memory all the same.
      const memory = tf.memory() as tf.MemoryInfo & { numBytesInGPUAllocated?: number };
      return {
        tensors: memory.numTensors,
        bytes: memory.numBytesInGPUAllocated ?? memory.numBytes,
      };
    },
    dispose() {
      for (const policy of policies) policy.dispose();
      policies.clear();
    },
  };
}
