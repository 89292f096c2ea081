import { EngineLostError } from '../policy.ts';
import type { Region, Texture } from './textures.ts';

export const CONTEXT_LOST =
  'WebGL engine: the WebGL context was lost (the browser or its GPU process took it back)';

/** Longer than the slowest step of the largest policy in software; a readback beyond it will never answer. */
const READ_TIMEOUT_MS = 30_000;

/** On a page, a wait gives way to other tasks; in a worker nothing else waits, and a timer costs 4 ms. */
const IN_WORKER = typeof document === 'undefined';

/**
 * Gives what reads the region from each layer that a texture has, four floats a texel, and counts.
 * @param checkAnswers throws if the context does not answer: then what was read before may be nothing.
 */
export function createReadback(
  gl: WebGL2RenderingContext,
  checkNotLost: () => void,
  checkAnswers: () => void,
  stats: { readbacks: number },
): (texture: Texture, region: Region) => Promise<Float32Array> {
  /** Waits until the GPU has done what was submitted, or the context is lost, or the time is over. */
  async function finished(): Promise<void> {
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
    const deadline = performance.now() + READ_TIMEOUT_MS;
    try {
      for (;;) {
        checkNotLost();
        if (!fence) return;
        const status = gl.clientWaitSync(fence, 0, 0);
        if (status === gl.ALREADY_SIGNALED || status === gl.CONDITION_SATISFIED) return;
        if (status === gl.WAIT_FAILED) checkAnswers();
        if (performance.now() > deadline)
          throw new EngineLostError(
            `WebGL engine: no answer in ${READ_TIMEOUT_MS / 1000} s; the WebGL context was lost or hangs`,
          );
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    } finally {
      gl.deleteSync(fence);
    }
  }

  return async (
    { kind, framebuffer }: Texture,
    { x = 0, y = 0, width, height }: Region,
  ): Promise<Float32Array> => {
    checkNotLost();
    const layers = kind === 'rows' ? 4 : 1;
    const size = 4 * width * height;
    const floats = new Float32Array(layers * size);
    /** Into the memory of this program, or into a buffer of the GPU at the same place. */
    const readInto = (target: (layer: number) => void): void => {
      gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
      for (let layer = 0; layer < layers; layer++) {
        gl.readBuffer(gl.COLOR_ATTACHMENT0 + layer);
        target(layer);
      }
    };
    stats.readbacks++;
    if (IN_WORKER)
      readInto((layer) => {
        const part = floats.subarray(layer * size, (layer + 1) * size);
        gl.readPixels(x, y, width, height, gl.RGBA, gl.FLOAT, part);
      });
    else {
      const buffer = gl.createBuffer();
      try {
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
        gl.bufferData(gl.PIXEL_PACK_BUFFER, floats.byteLength, gl.STREAM_READ);
        readInto((layer) =>
          gl.readPixels(x, y, width, height, gl.RGBA, gl.FLOAT, 4 * layer * size),
        );
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
        gl.bindFramebuffer(gl.FRAMEBUFFER, null);
        await finished();
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
        gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, floats);
      } finally {
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
        gl.deleteBuffer(buffer);
      }
    }
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    checkAnswers();
    return floats;
  };
}
