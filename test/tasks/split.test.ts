import { describe, expect, it } from 'vitest';
import { mazeKind } from '../../src/tasks/mazeKind.ts';
import { createTask, splitProblems, TASK_NAMES } from '../../src/tasks/registry.ts';
import type { MazeProblem } from '../../src/tasks/maze.ts';

describe.each(TASK_NAMES)('the split of %s', async (name) => {
  const task = await createTask(name);
  const problems = task.allProblems();
  const split = splitProblems(task, 2025);
  const names = (of: unknown[]): string[] => of.map((problem) => task.encode(problem).join());

  it('has every problem once, about a fifth of them held out', () => {
    expect(names([...split.heldOut, ...split.train]).sort()).toEqual(names(problems).sort());
    const share = split.heldOut.length / problems.length;
    expect(share).toBeGreaterThanOrEqual(0.2);
    expect(share).toBeLessThan(0.21);
  });

  it('is the same for the same seed only', () => {
    expect(names(splitProblems(task, 2025).heldOut)).toEqual(names(split.heldOut));
    expect(names(splitProblems(task, 7).heldOut)).not.toEqual(names(split.heldOut));
  });

  // A maze's walks say little of its walls; those of Countdown with steps are named by their numbers and target.
  if (!['maze', 'countdown-steps'].includes(name))
    it('holds out no problem whose right answers are those of a training problem', () => {
      const answers = (problem: unknown): string =>
        (task.domainOf?.(problem) ?? '') + task.acceptSet(problem).map(String).sort().join(';');
      const trained = new Set(split.train.map(answers));
      expect(split.heldOut.filter((problem) => trained.has(answers(problem)))).toEqual([]);
    });
});

describe('mazes of one kind', async () => {
  const maze = await createTask('maze');
  const kindOf = (text: string): string =>
    maze.kindOf!(
      maze.decode([...text.replaceAll('/', '')].map((cell) => 5 + '·#SG'.indexOf(cell))),
    );
  const drawn = '#S··/··#·/##·G/····';

  it.each([
    ['turned', '·#·#/·#·S/··#·/·G··'],
    ['turned by a half', '····/G·##/·#··/··S#'],
    ['mirrored', '··S#/·#··/G·##/····'],
    ['flipped at a diagonal', '#·#·/S·#·/·#··/··G·'],
    ['walked the other way', '#G··/··#·/##·S/····'],
  ])('are those that are %s', (_, other) => {
    expect(kindOf(other)).toBe(kindOf(drawn));
  });

  it.each([
    ['with a wall elsewhere', '#S··/···#/##·G/····'],
    ['with another goal', '#S··/··#·/##·G/····'.replace('G', '·').replace(/····$/, '···G')],
  ])('are not those %s', (_, other) => {
    expect(kindOf(other)).not.toBe(kindOf(drawn));
  });

  it('have 16 images with one name, by a slow twin that turns the picture', () => {
    const size = 4;
    const rotate = (grid: string[][]): string[][] =>
      grid.map((_, row) => grid.map((_, column) => grid[size - 1 - column]![row]!));
    const read = (grid: string[][]): MazeProblem => {
      const cells = grid.flat();
      return {
        walls: cells.flatMap((cell, at) => (cell === '#' ? [at] : [])),
        start: cells.indexOf('S'),
        goal: cells.indexOf('G'),
      };
    };
    for (const problem of maze.allProblems().slice(0, 40)) {
      let grid = maze
        .showProblem(problem)
        .split('/')
        .map((row) => [...row]);
      const kinds = new Set<string>();
      for (let turn = 0; turn < 4; turn++) {
        grid = rotate(grid);
        for (const image of [grid, grid.map((row) => row.toReversed())])
          for (const { walls, start, goal } of [read(image)])
            for (const way of [
              { walls, start, goal },
              { walls, start: goal, goal: start },
            ])
              kinds.add(mazeKind(size, way));
      }
      expect(kinds.size).toBe(1);
    }
  });
});
