import * as tf from '@tensorflow/tfjs';

/**
 * Multiply-adds from which a product is worth a program compiled for its very sizes. On software GL such a program
 * takes half the time of one that reads its sizes from uniforms, about 1 ms less a million; compiling it takes 20 ms,
 * and small products have too many sizes for that.
 */
const LARGE = 2 ** 21;

/** A·B over the last two axes, either transposed on request, plus a bias row if there is one. */
export function product<T extends tf.Tensor2D | tf.Tensor3D>(
  a: T,
  b: T,
  { transposeA = false, transposeB = false, bias = null as tf.Tensor1D | null } = {},
): T {
  const columns = b.shape.at(transposeB ? -2 : -1)!;
  // a holds batch · rows · inner numbers.
  const large = a.size * columns >= LARGE;
  const compute = (): T =>
    bias
      ? (tf.fused.matMul({ a, b, transposeA, transposeB, bias }) as T)
      : (tf.matMul(a, b, transposeA, transposeB) as T);
  if (!large) return compute();
  tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', false);
  try {
    return compute();
  } finally {
    tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
  }
}
