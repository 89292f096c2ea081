import type { PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { gradientProgram, rowProgram } from './glsl.ts';

/**
 * activated = silu(u) = u · σ(u). A program of its own: the matrix that follows reads every activation once for each of
 * its output blocks, and would compute as many exponentials; the backward pass needs u and silu(u), and a fragment can
 * write only one of them for four rows.
 */
export function silu(shape: PolicyShape): ProgramSource {
  return rowProgram(
    shape,
    'silu',
    `
uniform sampler2DArray hidden;

void main() {
  mat4 u = rowsAt(hidden, int(gl_FragCoord.x), int(gl_FragCoord.y));
  for (int r = 0; r < 4; r++) u[r] /= 1.0 + exp(-u[r]);
  writeRows(u);
}`,
  );
}

/** dHidden = (dOutput·W_outᵀ) · silu′(u),  silu′(u) = σ(u) · (1 + u · (1 − σ(u))) */
export function mlpBackward(shape: PolicyShape): ProgramSource {
  return gradientProgram(
    shape,
    'mlpBackward',
    `
uniform sampler2DArray dOutputs;
uniform sampler2DArray hidden;
uniform sampler2D weights;
uniform ivec2 origin;

mat4 rowsOf(int block, int quad) {
  mat4 dActivated = mat4(0.0);
  for (int k = 0; k < WIDTH_BLOCKS; k++)
    dActivated += transpose(weightsAt(weights, origin, block, k)) * rowsAt(dOutputs, k, quad);
  mat4 u = rowsAt(hidden, block, quad);
  for (int r = 0; r < 4; r++) {
    vec4 sigmoid = 1.0 / (1.0 + exp(-u[r]));
    dActivated[r] *= sigmoid * (1.0 + u[r] * (1.0 - sigmoid));
  }
  return dActivated;
}`,
  );
}
