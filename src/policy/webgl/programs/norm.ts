import { LAYER_NORM_EPSILON, type PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { gradientProgram } from './glsl.ts';

/**
 * normalised = (x − mean) / √(var + ε) in blocks 0 … D/4 − 1, and 1 / √(var + ε) in all channels of block D/4.
 * The forward pass never stores it (programs/linear.ts, normedLinear); the backward pass reads it many times.
 */
export function normalise(shape: PolicyShape): ProgramSource {
  return gradientProgram(
    shape,
    'normalise',
    `
uniform sampler2DArray inputs;

mat4 rowsOf(int block, int quad) {
  mat4 sum = mat4(0.0);
  mat4 squares = mat4(0.0);
  for (int k = 0; k < WIDTH_BLOCKS; k++) {
    mat4 x = rowsAt(inputs, k, quad);
    sum += x;
    squares += matrixCompMult(x, x);
  }
  vec4 mean = vec4(1.0 / WIDTH) * sum;
  vec4 variance = max(vec4(1.0 / WIDTH) * squares - mean * mean, 0.0);
  vec4 inverseDeviation = inversesqrt(variance + ${LAYER_NORM_EPSILON});
  mat4 x = rowsAt(inputs, min(block, WIDTH_BLOCKS - 1), quad);
  for (int r = 0; r < 4; r++)
    x[r] = block == WIDTH_BLOCKS
      ? vec4(inverseDeviation[r])
      : (x[r] - mean[r]) * inverseDeviation[r];
  return x;
}`,
  );
}

/**
 * dInput = dResidual + (g − mean(g) − normalised · mean(g · normalised)) / √(var + ε), with g = ∂J/∂normalised. The
 * gain is in the folded matrix that g came through. `dResidual` is the gradient that reached x past the norm;
 * without one it is not read, since it may hold what a diverged update left.
 */
export function normBackward(shape: PolicyShape): ProgramSource {
  return gradientProgram(
    shape,
    'normBackward',
    `
uniform sampler2DArray normalised;
uniform sampler2DArray dNormalised;
uniform sampler2DArray dResidual;
uniform bool hasResidual;

mat4 rowsOf(int block, int quad) {
  mat4 sums = mat4(0.0);
  mat4 products = mat4(0.0);
  for (int k = 0; k < WIDTH_BLOCKS; k++) {
    mat4 g = rowsAt(dNormalised, k, quad);
    sums += g;
    products += matrixCompMult(g, rowsAt(normalised, k, quad));
  }
  vec4 mean = vec4(1.0 / WIDTH) * sums;
  vec4 projection = vec4(1.0 / WIDTH) * products;
  mat4 g = rowsAt(dNormalised, block, quad);
  mat4 n = rowsAt(normalised, block, quad);
  mat4 inverseDeviation = rowsAt(normalised, WIDTH_BLOCKS, quad);
  mat4 dInput = mat4(0.0);
  if (hasResidual) dInput = rowsAt(dResidual, block, quad);
  for (int r = 0; r < 4; r++)
    dInput[r] += inverseDeviation[r] * (g[r] - mean[r] - n[r] * projection[r]);
  return dInput;
}`,
  );
}
