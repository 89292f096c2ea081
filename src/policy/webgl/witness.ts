import { createTexture } from './textures.ts';

/** A texel whose value is known. */
export interface Witness {
  /** Whether the context reads the texel as it is, by which it shows that all that was read before was real. */
  answers(): boolean;
  dispose(): void;
}

const KNOWN = [1, 2, 3, 4];

/**
 * A GPU whose process has died answers every read with nothing: `readPixels` leaves the array as it was, `getError` knows of no
 * error, and `isContextLost` is false until this thread is told, in a worker many steps later or never. What is dead does
 * not come back, so one read of something known proves all earlier ones.
 */
export function createWitness(gl: WebGL2RenderingContext): Witness {
  const { handle, framebuffer } = createTexture(gl, 'plane', 1, 1);
  gl.bindTexture(gl.TEXTURE_2D, handle);
  gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, 1, 1, gl.RGBA, gl.FLOAT, Float32Array.from(KNOWN));
  gl.bindTexture(gl.TEXTURE_2D, null);
  return {
    answers() {
      const seen = new Float32Array(KNOWN.length);
      gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
      gl.readBuffer(gl.COLOR_ATTACHMENT0);
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.FLOAT, seen);
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      return KNOWN.every((value, i) => value === seen[i]);
    },
    dispose() {
      gl.deleteFramebuffer(framebuffer);
      gl.deleteTexture(handle);
    },
  };
}
