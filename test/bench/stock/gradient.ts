import { read } from './context.ts';
import { unfoldGradient, type FoldedLayout, type FoldedLinear } from './folding.ts';
import type { WeightGradients } from './network.ts';
import type { LinearGradient } from './operations.ts';

/** Reads the GPU's gradients back and adds to the flat `gradient` what they mean for the parameters. */
export function addGradients(
  gradient: Float64Array,
  gradients: WeightGradients,
  layout: FoldedLayout,
  parameters: Float32Array,
): void {
  const add = (folded: FoldedLinear, { dWeight, dBias }: LinearGradient): void =>
    unfoldGradient(gradient, parameters, folded, read(dWeight), dBias && read(dBias));
  // The embeddings come first in the flat vector, and nothing is folded into them.
  const embedding = read(gradients.embedding);
  for (let i = 0; i < embedding.length; i++) gradient[i]! += embedding[i]!;
  layout.layers.forEach((layer, index) => {
    const { heads, mlpIn, mlpOut } = gradients.layers[index]!;
    layer.heads.forEach((head, h) => {
      for (const name of ['query', 'key', 'value', 'out'] as const)
        add(head[name], heads[h]![name]);
    });
    add(layer.mlpIn, mlpIn);
    add(layer.mlpOut, mlpOut);
  });
  add(layout.output, gradients.output);
}
