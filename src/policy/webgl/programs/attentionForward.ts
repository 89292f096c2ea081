import type { PolicyShape } from '../../shape.ts';
import type { ProgramSource } from '../program.ts';
import { dotHead, historyOf, loadHead } from './attention.ts';
import { rowProgram } from './glsl.ts';

/** output = Σ_j w_j · v_j, a fragment for each channel block of four rows; see {@link historyOf}. */
export function attention(shape: PolicyShape): ProgramSource {
  return rowProgram(
    shape,
    'attention',
    `${historyOf(shape)}
vec4 attend(int block, int quad, int lane) {
  int head = block / HEAD_BLOCKS;
  int position = positionOf(quad);
  int index = 4 * (quad - startOf(position)) + lane;
  int prompt = promptAt(position, index);
  int first = head * HEAD_BLOCKS;
  Row self = Row(quad, lane);
  ${loadHead(shape, 'query')}
  float largest = -1e30;
  float total = 0.0;
  vec4 sum = vec4(0.0);
  for (int j = 0; j <= position; j++) {
    Row row = rowAt(j, index, prompt);
    float score = SCALE * ${dotHead(shape, 'query', 'key')};
    float raised = max(largest, score);
    float keep = exp(largest - raised);
    float weight = exp(score - raised);
    total = total * keep + weight;
    sum = sum * keep + weight * valueAt(row, block);
    largest = raised;
  }
  return sum / total;
}

void main() {
  int block = int(gl_FragCoord.x);
  int quad = int(gl_FragCoord.y);
  mat4 rows;
  for (int lane = 0; lane < 4; lane++) rows[lane] = attend(block, quad, lane);
  writeRows(rows);
}`,
  );
}
