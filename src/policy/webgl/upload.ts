import type { Batch, TokenWeights } from '../policy.ts';
import type { PolicyShape } from '../shape.ts';
import type { Device } from './device.ts';
import { liveTexels } from './live.ts';
import { quadCount, type Arrangement } from './rows.ts';
import type { Texture } from './textures.ts';
import type { Workspace } from './workspace.ts';

/** The prompts, each once, and who shares them. */
export function uploadPrompts(
  device: Device,
  { promptLength }: PolicyShape,
  workspace: Workspace,
  rows: Arrangement,
  prompts: Int32Array,
): void {
  const tokens = new Float32Array(4 * rows.promptQuads * promptLength);
  const groups = new Float32Array(4 * 4 * rows.sequenceQuads);
  for (let b = 0; b < rows.sequences; b++) {
    const p = rows.promptOf[b]!;
    if (rows.first[p] === b)
      tokens.set(prompts.subarray(b * promptLength, (b + 1) * promptLength), p * promptLength);
  }
  for (let n = 0; n < 4 * rows.sequenceQuads; n++) {
    groups[4 * n] = rows.promptOf[n]!;
    groups[4 * n + 1] = rows.first[n] ?? 0;
    groups[4 * n + 2] = rows.end[n] ?? 0;
  }
  device.upload(workspace.prompts, promptLength, 4 * rows.promptQuads, tokens);
  device.upload(workspace.groups, 1, 4 * rows.sequenceQuads, groups);
}

export function uploadResponses(
  device: Device,
  { responseLength }: PolicyShape,
  workspace: Workspace,
  rows: Arrangement,
  responses: Int32Array,
): void {
  const tokens = new Float32Array(4 * rows.sequenceQuads * responseLength);
  tokens.set(responses);
  device.upload(workspace.responses, responseLength, 4 * rows.sequenceQuads, tokens);
}

/** Which quads are live: see live.ts. */
export function uploadLive(
  device: Device,
  shape: PolicyShape,
  workspace: Workspace,
  rows: Arrangement,
  live: readonly number[],
): Texture {
  const texture = workspace.backward().live;
  device.upload(texture, 1, quadCount(shape, rows), liveTexels(shape, rows, live));
  return texture;
}

/** The weights of tokens `offset`, … of the request; 0 for masked tokens and for sequences that fill up a quad. */
export function uploadWeights(
  device: Device,
  { responseLength: T }: PolicyShape,
  workspace: Workspace,
  rows: Arrangement,
  { lengths }: Batch,
  weights: TokenWeights,
  offset: number,
): void {
  const floats = new Float32Array(4 * 4 * rows.sequenceQuads * T);
  for (let b = 0; b < rows.sequences; b++)
    for (let t = 0; t < lengths[b]!; t++) {
      const at = b * T + t;
      floats[4 * at] = weights.logProb[offset + at]!;
      floats[4 * at + 1] = weights.entropy?.[offset + at] ?? 0;
      floats[4 * at + 2] = weights.value?.[offset + at] ?? 0;
    }
  device.upload(workspace.backward().weights, T, 4 * rows.sequenceQuads, floats);
}
