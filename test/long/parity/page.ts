import { createWasmEngine } from '../../../src/policy/wasm/engine.ts';
import { createWebglEngine } from '../../../src/policy/webgl/engine.ts';
import { runBits, type RunBits } from '../../experiments/sameBits.ts';
import {
  beyondRounding,
  distancesOf,
  SHAPES,
  WASM_ROUNDING,
  type Distances,
  type TestedEngine,
} from '../../policy/parity.ts';

/** By shape, what is further apart than rounding explains; empty objects where nothing is. */
type BeyondRounding = Record<string, Partial<Distances>>;

/** What this page finds, for the test that has opened it. */
declare global {
  interface Window {
    compareWebgl(): Promise<{ largestTexture: number; beyondRounding: BeyondRounding }>;
    compareWasm(): Promise<{ bits: RunBits; beyondRounding: BeyondRounding }>;
  }
}

async function compare(
  engine: TestedEngine,
  steps: number,
  rounding?: Distances,
): Promise<BeyondRounding> {
  const beyond: BeyondRounding = {};
  for (const [name, shape] of Object.entries(SHAPES))
    beyond[name] = beyondRounding(await distancesOf(engine, shape, steps), rounding);
  return beyond;
}

function largestTexture(): number {
  const gl = document.createElement('canvas').getContext('webgl2')!;
  return gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
}

window.compareWebgl = async () => ({
  largestTexture: largestTexture(),
  beyondRounding: await compare(await createWebglEngine(), 20),
});

window.compareWasm = async () => ({
  bits: await runBits(),
  beyondRounding: await compare(await createWasmEngine(), 5, WASM_ROUNDING),
});
