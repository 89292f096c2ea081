import type { PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { planeProgram } from './glsl.ts';

/** Fragments that share a sum over all parameters. */
export const PARTIAL_SUMS = 64;

/** dFolded = Σ_chunks of the weight gradients' partial sums, added to what earlier parts of the batch gave, if any. */
export function reduceGradient(shape: PolicyShape): ProgramSource {
  return planeProgram(
    shape,
    'reduceGradient',
    ['dFolded'],
    `
uniform sampler2DArray partial;
uniform sampler2D earlier;
uniform bool hasEarlier;
uniform int chunks;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  dFolded = vec4(0.0);
  if (hasEarlier) dFolded = texelFetch(earlier, at, 0);
  for (int chunk = 0; chunk < chunks; chunk++)
    dFolded += texelFetch(partial, ivec3(at.x, (at.y >> 2) * chunks + chunk, at.y & 3), 0);
}`,
  );
}

/**
 * Partial sums of ‖g‖² in channel x, over the rows y, y + 64, … of the atlas for the fragment (0, y); and in channel y
 * of J = Σ (w_logProb · log π + w_entropy · H + w_value · v) over sequences y, y + 64, …
 */
export function sumMetrics(shape: PolicyShape): ProgramSource {
  return planeProgram(
    shape,
    'sumMetrics',
    ['sums'],
    `
uniform sampler2D gradient;
uniform sampler2D statistics;
uniform sampler2D weights;
uniform int sequences;

void main() {
  int first = int(gl_FragCoord.y);
  ivec2 size = textureSize(gradient, 0);
  float squares = 0.0;
  for (int y = first; y < size.y; y += ${PARTIAL_SUMS}) {
    float row = 0.0;
    for (int x = 0; x < size.x; x++) {
      vec4 g = texelFetch(gradient, ivec2(x, y), 0);
      row += dot(g, g);
    }
    squares += row;
  }
  float objective = 0.0;
  for (int b = first; b < sequences; b += ${PARTIAL_SUMS})
    for (int t = 0; t < RESPONSE_LENGTH; t++)
      objective += dot(
        texelFetch(weights, ivec2(t, b), 0).xyz,
        texelFetch(statistics, ivec2(t, b), 0).yzw);
  sums = vec4(squares, objective, 0.0, 0.0);
}`,
  );
}

/** Copies the metrics to where the next rollout's statistics are read, so that one readback brings both. */
export function carryMetrics(shape: PolicyShape): ProgramSource {
  return planeProgram(
    shape,
    'carryMetrics',
    ['carried'],
    `
uniform sampler2D metrics;

void main() {
  carried = texelFetch(metrics, ivec2(0), 0);
}`,
  );
}

/** (‖g‖, J), from the partial sums. */
export function metrics(shape: PolicyShape): ProgramSource {
  return planeProgram(
    shape,
    'metrics',
    ['metrics'],
    `
uniform sampler2D sums;

void main() {
  vec4 total = vec4(0.0);
  for (int i = 0; i < ${PARTIAL_SUMS}; i++) total += texelFetch(sums, ivec2(0, i), 0);
  metrics = vec4(sqrt(total.x), total.y, 0.0, 0.0);
}`,
  );
}

/**
 * Adam, as reference/adam.ts: g ← g · min(1, maxGradNorm / ‖g‖), m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
 * θ ← θ + learningRate · (m / (1−β₁ⁿ)) / (√(v / (1−β₂ⁿ)) + ε). Where nothing ever pulled on θ it stays, also for ε = 0.
 */
export function adam(shape: PolicyShape): ProgramSource {
  return planeProgram(
    shape,
    'adam',
    ['parameter', 'firstMoment', 'secondMoment'],
    `
uniform sampler2D parameters;
uniform sampler2D firstMoments;
uniform sampler2D secondMoments;
uniform sampler2D gradient;
uniform sampler2D metrics;
uniform float learningRate;
uniform float beta1;
uniform float beta2;
uniform float complement1;  // 1 − β₁
uniform float complement2;
uniform float correction1;  // 1 − β₁ⁿ
uniform float correction2;
uniform float epsilon;
uniform float maxGradNorm;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  float norm = texelFetch(metrics, ivec2(0), 0).x;
  vec4 g = texelFetch(gradient, at, 0) * (norm > maxGradNorm ? maxGradNorm / norm : 1.0);
  firstMoment = beta1 * texelFetch(firstMoments, at, 0) + complement1 * g;
  secondMoment = beta2 * texelFetch(secondMoments, at, 0) + complement2 * g * g;
  vec4 denominator = sqrt(secondMoment / correction2) + epsilon;
  vec4 change = learningRate * (firstMoment / correction1) / denominator;
  for (int c = 0; c < 4; c++) if (denominator[c] == 0.0) change[c] = 0.0;
  parameter = texelFetch(parameters, at, 0) + change;
}`,
  );
}
