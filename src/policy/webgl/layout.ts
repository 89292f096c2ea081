import { parameterCount, parameterLayout, positionCount, type PolicyShape } from '../shape.ts';

/**
 * Sizes of the network in blocks of four channels, which is what a texel holds.
 *
 * Heads whose channels do not fill whole texels are padded: a head then takes `headBlocks` texels whose last channels
 * have weight 0 on both sides, so they stay 0 forward and backward.
 */
export interface Blocks {
  /** Of the residual stream: D / 4. */
  width: number;
  /** Of one head: ⌈D / 4H⌉. */
  head: number;
  /** Of the queries, as of the keys and of the values: H · head. */
  attention: number;
  /** Of the MLP: 4D / 4. */
  hidden: number;
  /** Of the logits and the value after them: ⌈(R + 1) / 4⌉. */
  outputs: number;
  /** Rows of the embedding matrix: tokens, then positions, each filled up to a multiple of four. */
  vocabulary: number;
  positions: number;
}

export function blocksOf(shape: PolicyShape): Blocks {
  const { width, heads, outputs, vocabulary } = shape;
  const head = Math.ceil(width / heads / 4);
  return {
    width: width / 4,
    head,
    attention: heads * head,
    hidden: width,
    outputs: Math.ceil((outputs + 1) / 4),
    vocabulary: Math.ceil(vocabulary / 4),
    positions: Math.ceil(positionCount(shape) / 4),
  };
}

/**
 * A matrix [inputs, outputs] in the atlas: input channel d stands in row y + d, output channels 4f … 4f+3 in column
 * x + f. Below the inputs stand four more rows: the bias, the sum over the inputs (only of matrices with a folded layer
 * norm, see programs/folding.ts), and two that stay 0, so that rows count in blocks of four.
 */
export interface Matrix {
  x: number;
  y: number;
  inputBlocks: number;
  outputBlocks: number;
}

/** Height of a matrix in the atlas, in rows. */
const heightOf = (inputBlocks: number): number => 4 * inputBlocks + 4;

/** A layer norm's gain in row y from column x on, its bias in row y + 1. */
export interface Norm {
  x: number;
  y: number;
  blocks: number;
}

/** A matrix that reads the output of a layer norm. */
export interface NormedMatrix {
  norm: Norm;
  matrix: Matrix;
}

/** Where every parameter stands in the atlas, a float texture of `width` × `height` texels. */
export interface Atlas {
  width: number;
  height: number;
  /** Rows: tokens, then from 4 · blocks.vocabulary on positions; without a bias. */
  embedding: Matrix;
  layers: { qkv: NormedMatrix; attentionOut: Matrix; mlpIn: NormedMatrix; mlpOut: Matrix }[];
  /** The head, with the value output as channel R. */
  head: NormedMatrix;
  /** [parameterCount] index of each parameter among the atlas's 4 · width · height floats. */
  place: Int32Array;
}

