import type { ReferenceEngine } from '../policy/reference/engine.ts';
import type { WasmEngine } from '../policy/wasm/engine.ts';
import type { RunSettings } from '../run/settings.ts';

/** Which engine computes where there is no page: WebAssembly, or the reference engine where that is asked for. */
export const engineKind = ({ engine }: Pick<RunSettings, 'engine'>): 'wasm' | 'reference' =>
  engine === 'reference' ? engine : 'wasm';

/** That engine, in float32. @throws Error where this Node has no WebAssembly with SIMD, and that is wanted. */
export async function engineFor(
  settings: Pick<RunSettings, 'engine'>,
): Promise<WasmEngine | ReferenceEngine> {
  if (engineKind(settings) === 'reference') {
    const { createReferenceEngine } = await import('../policy/reference/engine.ts');
    return createReferenceEngine();
  }
  const { createWasmEngine } = await import('../policy/wasm/engine.ts');
  return createWasmEngine();
}
