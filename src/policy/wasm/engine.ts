import type { Between, Engine } from '../policy.ts';
import { createRowPolicy, type RowPolicy } from '../rowPolicy.ts';
import { checkParameters, type PolicyShape } from '../shape.ts';
import { compile } from './kernels.ts';
import { createWasmNetwork, type WasmNetwork } from './network.ts';

export interface WasmEngine extends Engine {
  createPolicy(shape: PolicyShape, parameters: ArrayLike<number>): Promise<RowPolicy>;
}

/**
 * The engine in WebAssembly with SIMD, for all machines without a GPU and for Node. The same bits everywhere: each sum is
 * formed in a fixed order, and no operation is left to the processor.
 *
 * @throws Error where there is no WebAssembly with SIMD, or where the page's content security policy forbids it.
 */
export async function createWasmEngine(
  between?: Between,
  options: { largestPart?: number } = {},
): Promise<WasmEngine> {
  const module = await compile();
  const policies = new Map<RowPolicy, WasmNetwork>();
  return {
    kind: 'wasm',
    device: 'WebAssembly SIMD',
    async createPolicy(shape, parameters) {
      checkParameters(shape, parameters);
      const network = createWasmNetwork(module, shape, parameters);
      const policy = createRowPolicy(shape, network, between, options);
      const dispose = policy.dispose.bind(policy);
      policy.dispose = () => {
        dispose();
        policies.delete(policy);
      };
      policies.set(policy, network);
      return policy;
    },
    memory() {
      const held = [...policies.values()].map((network) => network.memory());
      return {
        tensors: held.reduce((sum, { tensors }) => sum + tensors, 0),
        bytes: held.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    },
    dispose() {
      for (const policy of [...policies.keys()]) policy.dispose();
    },
  };
}
