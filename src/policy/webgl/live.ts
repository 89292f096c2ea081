import type { Batch, TokenWeights } from '../policy.ts';
import { positionCount, type PolicyShape } from '../shape.ts';
import { weightedTokens } from '../rows.ts';
import { quadCount, startOf, type Arrangement } from './rows.ts';

/**
 * The quads that have a gradient, in their order: those with a row from which a token is reached whose weight is not 0.
 * Where all answers of a group are right, or all wrong, it has none, which holds for about half of them in a default run.
 *
 * A row reaches what it predicts and, by attention, what later rows of its sequence do: the live rows of a sequence are
 * the first ones, and if there are any, or its first token has a weight, all of its prompt.
 *
 * The forward pass computes all rows, so that a gradient of 0 only meets numbers of this batch. To leave out rows behind
 * the end of answers there too saved 0 to 9 % of a step (in step 1 and 300; 1 % in step 150), for a draw more a token: before
 * sampling is over, nobody knows which four sequences to put together.
 */
export function liveQuads(
  shape: PolicyShape,
  rows: Arrangement,
  { lengths }: Pick<Batch, 'lengths'>,
  weights: TokenWeights,
  offset: number,
): number[] {
  const { promptLength, responseLength: T } = shape;
  const promptEnds = new Int32Array(rows.promptQuads);
  const sequenceEnds = new Int32Array(rows.sequenceQuads);
  for (let b = 0; b < rows.sequences; b++) {
    const weighted = weightedTokens(weights, offset + b * T, lengths[b]!);
    if (weighted === 0) continue;
    promptEnds[rows.promptOf[b]! >> 2] = promptLength;
    // Position promptLength − 1 + t predicts token t.
    const end = promptLength + weighted - 1;
    sequenceEnds[b >> 2] = Math.max(sequenceEnds[b >> 2]!, end);
  }
  const live: number[] = [];
  for (let position = 0; position < positionCount(shape); position++) {
    const start = startOf(shape, rows, position);
    (position < promptLength ? promptEnds : sequenceEnds).forEach((end, among) => {
      if (position < end) live.push(start + among);
    });
  }
  return live;
}

/** Texel (0, n) of the texture `live`: the n-th live quad, and whether quad n is live. */
export function liveTexels(
  shape: PolicyShape,
  rows: Arrangement,
  live: readonly number[],
): Float32Array {
  const texels = new Float32Array(4 * quadCount(shape, rows));
  live.forEach((quad, n) => {
    texels[4 * n] = quad;
    texels[4 * quad + 1] = 1;
  });
  return texels;
}
