/** Cells with a wall, where one starts, and where one has to go. */
interface Maze {
  walls: readonly number[];
  start: number;
  goal: number;
}

/**
 * A name that mazes share which are one another turned, mirrored or walked the other way: of the 16 texts that a maze has
 * so, the first in order. `size` is the grid's side.
 */
export function mazeKind(size: number, { walls, start, goal }: Maze): string {
  const last = size - 1;
  const turned = (cell: number): number => (cell % size) * size + last - Math.floor(cell / size);
  const mirrored = (cell: number): number => cell + last - 2 * (cell % size);
  const ascending = (cells: readonly number[]): string => cells.toSorted((a, b) => a - b).join();
  const texts: string[] = [];
  let parts: readonly (readonly number[])[] = [walls, [start, goal]];
  for (let image = 0; image < 8; image++) {
    // Start and goal are marked alike, so that the way back has the same text.
    texts.push(parts.map(ascending).join(' '));
    const move = image === 3 ? mirrored : turned;
    parts = parts.map((cells) => cells.map(move));
  }
  return texts.sort()[0]!;
}
