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
export async function createWasmEngine(between?: Between): Promise<WasmEngine> {
  const module = await compile();
  const networks = new Set<WasmNetwork>();
  return {
    kind: 'wasm',
    device: 'WebAssembly SIMD',
    async createPolicy(shape, parameters) {
      checkParameters(shape, parameters);
      const network = createWasmNetwork(module, shape, parameters);
      networks.add(network);
      const policy = createRowPolicy(shape, network, between);
      const dispose = policy.dispose.bind(policy);
      policy.dispose = () => {
        dispose();
        networks.delete(network);
      };
      return policy;
    },
    memory() {
      const held = [...networks].map((network) => network.memory());
      return {
        tensors: held.reduce((sum, { tensors }) => sum + tensors, 0),
        bytes: held.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    },
    dispose() {
      networks.clear();
    },
  };
}
