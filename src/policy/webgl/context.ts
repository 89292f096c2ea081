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

/** Contexts whose loss is heard of. */
const heard = new WeakSet<WebGL2RenderingContext>();

/**
 * Has a context count as lost for good once the browser says so. tfjs would ask for it back: every context of a run that
 * outlives several losses would come to life again, and Chromium, which lets a worker have four, takes away the one in use.
 */
function hearOfLoss(gl: WebGL2RenderingContext): void {
  if (heard.has(gl)) return;
  heard.add(gl);
  const onLost = (event: Event): void => {
    giveUp(gl);
    event.stopImmediatePropagation();
  };
  // Capturing, so that it comes before tfjs's.
  gl.canvas.addEventListener('webglcontextlost', onLost, { capture: true });
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
 * Opens tfjs's WebGL backend, again if its context was lost since. With a canvas, the backend computes on that one.
 * In Safari's workers tfjs looks for a document where an OffscreenCanvas would do, so it is given one; and where a context
 * does not know of its loss, since tfjs would take it again.
 *
 * @throws Error naming what is missing: WebGL 2 (tfjs silently falls back to its CPU backend) or float32 textures that
 * can be rendered to.
 */
export async function openSharedContext(
  given?: HTMLCanvasElement | OffscreenCanvas,
): Promise<SharedContext> {
  const inWorker = typeof document === 'undefined';
  const previous = (tf.findBackend('webgl') as MathBackendWebGL | null)?.gpgpu?.gl as
    WebGL2RenderingContext | undefined;
  const lost = previous !== undefined && isLost(previous);
  const isSafari = tf.env().getBool('IS_SAFARI');
  const needsOwn = (inWorker && isSafari) || (lost && !previous.isContextLost());
  // As tfjs: after crashes of the GPU Chromium may give a page a context on this kind only.
  const hasOffscreen = inWorker || (typeof OffscreenCanvas !== 'undefined' && !isSafari);
  const fresh = () => (hasOffscreen ? new OffscreenCanvas(1, 1) : document.createElement('canvas'));
  const canvas = given ?? (needsOwn ? fresh() : undefined);
  // Otherwise tfjs refuses a context that the browser renders in software.
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
  if (canvas) {
    const gl = canvas.getContext('webgl2', ATTRIBUTES) as WebGL2RenderingContext | null;
    if (!gl) throw new Error('WebGL engine: the canvas gives no WebGL 2 context');
    setWebGLContext(2, gl);
  }
  if (lost || canvas) {
    tf.removeBackend('webgl');
    tf.registerBackend('webgl', () => new MathBackendWebGL());
  }
  const chosen = await tf.setBackend('webgl').catch(() => false);
  if (!chosen || tf.getBackend() !== 'webgl')
    throw new Error('WebGL engine: this browser gives no usable WebGL 2 context');
  const gpgpu = (tf.backend() as MathBackendWebGL).gpgpu;
  const gl = gpgpu.gl as WebGL2RenderingContext;
  hearOfLoss(gl);
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
