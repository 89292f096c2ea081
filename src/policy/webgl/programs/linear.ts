import { LAYER_NORM_EPSILON, type PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { gradientProgram, rowProgram } from './glsl.ts';

/**
 * A matrix behind a layer norm, in one pass over the input:
 *
 *   output = layerNorm(x)·W + b = (x·W′ − mean · ΣW′) / √(var + ε) + b′
 *
 * with gain and bias of the norm folded into W′ and b′, and ΣW′ the sum over the inputs (programs/folding.ts). Mean and
 * variance come from the same texels as the product. var = mean(x²) − mean(x)² loses digits only where the mean is far
 * beyond the deviation, which a residual stream is not.
 */
export function normedLinear(shape: PolicyShape): ProgramSource {
  return rowProgram(
    shape,
    'normedLinear',
    `
uniform sampler2DArray inputs;
uniform sampler2D weights;
uniform ivec2 origin;

void main() {
  int outputBlock = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  mat4 product = mat4(0.0);
  mat4 sum = mat4(0.0);
  mat4 squares = mat4(0.0);
  for (int k = 0; k < WIDTH_BLOCKS; k++) {
    mat4 x = rowsAt(inputs, k, quad);
    product += weightsAt(weights, origin, k, outputBlock) * x;
    sum += x;
    squares += matrixCompMult(x, x);
  }
  vec4 mean = vec4(1.0 / WIDTH) * sum;
  vec4 variance = max(vec4(1.0 / WIDTH) * squares - mean * mean, 0.0);
  vec4 inverseDeviation = inversesqrt(variance + ${LAYER_NORM_EPSILON});
  vec4 bias = texelFetch(weights, origin + ivec2(outputBlock, 4 * WIDTH_BLOCKS), 0);
  vec4 weightSum = texelFetch(weights, origin + ivec2(outputBlock, 4 * WIDTH_BLOCKS + 1), 0);
  for (int r = 0; r < 4; r++)
    product[r] = inverseDeviation[r] * (product[r] - mean[r] * weightSum) + bias;
  writeRows(product);
}`,
  );
}

/** output = residual + input·W + b */
export function residualLinear(shape: PolicyShape, inputBlocks: number): ProgramSource {
  return rowProgram(
    shape,
    `residualLinear${inputBlocks}`,
    `
uniform sampler2DArray inputs;
uniform sampler2DArray residual;
uniform sampler2D weights;
uniform ivec2 origin;

void main() {
  int outputBlock = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  vec4 bias = texelFetch(weights, origin + ivec2(outputBlock, ${4 * inputBlocks}), 0);
  mat4 sum = rowsAt(residual, outputBlock, quad) + mat4(bias, bias, bias, bias);
  for (int k = 0; k < ${inputBlocks}; k++)
    sum += weightsAt(weights, origin, k, outputBlock) * rowsAt(inputs, k, quad);
  writeRows(sum);
}`,
  );
}

/** dInput = dOutput·Wᵀ */
export function linearBackward(shape: PolicyShape, outputBlocks: number): ProgramSource {
  return gradientProgram(
    shape,
    `linearBackward${outputBlocks}`,
    `
uniform sampler2DArray dOutputs;
uniform sampler2D weights;
uniform ivec2 origin;

mat4 rowsOf(int inputBlock, int quad) {
  mat4 dInput = mat4(0.0);
  for (int f = 0; f < ${outputBlocks}; f++)
    dInput += transpose(weightsAt(weights, origin, inputBlock, f)) * rowsAt(dOutputs, f, quad);
  return dInput;
}`,
  );
}
