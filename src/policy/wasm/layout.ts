import { parameterLayout, positionCount, type PolicyShape } from '../shape.ts';

/**
 * How the kernels see a shape. They work on four numbers at a time, so channels, outputs and the channels of a head are
 * padded to a multiple of 4, and heads to a multiple of four, one a lane. What pads is 0 and stays 0, since no gradient
 * reaches it; only the biases of outputs that do not exist are −∞, so that they have no probability.
 */
export interface PaddedSizes {
  positions: number;
  /** D, and what it is padded to. */
  channels: number;
  width: number;
  /** Of the padded heads, and of each its padded channels; their product is the width of attention. */
  heads: number;
  headChannels: number;
  attention: number;
  /** 4·D */
  hidden: number;
  outputs: number;
  /** Of scores: 1 / √(D/H) with what is not padded. */
  scale: number;
}

export const PADDED_BIAS = -Infinity;

const padded = (count: number): number => Math.ceil(count / 4) * 4;

export function paddedSizes(shape: PolicyShape): PaddedSizes {
  const channelsOfHead = shape.width / shape.heads;
  const [heads, headChannels] = [padded(shape.heads), padded(channelsOfHead)];
  return {
    positions: positionCount(shape),
    channels: shape.width,
    width: padded(shape.width),
    ...{ heads, headChannels, attention: heads * headChannels },
    hidden: 4 * shape.width,
    outputs: padded(shape.outputs),
    scale: 1 / Math.sqrt(channelsOfHead),
  };
}

/** Where the named arrays stand among the padded parameters. */
export interface PaddedLayout {
  /** A multiple of 4, as is every place. */
  count: number;
  /** The first number of an array. */
  placeOf(name: string): number;
  /** [parameters] the place of each parameter of the flat vector. */
  places: Int32Array;
  /** Places of the biases of outputs that do not exist. */
  paddedBiases: number[];
}

export function paddedLayout(shape: PolicyShape, sizes: PaddedSizes): PaddedLayout {
  const { heads, width: D, outputs: R } = shape;
  const C = D / heads;
  /** Of a dimension: what it is padded to, and where its i-th entry then stands. */
  const plain = (size: number) => ({ size: padded(size), at: (i: number) => i });
  const headed = (parts: number) => ({
    size: parts * sizes.attention,
    at: (i: number) => {
      const [part, head] = [Math.floor(i / D), Math.floor((i % D) / C)];
      return part * sizes.attention + head * sizes.headChannels + (i % C);
    },
  });
  const rows = (name: string, size: number) =>
    name.includes('attentionOut')
      ? headed(1)
      : name.endsWith('Embedding')
        ? { ...plain(size), size }
        : plain(size);
  const columns = (name: string, size: number) => (name.includes('qkv') ? headed(3) : plain(size));

  const starts = new Map<string, number>();
  const places: number[] = [];
  let count = 0;
  for (const { name, dimensions } of parameterLayout(shape)) {
    starts.set(name, count);
    const row = dimensions.length === 1 ? { size: 1, at: () => 0 } : rows(name, dimensions[0]!);
    const column = columns(name, dimensions.at(-1)!);
    const [rowCount, columnCount] =
      dimensions.length === 1 ? [1, dimensions[0]!] : [dimensions[0]!, dimensions[1]!];
    for (let i = 0; i < rowCount; i++)
      for (let j = 0; j < columnCount; j++)
        places.push(count + row.at(i) * column.size + column.at(j));
    count += row.size * column.size;
  }
  const headBias = starts.get('head.bias')!;
  return {
    count,
    placeOf(name) {
      const start = starts.get(name);
      if (start === undefined) throw new RangeError(`no parameters are called ${name}`);
      return start;
    },
    places: Int32Array.from(places),
    paddedBiases: Array.from({ length: sizes.outputs - R }, (_, i) => headBias + R + i),
  };
}
