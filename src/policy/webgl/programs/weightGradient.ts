import type { PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { LIVE, rowProgram } from './glsl.ts';

/**
 * dW = Σ_rows inputᵀ · dOutput, with the live rows split into chunks that different fragments sum.
 *
 * The fragment at (x, y) of the target computes 4 × 4 weights: output block x − column of the matrix, and of row block
 * ⌊y / chunks⌋ of the atlas, chunk y mod chunks; layer c holds row 4⌊y / chunks⌋ + c of the atlas. Below the inputs
 * stands the bias, the weight of an input that is always 1.
 */
function overChunks(inputBlocks: number, ofQuad: string): string {
  return `${LIVE}
uniform sampler2DArray dOutputs;
uniform ivec2 origin;
uniform int chunks;
uniform int quads;  // that are live

void main() {
  int outputBlock = int(gl_FragCoord.x) - origin.x;
  int line = int(gl_FragCoord.y);
  int inputBlock = line / chunks - origin.y / 4;
  int chunk = line % chunks;
  int first = chunk * quads / chunks;
  int end = (chunk + 1) * quads / chunks;
  mat4 gradient = mat4(0.0);
  if (inputBlock < ${inputBlocks})
    for (int n = first; n < end; n++) {
      int quad = liveQuad(n);
      ${ofQuad}
    }
  else
    for (int n = first; n < end; n++)
      gradient[0] += rowsAt(dOutputs, outputBlock, liveQuad(n)) * vec4(1.0);
  writeRows(gradient);
}`;
}

/** The weights of a matrix that reads `inputs`. */
export function weightGradient(shape: PolicyShape, inputBlocks: number): ProgramSource {
  return rowProgram(
    shape,
    `weightGradient${inputBlocks}`,
    `
uniform sampler2DArray inputs;
${overChunks(
  inputBlocks,
  'gradient += rowsAt(dOutputs, outputBlock, quad) * transpose(rowsAt(inputs, inputBlock, quad));',
)}`,
  );
}

/** The embedding matrix, whose input is 1 at the row's token and at its position, and 0 elsewhere. */
export function embeddingGradient(shape: PolicyShape, inputBlocks: number): ProgramSource {
  return rowProgram(
    shape,
    'embeddingGradient',
    `
uniform sampler2DArray embedded;

// Channels 4·block … +3 of the input of four rows; block WIDTH_BLOCKS of x⁰ says which two of them are 1.
mat4 twoHot(int block, int quad) {
  vec4 channels = vec4(4 * block) + vec4(0.0, 1.0, 2.0, 3.0);
  mat4 hot = rowsAt(embedded, WIDTH_BLOCKS, quad);
  for (int r = 0; r < 4; r++)
    hot[r] = vec4(equal(channels, hot[r].xxxx)) + vec4(equal(channels, hot[r].yyyy));
  return hot;
}
${overChunks(
  inputBlocks,
  'gradient += rowsAt(dOutputs, outputBlock, quad) * transpose(twoHot(inputBlock, quad));',
)}`,
  );
}
