import { weightedIndex } from '../core/draws.ts';
import type { RandomSource } from '../core/random.ts';

/**
 * Walks on a square grid with walls: where a move leads, how many walks lead where, and how far the goal is.
 * A cell is `size · row + column`, both from 0.
 */
export interface Grid {
  /** Rows, and columns. */
  size: number;
  /** Cells with a wall. */
  walls: readonly number[];
}

/** The moves, as the tokens that they are in a response. */
export const [UP, DOWN, LEFT, RIGHT] = [1, 2, 3, 4] as const;
export const MOVES: readonly number[] = [UP, DOWN, LEFT, RIGHT];

/** The most moves that a walk may have. */
export const LONGEST_WALK = 8;

/** The cell that a move leads to, or null off the grid. */
export function moveFrom(size: number, cell: number, move: number): number | null {
  const column = cell % size;
  if (move === UP) return cell >= size ? cell - size : null;
  if (move === DOWN) return cell < size * (size - 1) ? cell + size : null;
  if (move === LEFT) return column > 0 ? cell - 1 : null;
  return column < size - 1 ? cell + 1 : null;
}

/** Every free cell's legal moves with the cells they lead to; a wall has none. */
export function legalMoves({ size, walls }: Grid): { move: number; to: number }[][] {
  const isWall = new Set(walls);
  return Array.from({ length: size * size }, (_, cell) =>
    isWall.has(cell)
      ? []
      : MOVES.flatMap((move) => {
          const to = moveFrom(size, cell, move);
          return to === null || isWall.has(to) ? [] : [{ move, to }];
        }),
  );
}

/** What a move weighs; a walk weighs the product of its moves' weights. */
export type MoveWeight = (move: number) => number;

/** Every walk counts once. */
const once: MoveWeight = () => 1;

/**
 * What the legal walks of n moves from `start` to each cell weigh together, for n from 0 to 8, by dynamic programming:
 * W[0][c] = [c is the start], W[n][c] = Σ_{moves m: b → c} h(m) W[n−1][b]. [9][size²]
 * Where each move weighs 1, that is how many walks there are.
 */
export function walkCounts(grid: Grid, start: number, weightOf = once): number[][] {
  const legal = legalMoves(grid);
  const counts = [new Array<number>(grid.size * grid.size).fill(0)];
  counts[0]![start] = 1;
  for (let n = 1; n <= LONGEST_WALK; n++) {
    const row = new Array<number>(grid.size * grid.size).fill(0);
    counts[n - 1]!.forEach((walks, from) => {
      if (walks > 0) for (const { move, to } of legal[from]!) row[to]! += weightOf(move) * walks;
    });
    counts.push(row);
  }
  return counts;
}

/** What the walks of 1 to 8 moves that end on `cell` weigh together; how many they are where each weighs 1. */
export function walksTo(counts: readonly number[][], cell: number): number {
  return counts.slice(1).reduce((sum, row) => sum + row[cell]!, 0);
}

/**
 * A walk of 1 to 8 moves from the start to `cell`, with probability ∝ its weight: its length and then, from the last to the
 * first, its moves are drawn by what is left to weigh. `counts` are {@link walkCounts} of the same weights.
 * @throws RangeError if no walk to the cell has a weight above 0.
 */
export function drawWalk(
  grid: Grid,
  counts: readonly number[][],
  cell: number,
  random: RandomSource,
  weightOf = once,
): number[] {
  const legal = legalMoves(grid);
  const length =
    1 +
    weightedIndex(
      random,
      counts.slice(1).map((row) => row[cell]!),
    );
  const walk: number[] = [];
  for (let n = length - 1, at = cell; n >= 0; n--) {
    // Steps can be taken back, so the cells from which one reaches `at` are those that one reaches from it.
    const before = legal[at]!.map(({ to }) => ({
      from: to,
      move: legal[to]!.find((step) => step.to === at)!.move,
    }));
    const weights = before.map(({ from, move }) => weightOf(move) * counts[n]![from]!);
    const drawn = before[weightedIndex(random, weights)]!;
    walk.unshift(drawn.move);
    at = drawn.from;
  }
  return walk;
}

/** The fewest moves from every cell to `goal`; Infinity where there is no way, and on walls. [size²] */
export function distancesTo(grid: Grid, goal: number): number[] {
  const legal = legalMoves(grid);
  const distances = new Array<number>(grid.size * grid.size).fill(Infinity);
  distances[goal] = 0;
  const queue = [goal];
  for (const cell of queue)
    for (const { to } of legal[cell]!)
      if (distances[to] === Infinity) {
        distances[to] = distances[cell]! + 1;
        queue.push(to);
      }
  return distances;
}
