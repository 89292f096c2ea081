import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';

export type StockBackend = 'webgl' | 'wasm' | 'cpu';

/** Idle textures beyond this are freed instead of pooled, so that odd batch sizes do not add up. */
const POOL_BYTES = 256 * 2 ** 20;

/**
 * Chooses the backend that stock operations run on, and returns its name in words.
 *
 * @throws Error if tfjs falls back to another backend, or computes with half floats.
 */
export async function openStockBackend(backend: StockBackend): Promise<string> {
  // Shapes as uniforms share one compiled program between batch sizes and between layers of different width.
  tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
  tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', POOL_BYTES);
  // Small tensors too are to be computed on the backend that is measured.
  tf.env().set('WEBGL_CPU_FORWARD', false);
  // Our own copies of tfjs's binaries. The one with threads is named too, since tfjs wants all three, but it only runs
  // on a page that is isolated from other origins, which neither this one nor most of those that embed us are.
  if (backend === 'wasm')
    setWasmPaths({
      'tfjs-backend-wasm.wasm': wasm,
      'tfjs-backend-wasm-simd.wasm': simd,
      'tfjs-backend-wasm-threaded-simd.wasm': threads,
    });
  const chosen = await tf.setBackend(backend).catch(() => false);
  await tf.ready();
  if (!chosen || tf.getBackend() !== backend)
    throw new Error(`stock engine: no usable ${backend} backend (tfjs chose ${tf.getBackend()})`);
  if (backend === 'webgl' && !tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'))
    throw new Error('stock engine: this device cannot render to float32 textures');
  if (backend !== 'wasm') return `tfjs ${tf.version_core}, ${backend}`;
  const [isSimd, isThreaded] = [
    await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'),
    await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'),
  ];
  return `tfjs ${tf.version_core}, wasm, ${isSimd ? 'SIMD' : 'no SIMD'}, ${isThreaded ? 'threads' : 'one thread'}`;
}

/** Reads a tensor back, synchronously: in a worker that takes a tenth of the time of a read that waits for a timer. */
export function read(tensor: tf.Tensor): Float32Array {
  return tensor.dataSync<'float32'>();
}
