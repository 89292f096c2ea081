import { createArena } from '../../../src/policy/wasm/arena.ts';
import { compile, instantiate } from '../../../src/policy/wasm/kernels.ts';
import type { Rates } from '../protocol.ts';
import { ratesOf } from './rate.ts';

/** All three matrices then fit into a second-level cache: the kernel has no blocks for larger ones. */
const SIZE = 256;
const FLOATS = 2 ** 24;

/** The speed of the WebAssembly engine's own matrix product, and of copying within its memory. */
export async function wasmRates(): Promise<Rates> {
  const arena = createArena();
  const { linear } = instantiate(await compile(), arena.memory);
  const [a, b, c] = [0.5, 0.5, 0].map((value) => {
    const address = arena.allocate(SIZE * SIZE);
    arena.floats(address, SIZE * SIZE).fill(value);
    return address;
  }) as [number, number, number];
  const [to, from] = [arena.allocate(FLOATS), arena.allocate(FLOATS)];
  const [toFloats, fromFloats] = [arena.floats(to, FLOATS), arena.floats(from, FLOATS)];
  return ratesOf(
    SIZE,
    () => linear(c, a, b, 0, SIZE, SIZE, SIZE, false),
    FLOATS,
    () => toFloats.set(fromFloats),
  );
}
