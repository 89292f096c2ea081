import * as tf from '@tensorflow/tfjs';
import type { PolicyShape } from '../shape.ts';

/** Added to the scores of positions that may not be seen: far below any score, yet finite in float32. */
const HIDDEN = -1e9;

/** The smallest even number ≥ n: packed textures hold 2 × 2 blocks, and rows can only be regrouped freely in pairs. */
export const evenAbove = (n: number): number => n + (n % 2);

/**
 * Constants that turn the splitting and joining of heads into products, for N (even) positions and H heads.
 *
 * Copy h of a row keeps only the channels of head h: with S [N, H·N] = (I … I), Q₂ = (Sᵀ·q) · mask stacks the heads
 * along the rows, so that all heads attend in one product and no axis is ever exchanged; S·(…) sums them again.
 */
export interface HeadConstants {
  positions: number;
  /** S [1, N, H·N] */
  joinHeads: tf.Tensor3D;
  /** [1, H·N, D]: 1 where channel d belongs to the head of the row. */
  headMask: tf.Tensor3D;
  /** headMask / √(D/H) */
  scaledHeadMask: tf.Tensor3D;
  /** [1, H·N, N]: 0 where position j ≤ i, else {@link HIDDEN}. */
  causal: tf.Tensor3D;
  /** [1, N, 1] of 1 */
  ones: tf.Tensor3D;
}

/** Calls `make(index)` for each element of a tensor [1, rows, columns]. */
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

export function headConstants(
  { width: D, heads: H }: PolicyShape,
  positions: number,
): HeadConstants {
  const N = positions;
  const channels = D / H;
  const inHead = (row: number, d: number): boolean =>
    Math.floor(row / N) === Math.floor(d / channels);
  return {
    positions,
    joinHeads: constant(N, H * N, (i, row) => (row % N === i ? 1 : 0)),
    headMask: constant(H * N, D, (row, d) => (inHead(row, d) ? 1 : 0)),
    scaledHeadMask: constant(H * N, D, (row, d) => (inHead(row, d) ? 1 / Math.sqrt(channels) : 0)),
    causal: constant(H * N, N, (row, j) => (j <= row % N ? 0 : HIDDEN)),
    ones: constant(N, 1, () => 1),
  };
}

/** The constants of a decode step, whose only row attends to a cache of N positions. */
export interface DecodeConstants {
  /** The heads of one position: {@link HeadConstants} for N = 1. */
  headMask: tf.Tensor3D;
  scaledHeadMask: tf.Tensor3D;
  /** [1, 1, H] of 1 */
  joinHeads: tf.Tensor3D;
  /** For each position i, [1, N, 1]: 1 at i. */
  placeAt: tf.Tensor3D[];
  /** For each position i, [1, 1, N]: 0 where j ≤ i, else {@link HIDDEN}. */
  visibleFrom: tf.Tensor3D[];
  /** [1, N, N₀]: puts the positions of a prompt into the cache. */
  fillCache: tf.Tensor3D;
  /** [1, N, 1] of 1 */
  ones: tf.Tensor3D;
}

export function decodeConstants(
  shape: PolicyShape,
  positions: number,
  prefillPositions: number,
): DecodeConstants {
  const { heads: H, width: D, promptLength } = shape;
  const channels = D / H;
  const inHead = (head: number, d: number): boolean => head === Math.floor(d / channels);
  const each = (make: (i: number) => tf.Tensor3D): tf.Tensor3D[] =>
    Array.from({ length: positions }, (_, i) => make(i));
  return {
    headMask: constant(H, D, (head, d) => (inHead(head, d) ? 1 : 0)),
    scaledHeadMask: constant(H, D, (head, d) => (inHead(head, d) ? 1 / Math.sqrt(channels) : 0)),
    joinHeads: constant(1, H, () => 1),
    placeAt: each((i) => constant(positions, 1, (row) => (row === i ? 1 : 0))),
    visibleFrom: each((i) => constant(1, positions, (_, j) => (j <= i ? 0 : HIDDEN))),
    fillCache: constant(positions, prefillPositions, (i, j) =>
      i === j && i < promptLength ? 1 : 0,
    ),
    ones: constant(positions, 1, () => 1),
  };
}
