/** What the badge says of the engine. */
export const ENGINE_TEXT = {
  waits: 'engine: not started',
  starting: 'engine: starting',
  webgl: 'WebGL on {device}',
  wasm: 'WebAssembly',
  held: ' · {size} MiB in {count} tensors',
};
