import * as tf from '@tensorflow/tfjs-core';
import type { Between, Engine } from '../policy.ts';
import { checkParameters, type PolicyShape } from '../shape.ts';
import { openDevice, type DeviceOptions, type DeviceStats } from './device.ts';
import { createNetworks } from './networks.ts';
import type { BatchLimits } from './passes.ts';
import { createWebglPolicy, type WebglPolicy } from './policy.ts';

export interface WebglEngine extends Engine {
  /** @throws RangeError also if the parameters need a larger texture than there is. */
  createPolicy(shape: PolicyShape, parameters: Float32Array): Promise<WebglPolicy>;
  /** Draws, milliseconds of JavaScript, readbacks, compiled programs and their time since the last reset. */
  stats(): DeviceStats;
  resetStats(): void;
  /** Compiled programs held now: of all policies, and of the two shapes last used. */
  programs(): number;
}

export interface WebglOptions extends DeviceOptions {
  largestBatch?: BatchLimits;
  between?: Between;
}

/**
 * The engine that computes on the GPU with fused programs on the context of tfjs's WebGL backend, on the page or in a
 * worker.
 *
 * @throws Error naming what is missing where WebGL cannot render to float32 textures.
 */
export async function createWebglEngine({
  largestBatch,
  between,
  ...options
}: WebglOptions = {}): Promise<WebglEngine> {
  const device = await openDevice(options);
  const policies = new Set<WebglPolicy>();
  const borrow = createNetworks(device);

  return {
    kind: 'webgl',
    device: device.name,
    async createPolicy(shape, parameters) {
      checkParameters(shape, parameters);
      if (shape.width % 4 !== 0)
        throw new RangeError(
          `policy shape: on WebGL, width must be a multiple of 4, got ${shape.width}`,
        );
      const { network, giveBack } = await borrow({ ...shape });
      try {
        const policy = device.allOrNothing(() =>
          createWebglPolicy(device, network, parameters, largestBatch, between),
        );
        const dispose = policy.dispose.bind(policy);
        policy.dispose = () => {
          // Disposing twice must not free what another policy has been given since.
          if (!policies.delete(policy)) return;
          dispose();
          giveBack();
        };
        policies.add(policy);
        return policy;
      } catch (error) {
        giveBack();
        throw error;
      }
    },
    memory() {
      const { textures, bytes } = device.memory();
      const tfjs = tf.memory() as tf.MemoryInfo & { numBytesInGPUAllocated: number };
      return { tensors: textures + tfjs.numTensors, bytes: bytes + tfjs.numBytesInGPUAllocated };
    },
    stats: () => ({ ...device.stats }),
    resetStats: device.resetStats,
    programs: () => device.memory().programs,
    dispose() {
      for (const policy of [...policies]) policy.dispose();
      device.dispose();
    },
  };
}
