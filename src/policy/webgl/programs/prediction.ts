import { NUCLEUS_SLACK } from '../../../core/categorical.ts';
import type { PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { ARRANGEMENT, GROUPS, gradientProgram, planeProgram } from './glsl.ts';
import { RANDOM } from './random.ts';

/**
 * What the network predicts for one token: log π = log softmax(z / τ) over the R outputs, its entropy in nats, and the
 * value. Response token t of sequence b is predicted by position promptLength − 1 + t; for t = 0 that is the last row
 * of the prompt, which the sequences of a group share.
 */
const PREDICTION = `${ARRANGEMENT}
uniform sampler2DArray logits;
uniform float temperature;

struct Prediction {
  float logProbs[OUTPUTS];
  float entropy;
  float value;
};

Prediction predict(int quad, int lane) {
  Prediction p;
  float largest = -3e38;
  vec4 block;
  for (int v = 0; v < OUTPUTS; v++) {
    if ((v & 3) == 0) block = channelsAt(logits, v >> 2, quad, lane);
    p.logProbs[v] = block[v & 3];
    largest = max(largest, p.logProbs[v]);
  }
  p.value = channelsAt(logits, OUTPUTS >> 2, quad, lane)[OUTPUTS & 3];
  float sum = 0.0;
  for (int v = 0; v < OUTPUTS; v++) {
    p.logProbs[v] = (p.logProbs[v] - largest) / temperature;
    sum += exp(p.logProbs[v]);
  }
  float logSum = log(sum);
  p.entropy = 0.0;
  for (int v = 0; v < OUTPUTS; v++) {
    p.logProbs[v] -= logSum;
    float probability = exp(p.logProbs[v]);
    if (probability != 0.0) p.entropy -= probability * p.logProbs[v];
  }
  return p;
}
`;

const OF_SEQUENCE = `${GROUPS}
Prediction predictToken(int sequence, int t) {
  int among = t == 0 ? promptOf(sequence) : sequence;
  return predict(startOf(PROMPT_LENGTH - 1 + t) + (among >> 2), among & 3);
}
`;

/**
 * Draws token t of every sequence by inverse CDF: the smallest v with π_0 + … + π_v > u, as core/categorical.ts, from
 * the uniform number with counter b·T + t.
 *
 * Texel (t, b) becomes (token, log π, entropy, value), and (0, 0, 0, 0) after the end. Columns before t are copied, so
 * that two textures that take turns hold all tokens after the last one, without reading what is being written.
 */
export function draw(shape: PolicyShape): ProgramSource {
  return planeProgram(
    shape,
    'draw',
    ['drawn'],
    `${PREDICTION}${OF_SEQUENCE}${RANDOM}
uniform sampler2D earlier;
uniform sampler2D responses;
uniform int isBegun;  // whether an answer begins with the tokens of its response before the first END
uniform int token;
uniform int firstSequence;
uniform uvec3 key;  // seed, stream, step
uniform float topP;
const float NUCLEUS_SLACK = ${NUCLEUS_SLACK};

// keepNucleus of core/categorical.ts, and the entropy of what is left
void keepNucleus(inout Prediction p) {
  bool kept[OUTPUTS];
  float mass = 0.0;
  for (int v = 0; v < OUTPUTS; v++) {
    float above = 0.0;
    for (int u = 0; u < OUTPUTS; u++)
      if (p.logProbs[u] > p.logProbs[v] || (p.logProbs[u] == p.logProbs[v] && u < v))
        above += exp(p.logProbs[u]);
    kept[v] = above == 0.0 || above < topP - NUCLEUS_SLACK;
    if (kept[v]) mass += exp(p.logProbs[v]);
  }
  p.entropy = 0.0;
  for (int v = 0; v < OUTPUTS; v++) {
    p.logProbs[v] = kept[v] ? p.logProbs[v] - log(mass) : -3e38;
    float probability = exp(p.logProbs[v]);
    if (probability != 0.0) p.entropy -= probability * p.logProbs[v];
  }
}

int drawIndex(float logProbs[OUTPUTS], float u) {
  float cumulative = 0.0;
  int lastPossible = 0;
  for (int v = 0; v < OUTPUTS; v++) {
    float probability = exp(logProbs[v]);
    if (probability > 0.0) lastPossible = v;
    cumulative += probability;
    if (cumulative > u) return v;
  }
  return lastPossible;
}

void main() {
  int t = int(gl_FragCoord.x);
  int sequence = int(gl_FragCoord.y);
  if (t < token) {
    drawn = texelFetch(earlier, ivec2(t, sequence), 0);
    return;
  }
  if (t > 0 && texelFetch(earlier, ivec2(t - 1, sequence), 0).x == 0.0) {
    drawn = vec4(0.0);
    return;
  }
  float u = uniformAt(key, uint((firstSequence + sequence) * RESPONSE_LENGTH + t));
  Prediction p = predictToken(sequence, t);
  int given = isBegun == 1 ? int(texelFetch(responses, ivec2(t, sequence), 0).x) : 0;
  if (topP < 1.0 && given == 0) keepNucleus(p);
  int v = given == 0 ? drawIndex(p.logProbs, u) : given;
  drawn = vec4(float(v), p.logProbs[v], p.entropy, p.value);
}`,
  );
}

/** Texel (t, b) becomes (token, log π of the given token, entropy, value). */
export function score(shape: PolicyShape): ProgramSource {
  return planeProgram(
    shape,
    'score',
    ['scored'],
    `${PREDICTION}${OF_SEQUENCE}
uniform sampler2D responses;

void main() {
  int t = int(gl_FragCoord.x);
  int sequence = int(gl_FragCoord.y);
  int v = int(texelFetch(responses, ivec2(t, sequence), 0).x);
  Prediction p = predictToken(sequence, t);
  scored = vec4(float(v), p.logProbs[v], p.entropy, p.value);
}`,
  );
}

/**
 * ∂J/∂z and ∂J/∂value of four rows, with the weights (logProb, entropy, value) of each token as texel (t, b):
 *
 *   ∂J/∂z_v = (w_logProb · (1[v = token] − π_v) − w_entropy · π_v (log π_v + H)) / τ,   ∂J/∂value = w_value
 *
 * A prompt's last row predicts the first token of each of its sequences, so it sums over them; rows before it predict
 * nothing.
 */
export function predictionBackward(shape: PolicyShape): ProgramSource {
  return gradientProgram(
    shape,
    'predictionBackward',
    `${PREDICTION}${GROUPS}
uniform sampler2D statistics;
uniform sampler2D weights;

vec4 dLogits(int block, int quad, int lane) {
  int position = positionOf(quad);
  int t = position - PROMPT_LENGTH + 1;
  if (t < 0) return vec4(0.0);
  int index = 4 * (quad - startOf(position)) + lane;
  ivec2 sequences = t == 0 ? sequencesOf(index) : ivec2(index, index + 1);
  Prediction p = predict(quad, lane);
  vec4 total = vec4(0.0);
  vec4 chosen = vec4(0.0);
  vec4 channels = vec4(4 * block) + vec4(0.0, 1.0, 2.0, 3.0);
  for (int b = sequences.x; b < sequences.y; b++) {
    float token = texelFetch(statistics, ivec2(t, b), 0).x;
    vec4 weight = texelFetch(weights, ivec2(t, b), 0);
    chosen += weight.x * vec4(equal(channels, vec4(token)));
    total += weight;
  }
  vec4 gradient = vec4(0.0);
  for (int c = 0; c < 4; c++) {
    int v = 4 * block + c;
    if (v > OUTPUTS) continue;
    if (v == OUTPUTS) {
      gradient[c] = total.z;
      continue;
    }
    float probability = exp(p.logProbs[v]);
    float slope = chosen[c] - total.x * probability;
    if (probability != 0.0) slope -= total.y * probability * (p.logProbs[v] + p.entropy);
    gradient[c] = slope / temperature;
  }
  return gradient;
}

mat4 rowsOf(int block, int quad) {
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = dLogits(block, quad, lane);
  return rows;
}`,
  );
}
