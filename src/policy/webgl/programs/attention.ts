import type { PolicyShape } from '../../shape.ts';
import { ARRANGEMENT, GROUPS } from './glsl.ts';

/**
 * Causal attention of one row, over its own and the earlier positions of its sequence:
 *
 *   s_j = q·k_j / √(D/H),  w_j = exp(s_j) / Σ_j exp(s_j),  output = Σ_j w_j · v_j
 *
 * A row of `qkv` holds the queries, then the keys, then the values of all heads. Positions of the prompt are shared by
 * the sequences of a group, so a sequence finds them at its prompt's row. No weights are stored: softmax runs online
 * (Milakov & Gimelshein 2018, algorithm 3), and the backward pass recomputes w_j from the log-sum-exp.
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
  return texelFetch(qkv, ivec3(block, row.quad, row.lane), 0);
}

vec4 keyAt(Row row, int block) {
  return texelFetch(qkv, ivec3(ATTENTION_BLOCKS + block, row.quad, row.lane), 0);
}

vec4 valueAt(Row row, int block) {
  return texelFetch(qkv, ivec3(2 * ATTENTION_BLOCKS + block, row.quad, row.lane), 0);
}

vec4[HEAD_BLOCKS] queryOf(Row row, int head) {
  vec4 query[HEAD_BLOCKS];
  for (int c = 0; c < HEAD_BLOCKS; c++) query[c] = queryAt(row, head * HEAD_BLOCKS + c);
  return query;
}

// s_j of a query and the key of row j
float scoreOf(vec4 query[HEAD_BLOCKS], Row row, int head) {
  float score = 0.0;
  for (int c = 0; c < HEAD_BLOCKS; c++) score += dot(query[c], keyAt(row, head * HEAD_BLOCKS + c));
  return SCALE * score;
}
`;
}
