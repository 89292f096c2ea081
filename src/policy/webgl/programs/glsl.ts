import { positionCount, type PolicyShape } from '../../shape.ts';
import { blocksOf } from '../layout.ts';
import type { ProgramSource } from '../program.ts';

/**
 * A program over rows: the fragment at (x, y) computes channel block x of the four rows of quad y, as a mat4 whose
 * columns are the rows. With a block of a matrix as a mat4 whose columns are input channels, a step of a matrix product
 * is then one product of two mat4s:
 *
 *   output += W · input            output_r = Σ_c input_rc · W_c     (forward)
 *   dInput += Wᵀ · dOutput                                           (backward)
 *   dW     += dOutput · inputᵀ     dW_c = Σ_r input_rc · dOutput_r   (of the weights)
 */
export function rowProgram(shape: PolicyShape, name: string, body: string): ProgramSource {
  return {
    name,
    fragment: `${header(shape)}
layout(location = 0) out vec4 row0;
layout(location = 1) out vec4 row1;
layout(location = 2) out vec4 row2;
layout(location = 3) out vec4 row3;

void writeRows(mat4 rows) {
  row0 = rows[0];
  row1 = rows[1];
  row2 = rows[2];
  row3 = rows[3];
}

${body}`,
  };
}

/** Which quads of rows have a gradient, and a list of them; see ../live.ts. */
export const LIVE = `
uniform sampler2D live;

bool isLive(int quad) {
  return texelFetch(live, ivec2(0, quad), 0).y != 0.0;
}

int liveQuad(int n) {
  return int(texelFetch(live, ivec2(0, n), 0).x);
}
`;

/**
 * A program over rows of a gradient: `body` declares mat4 rowsOf(int block, int quad), which is asked for live quads only.
 * The others become 0, whatever an earlier batch has left in them. On SwiftShader as fast as to draw live quads only, which needs a
 * triangle for each run of them.
 */
export function gradientProgram(shape: PolicyShape, name: string, body: string): ProgramSource {
  return rowProgram(
    shape,
    name,
    `${LIVE}${body}

void main() {
  int quad = int(gl_FragCoord.y);
  if (!isLive(quad)) {
    writeRows(mat4(0.0));
    return;
  }
  writeRows(rowsOf(int(gl_FragCoord.x), quad));
}`,
  );
}

/** A program over a plane: the fragment at (x, y) computes texel (x, y), with one vec4 for each of `outputs`. */
export function planeProgram(
  shape: PolicyShape,
  name: string,
  outputs: readonly string[],
  body: string,
): ProgramSource {
  const declarations = outputs.map((each, i) => `layout(location = ${i}) out vec4 ${each};\n`);
  return { name, fragment: `${header(shape)}\n${declarations.join('')}${body}` };
}

function header(shape: PolicyShape): string {
  const blocks = blocksOf(shape);
  return `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp sampler2DArray;
const int PROMPT_LENGTH = ${shape.promptLength};
const int RESPONSE_LENGTH = ${shape.responseLength};
const int POSITIONS = ${positionCount(shape)};
const int OUTPUTS = ${shape.outputs};
const int OUTPUT_BLOCKS = ${blocks.outputs};
const int WIDTH_BLOCKS = ${blocks.width};
const int HEAD_BLOCKS = ${blocks.head};
const int ATTENTION_BLOCKS = ${blocks.attention};
const int VOCABULARY_BLOCKS = ${blocks.vocabulary};
const float WIDTH = ${shape.width}.0;
${READS}`;
}

/**
 * Reads of rows and weights, in one of the two ways of ../renderer.ts. Software renderers read by texture() a third faster than by texelFetch(), since they
 * check the latter's bounds, and a tenth faster than by textureLod(). Which level texture() reads is undefined in a branch; there is only one.
 */
const READS = `
#ifdef READ_BY_TEXTURE
vec4 channelsAt(sampler2DArray rows, int block, int quad, int lane) {
  return texture(rows, vec3((vec2(block, quad) + 0.5) / vec2(textureSize(rows, 0).xy), lane));
}

mat4 rowsAt(sampler2DArray rows, int block, int quad) {
  vec2 at = (vec2(block, quad) + 0.5) / vec2(textureSize(rows, 0).xy);
  return mat4(
    texture(rows, vec3(at, 0.0)),
    texture(rows, vec3(at, 1.0)),
    texture(rows, vec3(at, 2.0)),
    texture(rows, vec3(at, 3.0)));
}

mat4 weightsAt(sampler2D weights, ivec2 origin, int inputBlock, int outputBlock) {
  vec2 texel = 1.0 / vec2(textureSize(weights, 0));
  vec2 at = (vec2(origin + ivec2(outputBlock, 4 * inputBlock)) + 0.5) * texel;
  return mat4(
    texture(weights, at),
    texture(weights, at + vec2(0.0, texel.y)),
    texture(weights, at + vec2(0.0, 2.0 * texel.y)),
    texture(weights, at + vec2(0.0, 3.0 * texel.y)));
}
#else
vec4 channelsAt(sampler2DArray rows, int block, int quad, int lane) {
  return texelFetch(rows, ivec3(block, quad, lane), 0);
}

mat4 rowsAt(sampler2DArray rows, int block, int quad) {
  return mat4(
    texelFetch(rows, ivec3(block, quad, 0), 0),
    texelFetch(rows, ivec3(block, quad, 1), 0),
    texelFetch(rows, ivec3(block, quad, 2), 0),
    texelFetch(rows, ivec3(block, quad, 3), 0));
}

// Input channels 4·inputBlock … +3 in the columns, output channels 4·outputBlock … +3 in the rows.
mat4 weightsAt(sampler2D weights, ivec2 origin, int inputBlock, int outputBlock) {
  ivec2 corner = origin + ivec2(outputBlock, 4 * inputBlock);
  return mat4(
    texelFetch(weights, corner, 0),
    texelFetch(weights, corner + ivec2(0, 1), 0),
    texelFetch(weights, corner + ivec2(0, 2), 0),
    texelFetch(weights, corner + ivec2(0, 3), 0));
}
#endif
`;

/** Where rows stand: the arrangement of `rows.ts`. */
export const ARRANGEMENT = `
uniform int promptQuads;
uniform int sequenceQuads;

int startOf(int position) {
  return position < PROMPT_LENGTH
    ? position * promptQuads
    : PROMPT_LENGTH * promptQuads + (position - PROMPT_LENGTH) * sequenceQuads;
}

int positionOf(int quad) {
  int prompts = PROMPT_LENGTH * promptQuads;
  return quad < prompts ? quad / promptQuads : PROMPT_LENGTH + (quad - prompts) / sequenceQuads;
}
`;

/** Who shares a prompt: texel (0, n) holds the prompt of sequence n, and the first and the end sequence of prompt n. */
export const GROUPS = `
uniform sampler2D groups;

int promptOf(int sequence) {
  return int(texelFetch(groups, ivec2(0, sequence), 0).x);
}

// The sequences of a prompt: from .x, before .y
ivec2 sequencesOf(int prompt) {
  return ivec2(texelFetch(groups, ivec2(0, prompt), 0).yz);
}
`;
