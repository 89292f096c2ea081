import { words } from '../text/words.ts';

/** What the badge says of the engine. */
export const ENGINE_TEXT = words('engine', {
  waits: 'engine: not started',
  starting: 'engine: starting',
  webgl: 'WebGL on {device}',
  wasm: 'WebAssembly',
  held: ' · {size} MiB in {count} tensors',
});
