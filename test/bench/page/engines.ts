import type { Engine } from '../../../src/policy/policy.ts';
import type { BrowserEngine, Rates } from '../protocol.ts';

/** An engine as the benchmark sees it: what it computes with, its own statistics, and the speed of its backend. */
export interface Competitor {
  engine: Engine;
  usesWebgl: boolean;
  /** The fused engine's counters; null where an engine has none. */
  stats: (() => { submitMs: number; compileMs: number }) | null;
  resetStats(): void;
  measureRates(): Promise<Rates>;
}

/** Each engine's code is fetched only in the worker that runs it. */
export async function openCompetitor(name: BrowserEngine): Promise<Competitor> {
  if (name === 'wasm') {
    const { createWasmEngine } = await import('../../../src/policy/wasm/engine.ts');
    const { wasmRates } = await import('./wasmRates.ts');
    return plain(await createWasmEngine(), false, wasmRates);
  }
  if (name === 'reference' || name === 'reference-live') {
    const { createReferenceEngine } = await import('../../../src/policy/reference/engine.ts');
    const { referenceRates } = await import('./referenceRates.ts');
    const everyRow = name === 'reference';
    return plain(createReferenceEngine('float32', undefined, { everyRow }), false, referenceRates);
  }
  if (name === 'webgl') {
    const { createWebglEngine } = await import('../../../src/policy/webgl/engine.ts');
    const { glRates } = await import('./glRates.ts');
    const engine = await createWebglEngine();
    return {
      ...plain(engine, true, glRates),
      stats: () => engine.stats(),
      resetStats: () => engine.resetStats(),
    };
  }
  const { createStockEngine } = await import('../stock/engine.ts');
  const backend = name.slice('stock-'.length) as 'webgl' | 'wasm';
  const { tfjsRates } = await import('./tfjsRates.ts');
  return plain(await createStockEngine(backend), backend === 'webgl', tfjsRates);
}

const plain = (
  engine: Engine,
  usesWebgl: boolean,
  measureRates: Competitor['measureRates'],
): Competitor => ({ engine, usesWebgl, stats: null, resetStats: () => undefined, measureRates });
