import * as tf from '@tensorflow/tfjs';
import type { Rates } from '../protocol.ts';
import { ratesOf } from './rate.ts';

/** Edge of the matrices: large enough for a GPU to be busy, small enough for plain JavaScript. */
const SIZES: Record<string, number> = { webgl: 1024, wasm: 1024, cpu: 256 };
const EDGE = 4096;

/** The speed of tfjs's present backend in its own operations. */
export async function tfjsRates(): Promise<Rates> {
  const backend = tf.getBackend();
  const size = SIZES[backend]!;
  const onGpu = backend === 'webgl';
  // Several in a row on a GPU, so that the readback that waits for them does not count.
  const times = onGpu ? 4 : 1;
  const a = tf.fill([size, size], 0.5).add(tf.range(0, size).div(size)) as tf.Tensor2D;
  const x = tf.fill([EDGE, EDGE], 0.5);
  const one = tf.scalar(1);
  const settled = (make: () => tf.Tensor) => () =>
    tf.tidy(() => {
      let last = make();
      for (let i = 1; i < times; i++) last = make();
      // Reads one number, which waits for all that was submitted before.
      tf.slice(last, [0, 0], [1, 1]).dataSync();
    });
  // Programs for these very sizes, the faster kind.
  tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', false);
  const rates = await ratesOf(
    size,
    settled(() => tf.matMul(a, a)),
    EDGE * EDGE,
    settled(() => tf.add(x, one)),
  );
  tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
  tf.dispose([a, x, one]);
  return {
    flopsPerSecond: times * rates.flopsPerSecond,
    bytesPerSecond: times * rates.bytesPerSecond,
  };
}
