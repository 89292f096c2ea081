import type { PolicyShape } from '../shape.ts';
import type { Arena } from './arena.ts';
import type { Kernels } from './kernels.ts';
import type { PaddedLayout, PaddedSizes } from './layout.ts';

/** The addresses of a linear layer: its matrix [inputs, outputs], that transposed, its bias, and their gradients. */
export interface LinearPlace {
  weight: number;
  transposed: number;
  bias: number;
  dWeight: number;
  dBias: number;
  inputs: number;
  outputs: number;
}

/** The addresses of a layer norm. */
export interface NormPlace {
  gain: number;
  bias: number;
  dGain: number;
  dBias: number;
}

export interface LayerPlaces {
  norm1: NormPlace;
  qkv: LinearPlace;
  attentionOut: LinearPlace;
  norm2: NormPlace;
  mlpIn: LinearPlace;
  mlpOut: LinearPlace;
}

/** Where the trained state and its gradient stand in memory. */
export interface Places {
  /** Vectors of `layout.count` numbers. */
  parameters: number;
  gradient: number;
  firstMoment: number;
  secondMoment: number;
  /** The address of a named array, and of its gradient. */
  of(name: string): number;
  gradientOf(name: string): number;
  layers: readonly LayerPlaces[];
  finalNorm: NormPlace;
  head: LinearPlace;
  /** Turns every matrix; what goes back through one needs it turned as it is now. */
  transpose(kernels: Kernels): void;
}

export function createPlaces(
  arena: Arena,
  shape: PolicyShape,
  sizes: PaddedSizes,
  layout: PaddedLayout,
): Places {
  const vector = (): number => {
    const address = arena.allocate(layout.count);
    arena.floats(address, layout.count).fill(0);
    return address;
  };
  const [parameters, gradient, firstMoment, secondMoment] = [
    vector(),
    vector(),
    vector(),
    vector(),
  ];
  const of = (name: string): number => parameters + 4 * layout.placeOf(name);
  const gradientOf = (name: string): number => gradient + 4 * layout.placeOf(name);
  const matrices: LinearPlace[] = [];
  const linear = (name: string, inputs: number, outputs: number): LinearPlace => {
    const place = {
      weight: of(`${name}.weight`),
      transposed: arena.allocate(inputs * outputs),
      bias: of(`${name}.bias`),
      dWeight: gradientOf(`${name}.weight`),
      dBias: gradientOf(`${name}.bias`),
      ...{ inputs, outputs },
    };
    matrices.push(place);
    return place;
  };
  const norm = (name: string): NormPlace => ({
    gain: of(`${name}.gain`),
    bias: of(`${name}.bias`),
    dGain: gradientOf(`${name}.gain`),
    dBias: gradientOf(`${name}.bias`),
  });
  const { width: D, attention: A, hidden: F } = sizes;
  return {
    ...{ parameters, gradient, firstMoment, secondMoment, of, gradientOf },
    layers: Array.from({ length: shape.layers }, (_, index) => ({
      norm1: norm(`layer${index}.norm1`),
      qkv: linear(`layer${index}.qkv`, D, 3 * A),
      attentionOut: linear(`layer${index}.attentionOut`, A, D),
      norm2: norm(`layer${index}.norm2`),
      mlpIn: linear(`layer${index}.mlpIn`, D, F),
      mlpOut: linear(`layer${index}.mlpOut`, F, D),
    })),
    finalNorm: norm('finalNorm'),
    head: linear('head', D, sizes.outputs),
    transpose(kernels) {
      for (const { transposed, weight, inputs, outputs } of matrices)
        kernels.transpose(transposed, weight, inputs, outputs);
    },
  };
}
