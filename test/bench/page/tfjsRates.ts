import * as tf from '@tensorflow/tfjs';
import type { Rates } from '../protocol.ts';
import { ratesOf } from './rate.ts';

/** Edge of the matrices of the product: large enough for a GPU to be busy. */
const SIZE = 1024;
/** Edge of the matrix that is copied. */
const EDGE = 4096;

/** The speed of tfjs's present backend in its own operations. */
export async function tfjsRates(): Promise<Rates> {
  const onGpu = tf.getBackend() === 'webgl';
  // Several in a row on a GPU, so that the readback that waits for them does not count.
  const times = onGpu ? 4 : 1;
  const a = tf.fill([SIZE, SIZE], 0.5).add(tf.range(0, SIZE).div(SIZE)) as tf.Tensor2D;
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
    SIZE,
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
