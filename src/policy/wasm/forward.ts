import type { Rows } from '../rows.ts';
import { LAYER_NORM_EPSILON } from '../shape.ts';
import type { Kernels } from './kernels.ts';
import type { PaddedSizes } from './layout.ts';
import type { LinearPlace, NormPlace, Places } from './places.ts';
import type { Block, NormActivations, Workspace } from './workspace.ts';

/** What a pass over a workspace takes beside it. */
export interface Equipment {
  kernels: Kernels;
  sizes: PaddedSizes;
  places: Places;
  /** The address of [width] all ones for channels, 0 for what pads them. */
  mask: number;
  /** The address of room for three rows of logits, or for the weights of four heads. */
  scratch: number;
}

/**
 * The forward pass of `shape.ts` over rows `from` to `to`, whose tokens, positions and histories stand in the workspace; the
 * earlier ones must have been computed with the same parameters.
 */
export function forward(
  { kernels: k, sizes, places, mask }: Equipment,
  space: Workspace,
  rows: Rows,
  from: number,
  to: number,
): void {
  const { width: D, hidden: F, channels, positions: L } = sizes;
  const { stream } = space;

  /** output = input·W + b of rows from `first` on, or added to what stands there. */
  const linear = (
    output: Block,
    input: Block,
    { weight, bias, inputs, outputs }: LinearPlace,
    first = from,
    adding = false,
  ): void => {
    const [y, x] = [output.row(first), input.row(first)];
    k.linear(y, x, weight, bias, to - first, inputs, outputs, adding);
  };
  const norm = (a: NormActivations, { gain, bias }: NormPlace, first = from): void => {
    const [x, inverse, output] = [a.normalised, a.inverseDeviation, a.output].map((block) =>
      block.row(first),
    ) as [number, number, number];
    const input = stream.row(first);
    const rowCount = to - first;
    k.layerNorm(x, inverse, output, input, gain, bias, mask, rowCount, D, channels, LAYER_NORM_EPSILON); // prettier-ignore
  };
  const attend = ({ attended, weights, qkv }: Workspace['layers'][number]): void => {
    const [output, w, inputs] = [attended.row(0), weights.row(0), qkv.row(0)];
    const [history, positions] = [space.history.row(0), space.positions.row(0)];
    const { heads, headChannels, scale } = sizes;
    k.attention(output, w, inputs, history, positions, from, to, L, heads, headChannels, scale);
  };

  const [tokens, positions] = [space.tokens.row(from), space.positions.row(from)];
  const [tokenAt, positionAt] = [places.of('tokenEmbedding'), places.of('positionEmbedding')];
  k.embed(stream.row(from), tokens, positions, tokenAt, positionAt, to - from, D);
  space.layers.forEach((a, index) => {
    const layer = places.layers[index]!;
    norm(a.norm1, layer.norm1);
    linear(a.qkv, a.norm1.output, layer.qkv);
    attend(a);
    linear(stream, a.attended, layer.attentionOut, from, true);
    norm(a.norm2, layer.norm2);
    linear(a.hidden, a.norm2.output, layer.mlpIn);
    const [activated, gate] = [a.activated.row(from), a.gate.row(from)];
    k.silu(activated, gate, a.hidden.row(from), (to - from) * F);
    linear(stream, a.activated, layer.mlpOut, from, true);
  });

  const first = Math.max(from, rows.firstPredicting);
  if (first >= to) return;
  const { output } = space.finalNorm;
  norm(space.finalNorm, places.finalNorm, first);
  linear(space.logits, output, places.head, first);
  const [weight, bias] = [places.of('value.weight'), places.of('value.bias')];
  k.values(space.values.row(first), output.row(first), weight, bias, to - first, D);
}
