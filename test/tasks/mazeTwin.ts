import { expect } from 'vitest';
import { createMaze, type MazeProblem } from '../../src/tasks/maze.ts';
import { END, showResponse } from '../../src/tasks/task.ts';

/** A slow, obvious twin: walks over the picture with a row and a column, and the picture has a wall all around it. */
function walksToGoal(picture: string, written: string): boolean {
  const rows = ['######', ...picture.split('/').map((row) => `#${row}#`), '######'];
  let row = rows.findIndex((cells) => cells.includes('S'));
  let column = rows[row]!.indexOf('S');
  const arrows = written === '' ? [] : written.split(' ');
  if (arrows.length > 8) return false;
  for (const arrow of arrows) {
    row += { '↑': -1, '↓': 1 }[arrow] ?? 0;
    column += { '←': -1, '→': 1 }[arrow] ?? 0;
    if (rows[row]![column] === '#') return false;
  }
  return rows[row]![column] === 'G';
}

/** Of all strings of up to so many moves, the verifier takes and the accept set holds those that the twin takes. */
export function expectExactWalks(problem: MazeProblem, longest: number): void {
  const maze = createMaze();
  const picture = maze.showProblem(problem);
  const all = maze.acceptSet(problem);
  const accepted = new Set(
    all.filter(({ length }) => length <= longest + 1).map((tokens) => tokens.join()),
  );
  expect(new Set(all.map((tokens) => tokens.join())).size).toBe(all.length);
  let found = 0;
  let strings: number[][] = [[]];
  for (let length = 0; length <= longest; length++) {
    for (const moves of strings) {
      const tokens = [...moves, END];
      const accepts = walksToGoal(picture, showResponse(maze, tokens));
      if (accepts) found++;
      const verified = maze.verify(problem, tokens).correct;
      if (verified !== accepts || accepted.has(tokens.join()) !== accepts)
        expect.unreachable(`${picture}: ${tokens.join()} should be ${accepts}`);
    }
    strings = strings.flatMap((moves) => [1, 2, 3, 4].map((move) => [...moves, move]));
  }
  expect(found).toBe(accepted.size);
  expect(found).toBeGreaterThan(0);
}