export function atlasOf(shape: PolicyShape): Atlas {
  const { width: D, heads, outputs: R } = shape;
  const blocks = blocksOf(shape);
  const shelves = createShelves(Math.max(blocks.hidden, 3 * blocks.attention, blocks.outputs));
  const matrix = (inputBlocks: number, outputBlocks: number): Matrix => {
    const size = { inputBlocks, outputBlocks };
    return { ...size, ...shelves.place(outputBlocks, heightOf(inputBlocks)) };
  };
  // Tall first, so that little of a shelf stays empty.
  const mlpOut = Array.from({ length: shape.layers }, () => matrix(blocks.hidden, blocks.width));
  const embedding = matrix(blocks.vocabulary + blocks.positions, blocks.width);
  const attentionOut = mlpOut.map(() => matrix(blocks.attention, blocks.width));
  const qkv = mlpOut.map(() => matrix(blocks.width, 3 * blocks.attention));
  const mlpIn = mlpOut.map(() => matrix(blocks.width, blocks.hidden));
  const headMatrix = matrix(blocks.width, blocks.outputs);
  const normed = (following: Matrix): NormedMatrix => ({
    matrix: following,
    norm: { blocks: blocks.width, ...shelves.place(blocks.width, 4) },
  });
  const layers = mlpOut.map((_, index) => ({
    qkv: normed(qkv[index]!),
    attentionOut: attentionOut[index]!,
    mlpIn: normed(mlpIn[index]!),
    mlpOut: mlpOut[index]!,
  }));
  const head = normed(headMatrix);

  const channels = D / heads;
  /** Channel of a head's padded block. */
  const padded = (d: number): number => Math.floor(d / channels) * 4 * blocks.head + (d % channels);
  const paddedQkv = (o: number): number => Math.floor(o / D) * 4 * blocks.attention + padded(o % D);
  const same = (i: number): number => i;
  type Place = (row: number, column: number) => number;
  const at = (x: number, y: number, channel: number): number =>
    4 * (y * shelves.width + x) + channel;
  const inMatrix =
    ({ x, y }: Matrix, firstRow = 0, rowOf = same, columnOf = same): Place =>
    (row, column) =>
      at(x, y + firstRow + rowOf(row), columnOf(column));
  const inNorm =
    ({ norm: { x, y } }: NormedMatrix, row: number): Place =>
    (_, d) =>
      at(x, y + row, d);
  const places = new Map<string, Place>([
    ['tokenEmbedding', inMatrix(embedding)],
    ['positionEmbedding', inMatrix(embedding, 4 * blocks.vocabulary)],
    ['finalNorm.gain', inNorm(head, 0)],
    ['finalNorm.bias', inNorm(head, 1)],
    ['head.weight', inMatrix(head.matrix)],
    ['head.bias', inMatrix(head.matrix, D)],
    ['value.weight', (_, d) => at(head.matrix.x, head.matrix.y + d, R)],
    ['value.bias', () => at(head.matrix.x, head.matrix.y + D, R)],
  ]);
  layers.forEach((layer, index) => {
    const add = (name: string, place: Place): unknown => places.set(`layer${index}.${name}`, place);
    add('norm1.gain', inNorm(layer.qkv, 0));
    add('norm1.bias', inNorm(layer.qkv, 1));
    add('qkv.weight', inMatrix(layer.qkv.matrix, 0, same, paddedQkv));
    add('qkv.bias', inMatrix(layer.qkv.matrix, D, same, paddedQkv));
    add('attentionOut.weight', inMatrix(layer.attentionOut, 0, padded));
    add('attentionOut.bias', inMatrix(layer.attentionOut, 4 * blocks.attention));
    add('norm2.gain', inNorm(layer.mlpIn, 0));
    add('norm2.bias', inNorm(layer.mlpIn, 1));
    add('mlpIn.weight', inMatrix(layer.mlpIn.matrix));
    add('mlpIn.bias', inMatrix(layer.mlpIn.matrix, D));
    add('mlpOut.weight', inMatrix(layer.mlpOut));
    add('mlpOut.bias', inMatrix(layer.mlpOut, 4 * blocks.hidden));
  });
  const place = new Int32Array(parameterCount(shape));
  for (const { name, dimensions, offset, size } of parameterLayout(shape)) {
    const columns = dimensions.at(-1)!;
    for (let i = 0; i < size; i++)
      place[offset + i] = places.get(name)!(Math.floor(i / columns), i % columns);
  }
  return { width: shelves.width, height: shelves.height(), embedding, layers, head, place };
}

/** Packs rectangles side by side onto shelves, each as high as its first rectangle. */
function createShelves(width: number): {
  width: number;
  place(columns: number, rows: number): { x: number; y: number };
  height(): number;
} {
  const shelves: { y: number; rows: number; used: number }[] = [];
  const height = (): number => shelves.reduce((sum, { rows }) => sum + rows, 0);
  return {
    width,
    height,
    place(columns, rows) {
      let shelf = shelves.find((each) => each.rows >= rows && each.used + columns <= width);
      if (!shelf) shelves.push((shelf = { y: height(), rows, used: 0 }));
      const x = shelf.used;
      shelf.used += columns;
      return { x, y: shelf.y };
    },
  };
}

/** The parameters as the atlas's floats; what no parameter fills is 0. */
export function toAtlas({ width, height, place }: Atlas, parameters: Float32Array): Float32Array {
  const floats = new Float32Array(4 * width * height);
  for (let i = 0; i < place.length; i++) floats[place[i]!] = parameters[i]!;
  return floats;
}

/** The parameters out of the atlas's floats. */
export function fromAtlas({ place }: Atlas, floats: Float32Array): Float32Array {
  return Float32Array.from(place, (at) => floats[at]!);
}
