import type { PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { ARRANGEMENT, rowProgram } from './glsl.ts';

/**
 * x⁰ = tokenEmbedding[token] + positionEmbedding[position] in blocks 0 … D/4 − 1. Block D/4 keeps the two rows of the
 * embedding matrix that were read, for its gradient.
 */
export function embed(shape: PolicyShape): ProgramSource {
  return rowProgram(
    shape,
    'embed',
    `${ARRANGEMENT}
uniform sampler2D prompts;
uniform sampler2D responses;
uniform sampler2D weights;
uniform ivec2 origin;

vec4 embedding(int block, int quad, int lane) {
  int position = positionOf(quad);
  int index = 4 * (quad - startOf(position)) + lane;
  float token = position < PROMPT_LENGTH
    ? texelFetch(prompts, ivec2(position, index), 0).x
    : texelFetch(responses, ivec2(position - PROMPT_LENGTH, index), 0).x;
  int positionRow = 4 * VOCABULARY_BLOCKS + position;
  if (block == WIDTH_BLOCKS) return vec4(token, float(positionRow), 0.0, 0.0);
  return texelFetch(weights, origin + ivec2(block, int(token)), 0) +
    texelFetch(weights, origin + ivec2(block, positionRow), 0);
}

void main() {
  int block = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = embedding(block, quad, lane);
  writeRows(rows);
}`,
  );
}
