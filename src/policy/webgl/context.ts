import * as tf from '@tensorflow/tfjs-core';
import { MathBackendWebGL, setWebGLContext } from '@tensorflow/tfjs-backend-webgl/dist/base';

/** tfjs's WebGL context, and what to put back after drawing with it. */
export interface SharedContext {
  gl: WebGL2RenderingContext;
  /** Calls `work` with a state of our own and leaves the state as tfjs expects it. */
  borrow<Result>(work: () => Result): Result;
  /** Gives back what borrowing needs; the context stays tfjs's. */
  close(): void;
}

/** Contexts that do not answer any more, which they themselves may not know. */
const unanswering = new WeakSet<WebGL2RenderingContext>();

/** From now on the context counts as lost, whatever it says of itself. */
export const giveUp = (gl: WebGL2RenderingContext): void => void unanswering.add(gl);

export const isLost = (gl: WebGL2RenderingContext): boolean =>
  unanswering.has(gl) || gl.isContextLost();

/** As tfjs: after crashes of the GPU Chromium may give a page a context on an OffscreenCanvas only. */
function createCanvas(): HTMLCanvasElement | OffscreenCanvas {
  const hasOffscreen =
    typeof document === 'undefined' ||
    (typeof OffscreenCanvas !== 'undefined' && !tf.env().getBool('IS_SAFARI'));
  return hasOffscreen ? new OffscreenCanvas(1, 1) : document.createElement('canvas');
}

/** As tfjs's own contexts, without the refusal of software rendering. */
const ATTRIBUTES: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  premultipliedAlpha: false,
  preserveDrawingBuffer: false,
  depth: false,
  stencil: false,
};

/**
 * Opens tfjs's WebGL backend, again if its context was lost since, on the given canvas or one of our own. tfjs would ask for
 * a lost context of its own canvas back: each loss that a run outlives would leave one alive, and Chromium, which lets a
 * worker have four, takes away the one in use. In Safari's workers tfjs would look for a document, too.
 *
 * @throws Error naming what is missing: WebGL 2 (tfjs silently falls back to its CPU backend) or float32 textures that
 * can be rendered to.
 */
export async function openSharedContext(
  given?: HTMLCanvasElement | OffscreenCanvas,
): Promise<SharedContext> {
  const previous = (tf.findBackend('webgl') as MathBackendWebGL | null)?.gpgpu?.gl as
    WebGL2RenderingContext | undefined;
  const canvas = given ?? (previous === undefined || isLost(previous) ? createCanvas() : null);
  // Otherwise tfjs refuses a context that the browser renders in software.
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
  if (canvas) {
    const gl = canvas.getContext('webgl2', ATTRIBUTES) as WebGL2RenderingContext | null;
    if (!gl) throw new Error('WebGL engine: this browser gives no WebGL 2 context');
    setWebGLContext(2, gl);
    tf.removeBackend('webgl');
    tf.registerBackend('webgl', () => new MathBackendWebGL());
  }
  const chosen = await tf.setBackend('webgl').catch(() => false);
  if (!chosen || tf.getBackend() !== 'webgl')
    throw new Error('WebGL engine: tfjs finds the WebGL 2 context not usable');
  const gpgpu = (tf.backend() as MathBackendWebGL).gpgpu;
  const gl = gpgpu.gl as WebGL2RenderingContext;
  if (tf.env().getNumber('WEBGL_VERSION') !== 2)
    throw new Error('WebGL engine: this device has WebGL 1, expected WebGL 2');
  if (
    !gl.getExtension('EXT_color_buffer_float') ||
    !tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')
  )
    throw new Error('WebGL engine: this device cannot render to float32 textures');

  const vertexArray = gl.createVertexArray();
  return {
    gl,
    borrow(work) {
      gl.bindVertexArray(vertexArray);
      // On in tfjs's context: the one clips draws to tfjs's last output, the other may drop the triangle.
      gl.disable(gl.SCISSOR_TEST);
      gl.disable(gl.CULL_FACE);
      gl.disable(gl.BLEND);
      gl.disable(gl.DEPTH_TEST);
      try {
        return work();
      } finally {
        gl.bindVertexArray(null);
        gl.bindFramebuffer(gl.FRAMEBUFFER, null);
        gl.enable(gl.SCISSOR_TEST);
        gl.enable(gl.CULL_FACE);
        gl.useProgram(gpgpu.program);
        gl.activeTexture(gl.TEXTURE0);
      }
    },
    close: () => gl.deleteVertexArray(vertexArray),
  };
}
