import { positionCount } from '../shape.ts';
import type { Device } from './device.ts';
import type { Region } from './textures.ts';
import { arrangementOf, originOf } from './forward.ts';
import type { Matrix, NormedMatrix } from './layout.ts';
import type { Program } from './program.ts';
import type { Network } from './programs.ts';
import { quadCount, startOf, type Arrangement } from './rows.ts';
import type { Texture } from './textures.ts';
import { uploadLive } from './upload.ts';
import type { LayerActivations, Workspace } from './workspace.ts';

/** Partial sums of the gradient of the folded atlas; see programs/weightGradient.ts. */
export interface PartialGradient {
  readonly partial: Texture;
  readonly chunks: number;
}

/**
 * ∂J/∂(folded atlas) of a batch whose forward pass is in the workspace, from the statistics of its tokens, the uploaded
 * weights, and the quads that these make live. Stage by stage the reverse of `forward.ts`; the weights of each matrix
 * follow as soon as both its input and the gradient of its output stand in textures.
 */
export function backward(
  device: Device,
  network: Network,
  workspace: Workspace,
  rows: Arrangement,
  liveQuads: readonly number[],
  weights: Texture,
  statistics: Texture,
  temperature: number,
  { partial, chunks }: PartialGradient,
): void {
  const { shape, blocks, atlas, programs } = network;
  const quads = quadCount(shape, rows);
  const live = uploadLive(device, shape, workspace, rows, liveQuads);
  const arrangement = arrangementOf(rows);
  const { logits, groups } = workspace;
  const temporary = workspace.backward();
  const { dLogits, normalised, dNormalised, dHidden, dAttended, dQkv } = temporary;
  const columns = (width: number): Region => ({ width, height: quads });
  let [dStream, next] = temporary.dStream;

  /** dW of one matrix, and db below it, into its place in the partial sums. */
  const weightGradient = (
    program: Program,
    { x, y, inputBlocks, outputBlocks }: Matrix,
    inputs: Record<string, Texture>,
    biasBlocks: 0 | 1 = 1,
  ): void =>
    device.draw(
      program,
      partial,
      {
        x,
        y: (y / 4) * chunks,
        width: outputBlocks,
        height: (inputBlocks + biasBlocks) * chunks,
      },
      { ...inputs, live },
      { origin: [x, y], chunks, quads: liveQuads.length },
    );

  /** Back through a matrix behind a layer norm, down to the stream that the norm reads. */
  const normedLinearBackward = (
    program: Program,
    { matrix }: NormedMatrix,
    input: Texture,
    dOutputs: Texture,
    hasResidual = true,
  ): void => {
    device.draw(programs.normalise, normalised, columns(blocks.width + 1), { inputs: input, live });
    weightGradient(programs.widthWeights, matrix, { inputs: normalised, dOutputs });
    const origin = originOf(matrix);
    device.draw(
      program,
      dNormalised,
      columns(blocks.width),
      { dOutputs, weights, live },
      { origin },
    );
    device.draw(
      programs.normBackward,
      next,
      columns(blocks.width),
      { normalised, dNormalised, dResidual: dStream, live },
      { hasResidual: Number(hasResidual) },
    );
    [dStream, next] = [next, dStream];
  };

  /** dQkv from dAttended. */
  const attentionBackward = ({ qkv, attended }: LayerActivations): void => {
    const { attentionStatistics, attentionSlopes, promptShares } = temporary;
    const inputs = { qkv, groups, dOutputs: dAttended, live };
    const sloped = { ...inputs, slopes: attentionSlopes };
    const keys = { x: blocks.attention, width: 2 * blocks.attention };
    const responses = startOf(shape, rows, shape.promptLength);
    device.draw(
      programs.attentionStatistics,
      attentionStatistics,
      columns(shape.heads),
      { ...inputs, outputs: attended },
      arrangement,
    );
    device.draw(
      programs.attentionSlopes,
      attentionSlopes,
      columns(shape.heads * positionCount(shape)),
      { ...inputs, statistics: attentionStatistics },
      arrangement,
    );
    device.draw(programs.attentionQueries, dQkv, columns(blocks.attention), sloped, arrangement);
    if (shape.responseLength > 1) {
      device.draw(
        programs.attentionResponseKeys,
        dQkv,
        { ...keys, y: responses, height: quads - responses },
        sloped,
        arrangement,
      );
      device.draw(
        programs.attentionPromptShares,
        promptShares,
        { width: keys.width * shape.promptLength, height: rows.sequenceQuads },
        sloped,
        arrangement,
      );
    }
    device.draw(
      programs.attentionPromptKeys,
      dQkv,
      { ...keys, height: responses },
      { ...sloped, shares: promptShares },
      arrangement,
    );
  };

  device.draw(
    programs.predictionBackward,
    dLogits,
    columns(blocks.outputs),
    { logits, groups, statistics, weights: temporary.weights, live },
    { ...arrangement, temperature },
  );
  // No gradient reaches the last stream but through the head.
  normedLinearBackward(programs.headBackward, atlas.head, workspace.stream, dLogits, false);

  for (let index = shape.layers - 1; index >= 0; index--) {
    const layer = workspace.layers[index]!;
    const matrices = atlas.layers[index]!;
    weightGradient(programs.hiddenWeights, matrices.mlpOut, {
      inputs: layer.activated,
      dOutputs: dStream,
    });
    device.draw(
      programs.mlpOutBackward,
      dHidden,
      columns(blocks.hidden),
      { dOutputs: dStream, hidden: layer.hidden, weights, live },
      { origin: originOf(matrices.mlpOut) },
    );
    normedLinearBackward(programs.mlpInBackward, matrices.mlpIn, layer.middle, dHidden);

    weightGradient(programs.attentionWeights, matrices.attentionOut, {
      inputs: layer.attended,
      dOutputs: dStream,
    });
    device.draw(
      programs.attentionOutBackward,
      dAttended,
      columns(blocks.attention),
      { dOutputs: dStream, weights, live },
      { origin: originOf(matrices.attentionOut) },
    );
    attentionBackward(layer);
    normedLinearBackward(programs.qkvBackward, matrices.qkv, layer.input, dQkv);
  }
  const embedded = workspace.layers[0]!.input;
  weightGradient(programs.embeddingWeights, atlas.embedding, { embedded, dOutputs: dStream }, 0);
}
