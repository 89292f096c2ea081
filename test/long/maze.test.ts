import { it } from 'vitest';
import { createMaze } from '../../src/tasks/maze.ts';
import { expectExactWalks } from '../tasks/mazeTwin.ts';

it('the accept set of a maze is exactly the strings of up to 8 moves that a slow twin accepts', () => {
  for (const problem of createMaze().allProblems().slice(0, 6)) expectExactWalks(problem, 8);
}, 120_000);
