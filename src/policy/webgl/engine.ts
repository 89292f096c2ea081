import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../policy.ts';
import { checkShape, parameterCount, type PolicyShape } from '../shape.ts';
import { openDevice, type DeviceStats, type OnCompile } from './device.ts';
import type { BatchLimits } from './passes.ts';
import { createWebglPolicy, type WebglPolicy } from './policy.ts';
import { compileNetwork, deleteNetwork, type Network } from './programs.ts';

export interface WebglEngine extends Engine {
  createPolicy(shape: PolicyShape, parameters: Float32Array): Promise<WebglPolicy>;
  /** Draws, milliseconds of JavaScript, readbacks and compile time since the last reset. */
  stats(): DeviceStats;
  resetStats(): void;
}

export interface WebglOptions {
  /** Compute on a context of this canvas instead of one that tfjs makes. */
  canvas?: HTMLCanvasElement | OffscreenCanvas;
  largestBatch?: BatchLimits;
  onCompile?: OnCompile;
}

/**
 * The engine that computes on the GPU with fused programs on the context of tfjs's WebGL backend, on the page or in a
 * worker.
 *
 * @throws Error naming what is missing where WebGL cannot render to float32 textures.
 */
export async function createWebglEngine({
  canvas,
  largestBatch,
  onCompile,
}: WebglOptions = {}): Promise<WebglEngine> {
  const device = await openDevice(canvas, onCompile);
  const policies = new Set<WebglPolicy>();
  /** By shape, with how many policies use each; a promise, so that two policies made at once compile once. */
  const networks = new Map<string, { network: Promise<Network>; users: number }>();

  function acquire(shape: PolicyShape): Promise<Network> {
    const name = JSON.stringify(Object.entries(shape).sort());
    let entry = networks.get(name);
    if (!entry) networks.set(name, (entry = { network: compileNetwork(device, shape), users: 0 }));
    entry.users++;
    return entry.network.catch((error: unknown) => {
      networks.delete(name);
      throw error;
    });
  }

  async function release(network: Network): Promise<void> {
    for (const [name, entry] of networks)
      if ((await entry.network) === network && --entry.users === 0) {
        networks.delete(name);
        deleteNetwork(device, network);
      }
  }

  /** A policy that cannot be made, such as for want of memory, uses the network no more. */
  async function createPolicyWith(
    network: Network,
    parameters: Float32Array,
  ): Promise<WebglPolicy> {
    try {
      return createWebglPolicy(device, network, parameters, largestBatch);
    } catch (error) {
      await release(network);
      throw error;
    }
  }

  return {
    kind: 'webgl',
    device: device.name,
    async createPolicy(shape, parameters) {
      checkShape(shape);
      if (shape.width % 4 !== 0)
        throw new RangeError(
          `policy shape: on WebGL, width must be a multiple of 4, got ${shape.width}`,
        );
      if (parameters.length !== parameterCount(shape))
        throw new RangeError(
          `this shape has ${parameterCount(shape)} parameters, got ${parameters.length}`,
        );
      const network = await acquire({ ...shape });
      const policy = await createPolicyWith(network, parameters);
      const dispose = policy.dispose.bind(policy);
      policy.dispose = () => {
        // Disposing twice must not free what another policy has been given since.
        if (!policies.delete(policy)) return;
        dispose();
        void release(network);
      };
      policies.add(policy);
      return policy;
    },
    memory() {
      const { textures, bytes } = device.memory();
      const tfjs = tf.memory() as tf.MemoryInfo & { numBytesInGPUAllocated: number };
      return { tensors: textures + tfjs.numTensors, bytes: bytes + tfjs.numBytesInGPUAllocated };
    },
    stats: () => ({ ...device.stats }),
    resetStats: device.resetStats,
    dispose() {
      for (const policy of [...policies]) policy.dispose();
      device.dispose();
    },
  };
}
