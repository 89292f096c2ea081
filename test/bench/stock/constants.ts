import * as tf from '@tensorflow/tfjs';
import type { PolicyShape } from '../../../src/policy/shape.ts';

/** Added to the scores of positions that may not be seen: far below any score, yet finite in float32. */
const HIDDEN = -1e9;

/** The smallest even number ≥ n: packed textures hold 2 × 2 blocks, and rows can only be regrouped freely in pairs. */
export const evenAbove = (n: number): number => n + (n % 2);

/** Calls `make` for each element of a tensor [1, rows, columns]. */
function constant(
  rows: number,
  columns: number,
  make: (row: number, column: number) => number,
): tf.Tensor3D {
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) data[i * columns + j] = make(i, j);
  return tf.tensor3d(data, [1, rows, columns]);
}

/** What a pass over N (even) positions needs beside the weights. */
export interface PassConstants {
  positions: number;
  /** [D, 1] filled with 1/D: x·average is the mean over the channels. */
  average: tf.Tensor2D;
  /** [1, N, N]: 0 where position j ≤ i, else {@link HIDDEN}. */
  causal: tf.Tensor3D;
  /** [1, N, 1] of 1 */
  ones: tf.Tensor3D;
}

export function passConstants({ width: D }: PolicyShape, positions: number): PassConstants {
  return {
    positions,
    average: tf.tensor2d(new Float32Array(D).fill(1 / D), [D, 1]),
    causal: constant(positions, positions, (i, j) => (j <= i ? 0 : HIDDEN)),
    ones: constant(positions, 1, () => 1),
  };
}

/** What a decode step, whose only row attends to a cache of N positions, needs beside {@link PassConstants}. */
export interface DecodeConstants {
  /** For each position i, [1, N, 1]: 1 at i. */
  placeAt: tf.Tensor3D[];
  /** For each position i, [1, 1, N]: 0 where j ≤ i, else {@link HIDDEN}. */
  visibleFrom: tf.Tensor3D[];
  /** [1, N, N₀]: puts the positions of a prompt into the cache. */
  fillCache: tf.Tensor3D;
}

export function decodeConstants(
  { promptLength }: PolicyShape,
  positions: number,
  promptPositions: number,
): DecodeConstants {
  const each = (make: (i: number) => tf.Tensor3D): tf.Tensor3D[] =>
    Array.from({ length: positions }, (_, i) => make(i));
  return {
    placeAt: each((i) => constant(positions, 1, (row) => (row === i ? 1 : 0))),
    visibleFrom: each((i) => constant(1, positions, (_, j) => (j <= i ? 0 : HIDDEN))),
    fillCache: constant(positions, promptPositions, (i, j) =>
      i === j && i < promptLength ? 1 : 0,
    ),
  };
}
