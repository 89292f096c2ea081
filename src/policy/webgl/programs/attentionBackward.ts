import type { PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { dotHead, historyOf, loadHead } from './attention.ts';
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
  return channelsAt(dOutputs, block, row.quad, row.lane);
}

// log Σ_j exp(s_j) and Σ_j w_j e_j
vec2 statisticsOf(Row row, int head) {
  return channelsAt(statistics, head, row.quad, row.lane).xy;
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
  int first = head * HEAD_BLOCKS;
  Row self = Row(quad, lane);
  ${loadHead(shape, 'query')}
  float largest = -1e30;
  float total = 0.0;
  for (int j = 0; j <= position; j++) {
    Row row = rowAt(j, index, prompt);
    float score = SCALE * ${dotHead(shape, 'query', 'key')};
    float raised = max(largest, score);
    total = total * exp(largest - raised) + exp(score - raised);
    largest = raised;
  }
  float rowTerm = 0.0;
  for (int block = first; block < first + HEAD_BLOCKS; block++)
    rowTerm += dot(channelsAt(outputs, block, quad, lane), channelsAt(dOutputs, block, quad, lane));
  return vec4(largest + log(total), rowTerm, 0.0, 0.0);
}

void main() {
  int head = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = statisticsOf(head, quad, lane);
  writeRows(rows);
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
  int first = head * HEAD_BLOCKS;
  Row self = Row(quad, lane);
  ${loadHead(shape, 'query')}
  ${loadHead(shape, 'dOutput')}
  vec2 statistic = statisticsOf(self, head);
  vec4 sum = vec4(0.0);
  for (int j = 0; j <= position; j++) {
    Row row = rowAt(j, index, prompt);
    float score = SCALE * ${dotHead(shape, 'query', 'key')};
    float e = ${dotHead(shape, 'dOutput', 'value')};
    float weight = exp(score - statistic.x);
    sum += weight * (e - statistic.y) * keyAt(row, block);
  }
  return SCALE * sum;
}

void main() {
  int block = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = dQuery(block, quad, lane);
  writeRows(rows);
}`,
  );
}

/**
 * What rows at positions `from` to before `to` of one sequence add to the key and value of position j: block 0 …
 * of dk, then of dv.
 */
function keysAndValues(shape: PolicyShape): string {
  return `${slopes(shape)}
vec4 dKeyOrValue(int block, Row self, int index, int prompt, int from, int to) {
  bool isKey = block < ATTENTION_BLOCKS;
  int at = isKey ? block : block - ATTENTION_BLOCKS;
  int head = at / HEAD_BLOCKS;
  int first = head * HEAD_BLOCKS;
  ${loadHead(shape, 'key')}
  ${loadHead(shape, 'value')}
  vec4 sum = vec4(0.0);
  for (int i = from; i < to; i++) {
    Row row = rowAt(i, index, prompt);
    vec2 statistic = statisticsOf(row, head);
    float score = SCALE * ${dotHead(shape, 'key', 'query')};
    float weight = exp(score - statistic.x);
    if (isKey) {
      float e = ${dotHead(shape, 'value', 'dOutput')};
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
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = gradient(block, quad, lane);
  writeRows(rows);
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
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = gradient(column, quad, lane);
  writeRows(rows);
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
    sum += channelsAt(shares, column, b >> 2, b & 3);
#endif
  return sum;
}

void main() {
  int block = int(gl_FragCoord.x) - ATTENTION_BLOCKS;
  int quad = int(gl_FragCoord.y);
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = gradient(block, quad, lane);
  writeRows(rows);
}`,
  );
}
