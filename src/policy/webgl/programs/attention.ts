import type { PolicyShape } from '../../shape.ts';
import { blocksOf } from '../layout.ts';
import { ARRANGEMENT, GROUPS } from './glsl.ts';

/**
 * Causal attention of one row, over its own and the earlier positions of its sequence:
 *
 *   s_j = q·k_j / √(D/H),  w_j = exp(s_j) / Σ_j exp(s_j),  output = Σ_j w_j · v_j
 *
 * A row of `qkv` holds the queries, then the keys, then the values of all heads. Positions of the prompt are shared by
 * the sequences of a group, so a sequence finds them at its prompt's row. The forward pass stores no weights: softmax runs online
 * (Milakov & Gimelshein 2018, algorithm 3).
 */
export function historyOf(shape: PolicyShape): string {
  return `${ARRANGEMENT}${GROUPS}
const float SCALE = ${1 / Math.sqrt(shape.width / shape.heads)};
uniform sampler2DArray qkv;

// A row, as the quad and the lane that it stands in.
struct Row { int quad; int lane; };

// The prompt of the row with this index among those of its position.
int promptAt(int position, int index) {
  return position < PROMPT_LENGTH ? index : promptOf(index);
}

// The row at position j of the sequence with this index, whose prompt is given.
Row rowAt(int j, int index, int prompt) {
  int among = j < PROMPT_LENGTH ? prompt : index;
  return Row(startOf(j) + (among >> 2), among & 3);
}

vec4 queryAt(Row row, int block) {
  return channelsAt(qkv, block, row.quad, row.lane);
}

vec4 keyAt(Row row, int block) {
  return channelsAt(qkv, ATTENTION_BLOCKS + block, row.quad, row.lane);
}

vec4 valueAt(Row row, int block) {
  return channelsAt(qkv, 2 * ATTENTION_BLOCKS + block, row.quad, row.lane);
}
`;
}

/**
 * Declares the texels of a head's channels as variables: `query0`, … from queryAt(self, first), … Arrays, and functions
 * of them, are many times slower in software.
 */
export const loadHead = (shape: PolicyShape, name: string): string =>
  ofHead(shape, (c) => `vec4 ${name}${c} = ${name}At(self, first + ${c});`).join('\n  ');

/** The product of loaded channels with those of another row: query·key as dot(query0, keyAt(row, first)) + … */
export const dotHead = (shape: PolicyShape, name: string, other: string): string =>
  `(${ofHead(shape, (c) => `dot(${name}${c}, ${other}At(row, first + ${c}))`).join(' + ')})`;

const ofHead = (shape: PolicyShape, text: (c: number) => string): string[] =>
  Array.from({ length: blocksOf(shape).head }, (_, c) => text(c));
