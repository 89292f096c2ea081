import type { RandomKey } from '../../core/random.ts';
import { positionCount } from '../shape.ts';
import type { Device } from './device.ts';
import { arrangementOf, forward } from './forward.ts';
import type { Network } from './programs.ts';
import type { Arrangement } from './rows.ts';
import type { Texture } from './textures.ts';
import type { Workspace } from './workspace.ts';

/**
 * Draws all tokens of all sequences, without a readback: the prompts forward, then T times a token and its position
 * forward. Returns the texture [T, sequences] of (token, log π, entropy, value).
 *
 * Sequences that have ended go on with END as their input, as a given response does when it is scored, so that what the
 * rollout leaves in the workspace is what a forward pass over its responses would.
 */
export function sampleTokens(
  device: Device,
  network: Network,
  workspace: Workspace,
  rows: Arrangement,
  weights: Texture,
  {
    temperature,
    topP,
    key,
    isBegun,
    firstSequence,
  }: {
    temperature: number;
    topP: number;
    key: RandomKey;
    /** Whether the workspace's responses are tokens that answers begin with. */
    isBegun: boolean;
    firstSequence: number;
  },
): Texture {
  const { shape, programs } = network;
  const { promptLength, responseLength } = shape;
  let [drawn, earlier] = workspace.statistics;
  forward(device, network, workspace, rows, weights, drawn, 0, promptLength);
  for (let token = 0; token < responseLength; token++) {
    [drawn, earlier] = [earlier, drawn];
    device.draw(
      programs.draw,
      drawn,
      { width: token + 1, height: 4 * rows.sequenceQuads },
      {
        ...{ logits: workspace.logits, groups: workspace.groups, earlier },
        responses: workspace.responses,
      },
      {
        ...arrangementOf(rows),
        temperature,
        topP,
        token,
        firstSequence,
        isBegun: Number(isBegun),
        key: [key.seed >>> 0, key.stream >>> 0, key.step >>> 0],
      },
    );
    const position = promptLength + token;
    if (position < positionCount(shape))
      forward(device, network, workspace, rows, weights, drawn, position, position + 1);
  }
  return drawn;
}

/** Draws the statistics of the uploaded responses from the logits of a whole forward pass; returns their texture. */
export function scoreTokens(
  device: Device,
  { shape, programs }: Network,
  workspace: Workspace,
  rows: Arrangement,
  temperature: number,
): Texture {
  const [scored] = workspace.statistics;
  device.draw(
    programs.score,
    scored,
    { width: shape.responseLength, height: 4 * rows.sequenceQuads },
    { logits: workspace.logits, groups: workspace.groups, responses: workspace.responses },
    { ...arrangementOf(rows), temperature },
  );
  return scored;
}
