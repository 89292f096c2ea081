import { runsFrom, type Rows, type Run } from '../rows.ts';
import type { Arena } from './arena.ts';
import type { Equipment } from './forward.ts';
import type { LinearPlace, NormPlace } from './places.ts';
import type { Block, LayerActivations, NormActivations, Workspace } from './workspace.ts';

/**
 * Adds ∇J to the gradient after a whole forward pass, from the gradients of the logits and values of `runs`; no other row
 * carries any. In steps, to be gone through to the end. Stage by stage the reverse of `forward.ts`.
 */
export function* backward(
  { kernels: k, sizes, places, mask, scratch }: Equipment,
  arena: Arena,
  space: Workspace,
  rows: Rows,
  runs: readonly Run[],
): Generator<void, void> {
  const { width: D, hidden: F, channels, positions: L } = sizes;
  const { dStream, dNormed, dAttended, dQkv, dHidden, dLogits, dValues } = space.backward();

  const clear = (block: Block): void => {
    for (const { from, to } of runs)
      arena.floats(block.row(from), (to - from) * block.columns).fill(0);
  };
  /** dInput = dOutput·Wᵀ, and the gradients of W and b. */
  const linear = (
    dInput: Block,
    dOutput: Block,
    input: Block,
    { transposed, dWeight, dBias, inputs, outputs }: LinearPlace,
    of = runs,
  ): void => {
    for (const { from, to } of of) {
      const dy = dOutput.row(from);
      k.weightGradient(dWeight, dBias, input.row(from), dy, to - from, inputs, outputs);
      k.inputGradient(dInput.row(from), dy, transposed, to - from, inputs, outputs);
    }
  };
  /** Adds to the gradient of the stream. */
  const norm = (a: NormActivations, { gain, dGain, dBias }: NormPlace, of = runs): void => {
    for (const { from, to } of of) {
      const [dInput, dOutput] = [dStream.row(from), dNormed.row(from)];
      const [x, inverse] = [a.normalised.row(from), a.inverseDeviation.row(from)];
      k.layerNormBackward(dInput, dGain, dBias, dOutput, x, inverse, gain, mask, to - from, D, channels); // prettier-ignore
    }
  };
  const attention = ({ weights, qkv }: LayerActivations): void => {
    const [d, dOutput, w, inputs] = [dQkv.row(0), dAttended.row(0), weights.row(0), qkv.row(0)];
    const [history, positions] = [space.history.row(0), space.positions.row(0)];
    const { heads, headChannels, scale } = sizes;
    clear(dQkv);
    for (const { from, to } of runs)
      k.attentionBackward(d, dOutput, w, inputs, history, positions, scratch, from, to, L, heads, headChannels, scale); // prettier-ignore
  };

  places.transpose(k);
  clear(dStream);
  const predicting = runsFrom(runs, rows.firstPredicting);
  const { output } = space.finalNorm;
  linear(dNormed, dLogits, output, places.head, predicting);
  const weight = places.of('value.weight');
  const [dWeight, dBias] = [places.gradientOf('value.weight'), places.gradientOf('value.bias')];
  for (const { from, to } of predicting) {
    const [dInput, dOutput] = [dNormed.row(from), dValues.row(from)];
    k.valuesBackward(dInput, dWeight, dBias, dOutput, output.row(from), weight, to - from, D);
  }
  norm(space.finalNorm, places.finalNorm, predicting);

  for (let index = places.layers.length - 1; index >= 0; index--) {
    const a = space.layers[index]!;
    const layer = places.layers[index]!;
    yield;
    linear(dHidden, dStream, a.activated, layer.mlpOut);
    for (const { from, to } of runs)
      k.siluBackward(dHidden.row(from), a.gate.row(from), a.hidden.row(from), (to - from) * F);
    yield;
    linear(dNormed, dHidden, a.norm2.output, layer.mlpIn);
    norm(a.norm2, layer.norm2);
    linear(dAttended, dStream, a.attended, layer.attentionOut);
    yield;
    attention(a);
    yield;
    linear(dNormed, dQkv, a.norm1.output, layer.qkv);
    norm(a.norm1, layer.norm1);
  }

  const [tokens, positions] = [places.gradientOf('tokenEmbedding'), places.gradientOf('positionEmbedding')]; // prettier-ignore
  for (const { from, to } of runs)
    k.embedBackward(dStream.row(from), space.tokens.row(from), space.positions.row(from), tokens, positions, to - from, D); // prettier-ignore
}
