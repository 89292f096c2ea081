import { END } from '../tasks/task.ts';
import type { Batch, TokenWeights } from './policy.ts';
import { positionCount, type PolicyShape } from './shape.ts';

/**
 * Where each position of each sequence stands among the rows that a network computes.
 *
 * Only what something depends on has a row: a position after the end of its answer has none, and neighbours with the same
 * beginning can share theirs, so that a group of G rollouts computes its prompt once, and an accept set, which is as a
 * tree is walked, each branch once. Rows stand position by position. One position is then a contiguous block, so that
 * decoding the next token is the same forward pass over the next block, and the cache of keys and values is simply the
 * rows before it.
 */
export interface Rows {
  readonly sequences: number;
  readonly count: number;
  /** [count] the token that stands at each row, and its position. */
  readonly tokens: Int32Array;
  readonly position: Int32Array;
  /** [count, L] the row of each earlier position, and of its own, that a row attends to. */
  readonly history: Int32Array;
  /** The first row of position i; of one that has not been placed yet, `count`. */
  start(i: number): number;
  /** The row at position i of sequence b, −1 where it has none. */
  at(i: number, b: number): number;
  /** The row whose logits predict response token t of sequence b. */
  predicting(b: number, t: number): number;
  /** The first row that predicts anything; all rows from here on do. */
  readonly firstPredicting: number;
}

/** Rows to which one position after another is added. */
export interface GrowingRows extends Rows {
  /**
   * Places the next position: `tokenOf(b)` is the token of sequence b there, or −1 where its answer has ended. With
   * `shared`, a sequence that has gone the same way as its neighbour shares its row.
   */
  append(tokenOf: (b: number) => number, shared: boolean): void;
}

/** No position of any sequence is placed yet. */
function createRows(shape: PolicyShape, sequences: number): GrowingRows {
  const L = positionCount(shape);
  const { promptLength } = shape;
  const tokens = new Int32Array(L * sequences);
  const position = new Int32Array(L * sequences);
  const history = new Int32Array(L * L * sequences);
  const rowOf = new Int32Array(L * sequences).fill(-1);
  const starts: number[] = [];
  let count = 0;
  const at = (i: number, b: number): number => rowOf[i * sequences + b]!;
  const start = (i: number): number => starts[i] ?? count;
  return {
    ...{ sequences, tokens, position, history, start, at },
    get count() {
      return count;
    },
    predicting: (b, t) => at(promptLength - 1 + t, b),
    get firstPredicting() {
      return start(promptLength - 1);
    },
    append(tokenOf, shared) {
      const i = starts.length;
      starts.push(count);
      /** The row of the sequence before, and the one it follows. */
      let neighbour = -1;
      let neighbourParent = -1;
      for (let b = 0; b < sequences; b++) {
        const token = tokenOf(b);
        if (token < 0) {
          neighbour = -1;
          continue;
        }
        const parent = i === 0 ? -1 : at(i - 1, b);
        const same = shared && neighbour >= 0 && neighbourParent === parent;
        if (!same || tokens[neighbour] !== token) {
          neighbour = count++;
          tokens[neighbour] = token;
          position[neighbour] = i;
          for (let j = 0; j < i; j++) history[neighbour * L + j] = history[parent * L + j]!;
          history[neighbour * L + i] = neighbour;
        }
        neighbourParent = parent;
        rowOf[i * sequences + b] = neighbour;
      }
    },
  };
}

/** The rows of prompts [B, promptLength], which neighbours share; answers are yet to be placed. */
export function arrangePrompts(shape: PolicyShape, prompts: Int32Array): GrowingRows {
  const { promptLength } = shape;
  const rows = createRows(shape, prompts.length / promptLength);
  for (let i = 0; i < promptLength; i++) rows.append((b) => prompts[b * promptLength + i]!, true);
  return rows;
}

/** What decides which rows there are. */
export interface Arrangement {
  /** Whether the beginnings of answers are shared too. */
  sharesAnswers: boolean;
  /** True of the slow twin that tests compare with: ended answers go on, with END, and every weight counts. */
  everyRow: boolean;
}

/** The rows of prompts with given answers. */
export function arrangeBatch(
  shape: PolicyShape,
  { prompts, responses, lengths }: Batch,
  { sharesAnswers, everyRow }: Arrangement,
): Rows {
  const { responseLength: T } = shape;
  const rows = arrangePrompts(shape, prompts);
  const afterEnd = everyRow ? END : -1;
  for (let t = 1; t < T; t++)
    rows.append((b) => (t < lengths[b]! ? responses[b * T + t - 1]! : afterEnd), sharesAnswers);
  return rows;
}

/** The rows from `from` to before `to`. */
export interface Run {
  from: number;
  to: number;
}

/** Gaps of fewer rows are computed along: what is dead adds 0, and longer runs are quicker. */
const SMALLEST_GAP = 8;

/** Runs are of whole fours where there are as many rows: products go by fours, and are slow with what is left. */
const TILE = 4;

/**
 * The rows that carry any gradient of J, in ascending runs: those that a token with a weight that is not 0 is predicted
 * from, and those before them. NaN is not 0.
 */
export function liveRuns(
  shape: PolicyShape,
  rows: Rows,
  { lengths }: Pick<Batch, 'lengths'>,
  weights: TokenWeights,
): Run[] {
  const { promptLength, responseLength: T } = shape;
  const live = new Uint8Array(rows.count);
  for (let b = 0; b < rows.sequences; b++) {
    const weighted = weightedTokens(weights, b * T, lengths[b]!);
    if (weighted === 0) continue;
    // Position promptLength − 1 + t predicts token t.
    for (let i = promptLength + weighted - 2; i >= 0; i--) live[rows.at(i, b)] = 1;
  }
  const runs: Run[] = [];
  for (let row = 0; row < rows.count; row++) {
    if (!live[row]) continue;
    const last = runs.at(-1);
    if (last && row - last.to < SMALLEST_GAP) last.to = row + 1;
    else runs.push({ from: row, to: row + 1 });
  }
  for (const run of runs)
    run.to = Math.min(rows.count, run.from + TILE * Math.ceil((run.to - run.from) / TILE));
  return runs;
}

/** Of an answer of `length` tokens from `start` on, how many there are up to the last with a weight that is not 0. */
export function weightedTokens(weights: TokenWeights, start: number, length: number): number {
  let count = length;
  while (count > 0 && !isWeighted(weights, start + count - 1)) count--;
  return count;
}

/** Whether any weight of token `at` is not 0; NaN is not, so that it reaches the report. */
export function isWeighted({ logProb, entropy, value }: TokenWeights, at: number): boolean {
  return logProb[at] !== 0 || (entropy?.[at] ?? 0) !== 0 || (value?.[at] ?? 0) !== 0;
}

/** The parts of runs from row `first` on. */
export function runsFrom(runs: readonly Run[], first: number): Run[] {
  return runs
    .map(({ from, to }) => ({ from: Math.max(from, first), to }))
    .filter(({ from, to }) => from < to);
}
