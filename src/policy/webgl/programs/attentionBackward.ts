import type { PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { dotHead, historyOf, loadHead } from './attention.ts';
import { gradientProgram, LIVE, rowProgram } from './glsl.ts';

/**
 * Backward through the attention of row i, with e_j = dOutput·v_j:
 *
 *   dv_j += w_j · dOutput,   ds_j = w_j · (e_j − Σ_k w_k e_k) / √(D/H),   dq += ds_j · k_j,   dk_j += ds_j · q
 *
 * First the log-sum-exp of each head's scores and Σ_k w_k e_k, which equals dOutput·output; then from one pair of rows
 * each the slopes w_j and ds_j; then the sums.
 */
const SLOPES = `
uniform sampler2DArray slopes;
uniform sampler2DArray dOutputs;

vec4 dOutputAt(Row row, int block) {
  return channelsAt(dOutputs, block, row.quad, row.lane);
}

// (w_j, ds_j) of a row
vec2 slopesAt(Row row, int head, int j) {
  return channelsAt(slopes, head * POSITIONS + j, row.quad, row.lane).xy;
}
`;

/** log Σ_j exp(s_j) and dOutput·output, a fragment for each head of four rows. */
export function attentionStatistics(shape: PolicyShape): ProgramSource {
  return gradientProgram(
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

mat4 rowsOf(int head, int quad) {
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = statisticsOf(head, quad, lane);
  return rows;
}`,
  );
}

/** (w_j, ds_j) in column POSITIONS · head + j, a fragment for four rows; 0 where j is later than the row. */
export function attentionSlopes(shape: PolicyShape): ProgramSource {
  return gradientProgram(
    shape,
    'attentionSlopes',
    `${historyOf(shape)}
uniform sampler2DArray dOutputs;
uniform sampler2DArray statistics;

vec4 dOutputAt(Row row, int block) {
  return channelsAt(dOutputs, block, row.quad, row.lane);
}

vec4 slopesOf(int head, int j, int quad, int lane) {
  int position = positionOf(quad);
  if (j > position) return vec4(0.0);
  int index = 4 * (quad - startOf(position)) + lane;
  int first = head * HEAD_BLOCKS;
  Row self = Row(quad, lane);
  Row row = rowAt(j, index, promptAt(position, index));
  ${loadHead(shape, 'query')}
  ${loadHead(shape, 'dOutput')}
  vec4 statistic = channelsAt(statistics, head, quad, lane);
  float weight = exp(SCALE * ${dotHead(shape, 'query', 'key')} - statistic.x);
  float e = ${dotHead(shape, 'dOutput', 'value')};
  return vec4(weight, SCALE * weight * (e - statistic.y), 0.0, 0.0);
}

mat4 rowsOf(int column, int quad) {
  int head = column / POSITIONS;
  mat4 rows;
  for (int lane = 0; lane < 4; lane++)
    rows[lane] = slopesOf(head, column - head * POSITIONS, quad, lane);
  return rows;
}`,
  );
}

/** dq = Σ_{j ≤ i} ds_j · k_j */
export function attentionQueries(shape: PolicyShape): ProgramSource {
  return gradientProgram(
    shape,
    'attentionQueries',
    `${historyOf(shape)}${SLOPES}
vec4 dQuery(int block, int quad, int lane) {
  int position = positionOf(quad);
  int index = 4 * (quad - startOf(position)) + lane;
  int prompt = promptAt(position, index);
  vec4 sum = vec4(0.0);
  for (int j = 0; j <= position; j++)
    sum += slopesAt(Row(quad, lane), block / HEAD_BLOCKS, j).y *
      keyAt(rowAt(j, index, prompt), block);
  return sum;
}

mat4 rowsOf(int block, int quad) {
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = dQuery(block, quad, lane);
  return rows;
}`,
  );
}

/**
 * What rows at positions from `from` to before `to` of one sequence add to the key and value of its position j: block
 * 0 … of dk, then of dv.
 */
const KEYS_AND_VALUES = `${SLOPES}
vec4 dKeyOrValue(int block, int j, int index, int prompt, int from, int to) {
  bool isKey = block < ATTENTION_BLOCKS;
  int at = isKey ? block : block - ATTENTION_BLOCKS;
  vec4 sum = vec4(0.0);
  for (int i = from; i < to; i++) {
    Row row = rowAt(i, index, prompt);
    vec2 slope = slopesAt(row, at / HEAD_BLOCKS, j);
    if (isKey) sum += slope.y * queryAt(row, at);
    else sum += slope.x * dOutputAt(row, at);
  }
  return sum;
}
`;

/** dk_j and dv_j of response positions: from the later positions of the same sequence. Written behind dq. */
export function attentionResponseKeys(shape: PolicyShape): ProgramSource {
  return gradientProgram(
    shape,
    'attentionResponseKeys',
    `${historyOf(shape)}${KEYS_AND_VALUES}
vec4 gradient(int block, int quad, int lane) {
  int position = positionOf(quad);
  int index = 4 * (quad - startOf(position)) + lane;
  return dKeyOrValue(block, position, index, promptOf(index), position, POSITIONS);
}

mat4 rowsOf(int column, int quad) {
  int block = column - ATTENTION_BLOCKS;
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = gradient(block, quad, lane);
  return rows;
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
    `${historyOf(shape)}${LIVE}${KEYS_AND_VALUES}
vec4 gradient(int column, int quad, int lane) {
  int j = column / (2 * ATTENTION_BLOCKS);
  int block = column - 2 * ATTENTION_BLOCKS * j;
  int index = 4 * quad + lane;
  return dKeyOrValue(block, j, index, promptOf(index), PROMPT_LENGTH, POSITIONS);
}

void main() {
  int column = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  mat4 rows = mat4(0.0);
  // Later rows are live only behind the first.
  if (isLive(startOf(PROMPT_LENGTH) + quad))
    for (int lane = 0; lane < 4; lane++) rows[lane] = gradient(column, quad, lane);
  writeRows(rows);
}`,
  );
}

/** dk_j and dv_j of prompt positions: from the prompt's later positions, and the shares of its sequences. */
export function attentionPromptKeys(shape: PolicyShape): ProgramSource {
  return gradientProgram(
    shape,
    'attentionPromptKeys',
    `${historyOf(shape)}${KEYS_AND_VALUES}
uniform sampler2DArray shares;

vec4 gradient(int block, int quad, int lane) {
  int position = positionOf(quad);
  int prompt = 4 * (quad - startOf(position)) + lane;
  vec4 sum = dKeyOrValue(block, position, prompt, prompt, position, PROMPT_LENGTH);
#if ${shape.responseLength > 1 ? 1 : 0}
  int column = 2 * ATTENTION_BLOCKS * position + block;
  ivec2 sequences = sequencesOf(prompt);
  for (int b = sequences.x; b < sequences.y; b++)
    sum += channelsAt(shares, column, b >> 2, b & 3);
#endif
  return sum;
}

mat4 rowsOf(int column, int quad) {
  int block = column - ATTENTION_BLOCKS;
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = gradient(block, quad, lane);
  return rows;
}`,
  );
}
