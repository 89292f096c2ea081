import { LONGEST_WALK, moveFrom } from '../../tasks/walks.ts';
import type { MazeProblem } from '../../tasks/maze.ts';

/** Where a walk goes: the cells it stands on, from the start, and the move that it fails at, if any. */
export interface Path {
  cells: number[];
  /** The moves that lead from each cell to the next. */
  moves: number[];
  /** The move into a wall or off the grid that ends it, or null. */
  crash: number | null;
}

/** Follows a response until it ends, fails, or says what is no move. */
export function pathOf(size: number, problem: MazeProblem, tokens: readonly number[]): Path {
  const path: Path = { cells: [problem.start], moves: [], crash: null };
  for (const token of tokens.slice(0, LONGEST_WALK)) {
    if (token < 1 || token > 4) break;
    const next = moveFrom(size, path.cells.at(-1)!, token);
    if (next === null || problem.walls.includes(next)) return { ...path, crash: token };
    path.cells.push(next);
    path.moves.push(token);
  }
  return path;
}

/** The share of the paths that visit each cell, each path counted once a cell. [size²], from 0 to 1. */
export function visitShares(size: number, paths: readonly Path[]): number[] {
  const shares = new Array<number>(size * size).fill(0);
  for (const { cells } of paths)
    for (const cell of new Set(cells)) shares[cell]! += 1 / paths.length;
  return shares;
}

/** Right and down of each move, as it is drawn. */
const STEPS = [
  [0, 0],
  [0, -1],
  [0, 1],
  [-1, 0],
  [1, 0],
] as const;

/**
 * The corners of a walk's line, `lane` to the right of the cells' middles as it goes, as road traffic does: ways there
 * and back lie side by side. Lengths are in the units of `cell`, a cell's side.
 */
export function lanePoints(
  size: number,
  { cells, moves, crash }: Path,
  cell: number,
  lane: number,
): [x: number, y: number][] {
  const middle = (at: number): [number, number] => [
    ((at % size) + 0.5) * cell,
    (Math.floor(at / size) + 0.5) * cell,
  ];
  // To the right of (x, y) is (−y, x), for y grows downwards.
  const aside = (move: number): [number, number] => [
    -STEPS[move]![1] * lane,
    STEPS[move]![0] * lane,
  ];
  const made = crash === null ? moves : [...moves, crash];
  const points: [number, number][] = [];
  cells.forEach((at, i) => {
    const [x, y] = middle(at);
    const [before, after] = [made[i - 1], made[i]];
    const [bx, by] = aside(before ?? 0);
    const [ax, ay] = aside(after ?? 0);
    const turnsBack = bx === -ax && by === -ay && before !== undefined && after !== undefined;
    if (turnsBack) points.push([x + bx, y + by], [x + ax, y + ay]);
    else if (before === after) points.push([x + ax, y + ay]);
    else points.push([x + bx + ax, y + by + ay]);
  });
  if (crash !== null) {
    const [x, y] = middle(cells.at(-1)!);
    const [ax, ay] = aside(crash);
    const [right, down] = STEPS[crash]!;
    points.push([x + ax + right * 0.55 * cell, y + ay + down * 0.55 * cell]);
  }
  return points;
}
