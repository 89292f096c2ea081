import type { PolicyShape } from '../../shape.ts';
import type { Atlas, NormedMatrix } from '../layout.ts';
import type { ProgramSource } from '../program.ts';
import { planeProgram } from './glsl.ts';

/**
 * A layer norm's gain and bias, folded into the matrix that reads it: with x̂ the normalised input,
 *
 *   (gain · x̂ + bias)·W + b = x̂·W′ + b′,   W′_df = gain_d · W_df,   b′_f = b_f + Σ_d bias_d · W_df
 *
 * In the folded atlas, W′ and b′ stand where W and b stood, and below b′ the sum ΣW′_f = Σ_d W′_df. All else is a copy.
 */
export function fold(shape: PolicyShape, atlas: Atlas): ProgramSource {
  return planeProgram(
    shape,
    'fold',
    ['folded'],
    `${tableOf(normedOf(atlas))}
uniform sampler2D parameters;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  folded = texelFetch(parameters, at, 0);
  for (int n = 0; n < NORMED; n++) {
    ivec2 inside = at - MATRIX[n].xy;
    if (any(lessThan(inside, ivec2(0))) || inside.x >= MATRIX[n].z) continue;
    int d = inside.y;
    if (d < INPUTS) {
      folded *= gainAt(n, d);
      return;
    }
    if (d > INPUTS + 1) continue;
    bool isBias = d == INPUTS;
    for (int i = 0; i < INPUTS; i++) {
      vec4 weight = texelFetch(parameters, ivec2(at.x, MATRIX[n].y + i), 0);
      folded += weight * (isBias ? biasAt(n, i) : gainAt(n, i));
    }
    return;
  }
}`,
  );
}

/**
 * ∂J/∂parameters from the gradient of the folded atlas:
 *
 *   dW_df = gain_d · dW′_df + bias_d · db′_f,   db = db′,   dGain_d = Σ_f dW′_df · W_df,   dBias_d = Σ_f db′_f · W_df
 */
export function unfold(shape: PolicyShape, atlas: Atlas): ProgramSource {
  return planeProgram(
    shape,
    'unfold',
    ['gradient'],
    `${tableOf(normedOf(atlas))}
uniform sampler2D parameters;
uniform sampler2D dFolded;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  gradient = texelFetch(dFolded, at, 0);
  for (int n = 0; n < NORMED; n++) {
    ivec4 matrix = MATRIX[n];
    ivec2 inside = at - matrix.xy;
    if (all(greaterThanEqual(inside, ivec2(0))) && inside.x < matrix.z && inside.y < INPUTS) {
      vec4 dBias = texelFetch(dFolded, ivec2(at.x, matrix.y + INPUTS), 0);
      gradient = gainAt(n, inside.y) * gradient + biasAt(n, inside.y) * dBias;
      return;
    }
    inside = at - NORM[n];
    if (any(lessThan(inside, ivec2(0))) || inside.x >= INPUTS / 4 || inside.y > 1) continue;
    vec4 sum = vec4(0.0);
    for (int f = 0; f < matrix.z; f++) {
      vec4 dBias = texelFetch(dFolded, matrix.xy + ivec2(f, INPUTS), 0);
      for (int c = 0; c < 4; c++) {
        ivec2 row = matrix.xy + ivec2(f, 4 * inside.x + c);
        vec4 weight = texelFetch(parameters, row, 0);
        sum[c] += dot(inside.y == 0 ? texelFetch(dFolded, row, 0) : dBias, weight);
      }
    }
    gradient = sum;
    return;
  }
}`,
  );
}

const normedOf = ({ layers, head }: Atlas): NormedMatrix[] => [
  ...layers.flatMap(({ qkv, mlpIn }) => [qkv, mlpIn]),
  head,
];

/** The matrices behind a norm as constants: MATRIX holds column, row and output blocks, NORM column and row. */
function tableOf(normed: readonly NormedMatrix[]): string {
  const matrices = normed.map(
    ({ matrix: { x, y, outputBlocks } }) => `ivec4(${x}, ${y}, ${outputBlocks}, 0)`,
  );
  const norms = normed.map(({ norm: { x, y } }) => `ivec2(${x}, ${y})`);
  return `
const int NORMED = ${normed.length};
const int INPUTS = 4 * WIDTH_BLOCKS;
const ivec4 MATRIX[NORMED] = ivec4[NORMED](${matrices.join(', ')});
const ivec2 NORM[NORMED] = ivec2[NORMED](${norms.join(', ')});

// Only called with atlases of parameters; the sampler is declared by the program.
#define gainAt(n, d) texelFetch(parameters, NORM[n] + ivec2((d) >> 2, 0), 0)[(d) & 3]
#define biasAt(n, d) texelFetch(parameters, NORM[n] + ivec2((d) >> 2, 1), 0)[(d) & 3]
`;
}
