import type { PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { historyOf } from './attention.ts';
import { rowProgram } from './glsl.ts';

/**
 * Backward through the attention of row i, with e_j = dOutput·v_j:
 *
 *   dv_j += w_j · dOutput,   ds_j = w_j · (e_j − Σ_k w_k e_k) / √(D/H),   dq += ds_j · k_j,   dk_j += ds_j · q
 *
 * The row term Σ_k w_k e_k equals dOutput·output. `statistics` holds, for each head of each row, the log-sum-exp of its
 * scores and the row term, so that any w_j and ds_j can be had again from one pair of rows.
 */
function slopes(shape: PolicyShape): string {
  return `${historyOf(shape)}
uniform sampler2DArray dOutputs;
uniform sampler2DArray statistics;

vec4 dOutputAt(Row row, int block) {
  return texelFetch(dOutputs, ivec3(block, row.quad, row.lane), 0);
}

// log Σ_j exp(s_j) and Σ_j w_j e_j
vec2 statisticsOf(Row row, int head) {
  return texelFetch(statistics, ivec3(head, row.quad, row.lane), 0).xy;
}
`;
}

/** log Σ_j exp(s_j) and dOutput·output, a fragment for each head of four rows. */
export function attentionStatistics(shape: PolicyShape): ProgramSource {
  return rowProgram(
    shape,
    'attentionStatistics',
    `${historyOf(shape)}
uniform sampler2DArray outputs;
uniform sampler2DArray dOutputs;

vec4 statisticsOf(int head, int quad, int lane) {
  int position = positionOf(quad);
  int index = 4 * (quad - startOf(position)) + lane;
  int prompt = promptAt(position, index);
  vec4 query[HEAD_BLOCKS] = queryOf(Row(quad, lane), head);
  float largest = -1e30;
  float total = 0.0;
  for (int j = 0; j <= position; j++) {
    float score = scoreOf(query, rowAt(j, index, prompt), head);
    float raised = max(largest, score);
    total = total * exp(largest - raised) + exp(score - raised);
    largest = raised;
  }
  float rowTerm = 0.0;
  for (int c = 0; c < HEAD_BLOCKS; c++) {
    ivec3 at = ivec3(head * HEAD_BLOCKS + c, quad, lane);
    rowTerm += dot(texelFetch(outputs, at, 0), texelFetch(dOutputs, at, 0));
  }
  return vec4(largest + log(total), rowTerm, 0.0, 0.0);
}

void main() {
  int head = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  writeRows(mat4(
    statisticsOf(head, quad, 0),
    statisticsOf(head, quad, 1),
    statisticsOf(head, quad, 2),
    statisticsOf(head, quad, 3)));
}`,
  );
}

/** dq = Σ_{j ≤ i} ds_j · k_j */
export function attentionQueries(shape: PolicyShape): ProgramSource {
  return rowProgram(
    shape,
    'attentionQueries',
    `${slopes(shape)}
vec4 dQuery(int block, int quad, int lane) {
  int head = block / HEAD_BLOCKS;
  int position = positionOf(quad);
  int index = 4 * (quad - startOf(position)) + lane;
  int prompt = promptAt(position, index);
  Row self = Row(quad, lane);
  vec4 query[HEAD_BLOCKS] = queryOf(self, head);
  vec4 dOutput[HEAD_BLOCKS];
  for (int c = 0; c < HEAD_BLOCKS; c++) dOutput[c] = dOutputAt(self, head * HEAD_BLOCKS + c);
  vec2 statistic = statisticsOf(self, head);
  vec4 sum = vec4(0.0);
  for (int j = 0; j <= position; j++) {
    Row row = rowAt(j, index, prompt);
    float weight = exp(scoreOf(query, row, head) - statistic.x);
    float e = 0.0;
    for (int c = 0; c < HEAD_BLOCKS; c++)
      e += dot(dOutput[c], valueAt(row, head * HEAD_BLOCKS + c));
    sum += weight * (e - statistic.y) * keyAt(row, block);
  }
  return SCALE * sum;
}

void main() {
  int block = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  writeRows(mat4(
    dQuery(block, quad, 0),
    dQuery(block, quad, 1),
    dQuery(block, quad, 2),
    dQuery(block, quad, 3)));
}`,
  );
}

/**
 * What rows at positions from `first` to before `end` of one sequence add to the key and value of position j: block 0 …
 * of dk, then of dv.
 */
function keysAndValues(shape: PolicyShape): string {
  return `${slopes(shape)}
vec4 dKeyOrValue(int block, Row self, int index, int prompt, int first, int end) {
  bool isKey = block < ATTENTION_BLOCKS;
  int at = isKey ? block : block - ATTENTION_BLOCKS;
  int head = at / HEAD_BLOCKS;
  vec4 key[HEAD_BLOCKS];
  vec4 value[HEAD_BLOCKS];
  for (int c = 0; c < HEAD_BLOCKS; c++) {
    key[c] = keyAt(self, head * HEAD_BLOCKS + c);
    value[c] = valueAt(self, head * HEAD_BLOCKS + c);
  }
  vec4 sum = vec4(0.0);
  for (int i = first; i < end; i++) {
    Row row = rowAt(i, index, prompt);
    vec2 statistic = statisticsOf(row, head);
    float score = 0.0;
    for (int c = 0; c < HEAD_BLOCKS; c++)
      score += dot(queryAt(row, head * HEAD_BLOCKS + c), key[c]);
    float weight = exp(SCALE * score - statistic.x);
    if (isKey) {
      float e = 0.0;
      for (int c = 0; c < HEAD_BLOCKS; c++)
        e += dot(dOutputAt(row, head * HEAD_BLOCKS + c), value[c]);
      sum += SCALE * weight * (e - statistic.y) * queryAt(row, at);
    } else sum += weight * dOutputAt(row, at);
  }
  return sum;
}
`;
}

/** dk_j and dv_j of response positions: from the later positions of the same sequence. Written behind dq. */
export function attentionResponseKeys(shape: PolicyShape): ProgramSource {
  return rowProgram(
    shape,
    'attentionResponseKeys',
    `${keysAndValues(shape)}
vec4 gradient(int block, int quad, int lane) {
  int position = positionOf(quad);
  int index = 4 * (quad - startOf(position)) + lane;
  return dKeyOrValue(block, Row(quad, lane), index, promptOf(index), position, POSITIONS);
}

void main() {
  int block = int(gl_FragCoord.x) - ATTENTION_BLOCKS;
  int quad = int(gl_FragCoord.y);
  writeRows(mat4(
    gradient(block, quad, 0),
    gradient(block, quad, 1),
    gradient(block, quad, 2),
    gradient(block, quad, 3)));
}`,
  );
}

/**
 * What the response positions of each sequence add to dk_j and dv_j of its prompt, before the sum over the group.
 * Quad y holds sequences 4y …, column 2·ATTENTION_BLOCKS·j + block the prompt's position j.
 */
export function attentionPromptShares(shape: PolicyShape): ProgramSource {
  return rowProgram(
    shape,
    'attentionPromptShares',
    `${keysAndValues(shape)}
vec4 gradient(int column, int quad, int lane) {
  int j = column / (2 * ATTENTION_BLOCKS);
  int block = column - 2 * ATTENTION_BLOCKS * j;
  int index = 4 * quad + lane;
  int prompt = promptOf(index);
  return dKeyOrValue(block, rowAt(j, index, prompt), index, prompt, PROMPT_LENGTH, POSITIONS);
}

void main() {
  int column = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  writeRows(mat4(
    gradient(column, quad, 0),
    gradient(column, quad, 1),
    gradient(column, quad, 2),
    gradient(column, quad, 3)));
}`,
  );
}

/** dk_j and dv_j of prompt positions: from the prompt's later positions, and the shares of its sequences. */
export function attentionPromptKeys(shape: PolicyShape): ProgramSource {
  return rowProgram(
    shape,
    'attentionPromptKeys',
    `${keysAndValues(shape)}
uniform sampler2DArray shares;

vec4 gradient(int block, int quad, int lane) {
  int position = positionOf(quad);
  int prompt = 4 * (quad - startOf(position)) + lane;
  vec4 sum = dKeyOrValue(block, Row(quad, lane), prompt, prompt, position, PROMPT_LENGTH);
#if ${shape.responseLength > 1 ? 1 : 0}
  int column = 2 * ATTENTION_BLOCKS * position + block;
  ivec2 sequences = sequencesOf(prompt);
  for (int b = sequences.x; b < sequences.y; b++)
    sum += texelFetch(shares, ivec3(column, b >> 2, b & 3), 0);
#endif
  return sum;
}

void main() {
  int block = int(gl_FragCoord.x) - ATTENTION_BLOCKS;
  int quad = int(gl_FragCoord.y);
  writeRows(mat4(
    gradient(block, quad, 0),
    gradient(block, quad, 1),
    gradient(block, quad, 2),
    gradient(block, quad, 3)));
}`,
  );
}
