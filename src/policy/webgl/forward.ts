import type { Matrix } from './layout.ts';
import type { Device } from './device.ts';
import type { Region } from './textures.ts';
import type { Network } from './programs.ts';
import { startOf, type Arrangement } from './rows.ts';
import type { Texture } from './textures.ts';
import type { Workspace } from './workspace.ts';

export const originOf = ({ x, y }: Matrix): [number, number] => [x, y];

/** The uniforms of programs that look for rows. */
export const arrangementOf = (rows: Arrangement): Record<string, number> => ({
  promptQuads: rows.promptQuads,
  sequenceQuads: rows.sequenceQuads,
});

/**
 * The forward pass of `shape.ts` over positions `from` to before `to`; earlier positions must have been computed with
 * the same parameters. `tokens` holds the responses' tokens, `weights` the folded atlas.
 */
export function forward(
  device: Device,
  { shape, blocks, atlas, programs }: Network,
  workspace: Workspace,
  rows: Arrangement,
  weights: Texture,
  tokens: Texture,
  from: number,
  to: number,
): void {
  const y = startOf(shape, rows, from);
  const end = startOf(shape, rows, to);
  const columns = (width: number): Region => ({ y, width, height: end - y });
  const arrangement = arrangementOf(rows);
  const embedding = { origin: originOf(atlas.embedding), ...arrangement };
  device.draw(
    programs.embed,
    workspace.layers[0]!.input,
    columns(blocks.width + 1),
    { prompts: workspace.prompts, responses: tokens, weights },
    embedding,
  );
  workspace.layers.forEach(({ input, qkv, attended, middle, hidden, activated }, index) => {
    const layer = atlas.layers[index]!;
    const output = workspace.layers[index + 1]?.input ?? workspace.stream;
    device.draw(
      programs.normedLinear,
      qkv,
      columns(3 * blocks.attention),
      { inputs: input, weights },
      { origin: originOf(layer.qkv.matrix) },
    );
    device.draw(
      programs.attention,
      attended,
      columns(blocks.attention),
      { qkv, groups: workspace.groups },
      arrangement,
    );
    device.draw(
      programs.attentionOut,
      middle,
      columns(blocks.width),
      { inputs: attended, residual: input, weights },
      { origin: originOf(layer.attentionOut) },
    );
    device.draw(
      programs.normedLinear,
      hidden,
      columns(blocks.hidden),
      { inputs: middle, weights },
      { origin: originOf(layer.mlpIn.matrix) },
    );
    device.draw(programs.silu, activated, columns(blocks.hidden), { hidden });
    device.draw(
      programs.mlpOut,
      output,
      columns(blocks.width),
      { inputs: activated, residual: middle, weights },
      { origin: originOf(layer.mlpOut) },
    );
  });
  const firstPredicting = Math.max(y, startOf(shape, rows, shape.promptLength - 1));
  device.draw(
    programs.normedLinear,
    workspace.logits,
    { y: firstPredicting, width: blocks.outputs, height: end - firstPredicting },
    { inputs: workspace.stream, weights },
    { origin: originOf(atlas.head.matrix) },
  );
}
