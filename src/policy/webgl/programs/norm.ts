import { LAYER_NORM_EPSILON, type PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { rowProgram } from './glsl.ts';

/**
 * normalised = (x − mean) / √(var + ε) in blocks 0 … D/4 − 1, and 1 / √(var + ε) in all channels of block D/4.
 * The forward pass never stores it (programs/linear.ts, normedLinear); the backward pass reads it many times.
 */
export function normalise(shape: PolicyShape): ProgramSource {
  return rowProgram(
    shape,
    'normalise',
    `
uniform sampler2DArray inputs;

void main() {
  int block = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  vec4 sum = vec4(0.0);
  vec4 squares = vec4(0.0);
  for (int k = 0; k < WIDTH_BLOCKS; k++) {
    mat4 x = rowsAt(inputs, k, quad);
    sum += vec4(1.0) * x;
    squares += vec4(dot(x[0], x[0]), dot(x[1], x[1]), dot(x[2], x[2]), dot(x[3], x[3]));
  }
  vec4 mean = sum / WIDTH;
  vec4 variance = max(squares / WIDTH - mean * mean, 0.0);
  vec4 inverseDeviation = inversesqrt(variance + ${LAYER_NORM_EPSILON});
  mat4 x = rowsAt(inputs, min(block, WIDTH_BLOCKS - 1), quad);
  for (int r = 0; r < 4; r++)
    x[r] = block == WIDTH_BLOCKS
      ? vec4(inverseDeviation[r])
      : (x[r] - mean[r]) * inverseDeviation[r];
  writeRows(x);
}`,
  );
}

/**
 * dInput = dResidual + (g − mean(g) − normalised · mean(g · normalised)) / √(var + ε), with g = ∂J/∂normalised. The
 * gain is in the folded matrix that g came through. `dResidual` is the gradient that reached x past the norm.
 */
export function normBackward(shape: PolicyShape): ProgramSource {
  return rowProgram(
    shape,
    'normBackward',
    `
uniform sampler2DArray normalised;
uniform sampler2DArray dNormalised;
uniform sampler2DArray dResidual;
uniform float residualWeight;

void main() {
  int block = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  vec4 sum = vec4(0.0);
  vec4 projection = vec4(0.0);
  for (int k = 0; k < WIDTH_BLOCKS; k++) {
    mat4 g = rowsAt(dNormalised, k, quad);
    mat4 n = rowsAt(normalised, k, quad);
    sum += vec4(1.0) * g;
    projection += vec4(dot(g[0], n[0]), dot(g[1], n[1]), dot(g[2], n[2]), dot(g[3], n[3]));
  }
  mat4 g = rowsAt(dNormalised, block, quad);
  mat4 n = rowsAt(normalised, block, quad);
  mat4 inverseDeviation = rowsAt(normalised, WIDTH_BLOCKS, quad);
  mat4 dInput = residualWeight * rowsAt(dResidual, block, quad);
  for (int r = 0; r < 4; r++)
    dInput[r] += inverseDeviation[r] * (g[r] - (sum[r] + n[r] * projection[r]) / WIDTH);
  writeRows(dInput);
}`,
  );
}
