import type { PolicyShape } from '../shape.ts';
import type { Arena } from './arena.ts';
import type { PaddedSizes } from './layout.ts';

/** A block of rows of so many numbers each. */
export interface Block {
  readonly columns: number;
  /** The address of a row. */
  row(row: number): number;
}

/** What a layer norm leaves for its backward pass. */
export interface NormActivations {
  normalised: Block;
  inverseDeviation: Block;
  output: Block;
}

export interface LayerActivations {
  norm1: NormActivations;
  qkv: Block;
  weights: Block;
  attended: Block;
  norm2: NormActivations;
  hidden: Block;
  gate: Block;
  activated: Block;
}

/** The activations of up to `capacity` rows, for which memory is had once. */
export interface Workspace {
  readonly capacity: number;
  readonly tokens: Block;
  readonly positions: Block;
  readonly history: Block;
  readonly stream: Block;
  readonly layers: readonly LayerActivations[];
  readonly finalNorm: NormActivations;
  readonly logits: Block;
  readonly values: Block;
  /** Made when a batch first goes backward: a policy that only scores never needs it. */
  backward(): BackwardWorkspace;
}

/** Gradients, named after what they are of. */
export interface BackwardWorkspace {
  readonly dStream: Block;
  readonly dNormed: Block;
  readonly dAttended: Block;
  readonly dQkv: Block;
  readonly dHidden: Block;
  readonly dLogits: Block;
  readonly dValues: Block;
}

export function createWorkspace(
  arena: Arena,
  shape: PolicyShape,
  sizes: PaddedSizes,
  capacity: number,
): Workspace {
  const { width: D, attention: A, hidden: F, outputs: R, positions: L, heads } = sizes;
  const block = (columns: number): Block => {
    const address = arena.allocate(capacity * columns);
    return { columns, row: (row) => address + 4 * row * columns };
  };
  const norm = (): NormActivations => ({
    normalised: block(D),
    inverseDeviation: block(1),
    output: block(D),
  });
  let backward: BackwardWorkspace | null = null;
  return {
    capacity,
    ...{ tokens: block(1), positions: block(1), history: block(L), stream: block(D) },
    layers: Array.from({ length: shape.layers }, () => ({
      norm1: norm(),
      qkv: block(3 * A),
      weights: block(L * heads),
      attended: block(A),
      norm2: norm(),
      hidden: block(F),
      gate: block(F),
      activated: block(F),
    })),
    finalNorm: norm(),
    ...{ logits: block(R), values: block(1) },
    backward: () =>
      (backward ??= {
        ...{ dStream: block(D), dNormed: block(D), dAttended: block(A), dQkv: block(3 * A) },
        ...{ dHidden: block(F), dLogits: block(R), dValues: block(1) },
      }),
  };
}
