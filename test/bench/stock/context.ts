import * as tf from '@tensorflow/tfjs';

/** The part of tfjs's WebGL backend that this engine relies on beyond its operations. */
interface WebglBackend {
  gpgpu: { gl: WebGL2RenderingContext };
}

/** tfjs's WebGL context, checked once and watched from then on. */
export interface WebglContext {
  /** The GPU's name as the browser gives it. */
  readonly device: string;
  /**
   * Reads a tensor back. Synchronous: a lost context then answers with zeros at once, where the asynchronous read would
   * never settle, and in a worker it takes a tenth of the time of one that waits for a timer.
   *
   * @throws Error if the WebGL context was lost, before or during the read.
   */
  read(tensor: tf.Tensor): Float32Array;
  close(): void;
}

/** Idle textures beyond this are freed instead of pooled, so that odd batch sizes do not add up. */
const POOL_BYTES = 256 * 2 ** 20;

/**
 * Opens tfjs's WebGL backend and proves that it computes in float32.
 *
 * @throws Error naming what is missing: WebGL itself (tfjs silently falls back to its CPU backend), float32 textures
 * that can be rendered to, or float32 precision (2049.001 rounds to 2050 in a half float).
 */
export async function openWebglContext(): Promise<WebglContext> {
  // Shapes as uniforms share one compiled program between batch sizes and between layers of different width.
  tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
  tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', POOL_BYTES);
  // A small tensor computed on the CPU would be as correct, but the probe below must test the GPU.
  tf.env().set('WEBGL_CPU_FORWARD', false);
  const chosen = await tf.setBackend('webgl').catch(() => false);
  await tf.ready();
  if (!chosen || tf.getBackend() !== 'webgl')
    throw new Error(`WebGL engine: no usable WebGL context (tfjs chose ${tf.getBackend()})`);
  if (!tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'))
    throw new Error('WebGL engine: this device cannot render to float32 textures');
  const computed = tf.tidy(
    () => tf.add(tf.tensor1d([2049, 1]), tf.tensor1d([1e-3, 1e-6])).dataSync() as Float32Array,
  );
  if (computed[0] !== Math.fround(2049 + Math.fround(1e-3)) || computed[1] === 1)
    throw new Error(
      `WebGL engine: this device computes with less than float32 (2049 + 0.001 = ${computed[0]})`,
    );

  const { gl } = (tf.backend() as unknown as WebglBackend).gpgpu;
  let lost = false;
  const onLost = (): void => {
    lost = true;
  };
  gl.canvas.addEventListener('webglcontextlost', onLost);
  return {
    device: deviceName(gl),
    read(tensor) {
      const data = tensor.dataSync<'float32'>();
      if (lost || gl.isContextLost())
        throw new Error(
          'WebGL engine: the WebGL context was lost (the browser or its GPU process took it back)',
        );
      return data;
    },
    close: () => gl.canvas.removeEventListener('webglcontextlost', onLost),
  };
}

/** "ANGLE (Vendor, Name Direct3D11 vs_5_0 ps_5_0, D3D11)" → "Name Direct3D11". */
function deviceName(gl: WebGL2RenderingContext): string {
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(
    gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER),
  );
  const angle = /^ANGLE \([^,]*, (.*), [^,]*\)$/.exec(renderer);
  return (angle?.[1] ?? renderer)
    .replace(/ vs_\d_\d ps_\d_\d/, '')
    .replace(/ \(0x[0-9a-fA-F]+\)/g, '')
    .trim();
}
